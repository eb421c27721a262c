"""What a table of a network folder is, and the columns that several of them share."""

import dataclasses
from dataclasses import dataclass

from evidence.models import RatingScheme
from toolkits.networks.cells import Choice, Column, Day, Pattern, Reference, Text, Whole


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file of the folder. `key` is what tells its rows apart; `unique` are columns that do so alone.

    Its rows belong to the record of `kind` that `owner` names: columns, or the fixed slug of a shared list.
    The file of an `optional` table may be absent from a folder, and what it would hold is then left as it is.
    """

    name: str
    about: str
    model: type
    columns: tuple
    key: tuple
    kind: str
    owner: tuple | str
    unique: tuple = ()
    needs_rows: bool = False
    optional: bool = False

    def __post_init__(self):
        object.__setattr__(self, "columns", tuple(self._limited(column) for column in self.columns))

    def _limited(self, column):
        """`column` with the limit of the model field that holds it."""
        if column.limit or not column.has_limit or "." in column.path:
            return column
        return dataclasses.replace(column, limit=self.model._meta.get_field(column.path).max_length)

    @property
    def file(self):
        return f"{self.name}.csv"

    def column(self, name):
        """The column called `name`; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    def plain(self, row):
        """{field: value} of a row's columns that its working row keeps as they are."""
        return {
            column.path: row.values[column.name]
            for column in self.columns
            if column.name in row.values
            and "." not in column.path
            and column.path != "pk"
            and not isinstance(column, Reference)
        }

    def owner_of(self, cells):
        """(kind, key) of the record that a row belongs to."""
        key = self.owner if isinstance(self.owner, str) else "/".join(cells[name] for name in self.owner)
        return self.kind, key


# From which English the Welsh of a row was made.
WELSH_MADE = (
    Text(name="welsh_of", optional=True, about="A digest of the English that the Welsh was made from."),
    Day(name="welsh_on", optional=True, about="When the Welsh was last held against the English."),
)


def id_column(model):
    """The permanent record number of a kind that has its own column for it."""
    return Whole(
        name="id",
        source="pk",
        required=True,
        minimum=model.FIRST_NUMBER,
        about=f"The permanent record number, from {model.FIRST_NUMBER}; it never changes.",
    )


def slug_column(about, **more):
    """The short name of a record."""
    return Pattern(name=more.pop("name", "slug"), required=True, about=about, **more)


def axis_column(**more):
    """The axis of a scheme or rating."""
    return Choice(name="axis", required=True, words=tuple(RatingScheme.Axis.values), about="What is rated.", **more)


def centre_column(about="The centre it belongs to.", **more):
    """The slug of a centre."""
    return Reference(
        **{"name": "centre_slug", "source": "centre.slug", "required": True, "about": about, "to": ("centres", "slug")}
        | more
    )


def toolkit_column(source="toolkit.slug"):
    """The slug of a toolkit."""
    return Reference(name="toolkit", source=source, required=True, about="The toolkit.", to=("toolkits", "slug"))


def intervention_column(source):
    """The slug of an intervention, which only its toolkit makes unique."""
    return Column(name="intervention", source=source, required=True, about="The intervention's slug in that toolkit.")
