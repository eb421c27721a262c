"""The working rows of the database in the shape of a network folder, and the records that they make up."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import reduce

from toolkits.models import SharedList
from toolkits.networks.appraisals import in_every_synthesis
from toolkits.networks.cells import Place, Places, References
from toolkits.networks.reading import Row
from toolkits.networks.tables import TABLE, TABLES
from toolkits.snapshots import MODELS

# What each table's rows need beside themselves, and their order in the file.
RELATED = {
    "memberships": ["centre"],
    "funding": ["centre"],
    "successions": ["predecessor", "successor"],
    "rating_schemes": ["centre", "succeeds"],
    "rating_levels": ["scheme"],
    "rating_rules": ["scheme", "level"],
    "syntheses": ["centre", "outcome"],
    "study_results": [
        "synthesis",
        "study__centre",
        "estimate__centre",
        "estimate__outcome",
        "estimate__intervention__entry__toolkit",
    ],
    "appraisals": ["by", "estimate__centre", "estimate__outcome", "estimate__intervention__entry__toolkit"],
    "toolkits": ["centre"],
    "toolkit_axes": ["toolkit"],
    "interventions": ["centre", "entry__toolkit"],
    "ratings": ["intervention__entry__toolkit", "level__scheme", "outcome"],
    "costs": ["intervention__entry__toolkit"],
    "families": ["family", "intervention__entry__toolkit"],
    "reports": ["centre"],
    "assessed": ["centre"],
}
MANY = {
    "interventions": ["outcomes", "settings", "age_bands", "unrated_outcomes"],
    "syntheses": ["interventions__entry__toolkit"],
}
# A row about an intervention without a place in a toolkit has no name in a folder yet.
PLACED = {
    "interventions": {"entry__isnull": False},
    "ratings": {"intervention__entry__isnull": False},
    "costs": {"intervention__entry__isnull": False},
    "families": {"intervention__entry__isnull": False},
}


@dataclass
class Record:
    """What a folder or the database says of one record: its rows, by table, in their order."""

    kind: str
    key: str
    rows: dict = field(default_factory=dict)
    number: int | None = None

    def cells(self, table):
        """The cells of its rows of a table."""
        return [row.cells for row in self.rows.get(table, [])]

    def row(self, table):
        """Its one row of a table."""
        return self.rows[table][0]


def objects(table):
    """The working rows of a table, in the order of its file."""
    rows = table.model.objects.filter(**PLACED.get(table.name, {}))
    return (
        (in_every_synthesis(rows) if table.name == "appraisals" else rows)
        .select_related(*RELATED.get(table.name, []))
        .prefetch_related(*MANY.get(table.name, []))
    )


def value_of(column, instance):
    """What a working row holds in a column."""
    if isinstance(column, Places):
        shown_on = getattr(instance, column.path).all()
        return tuple(_place(row) for row in shown_on if hasattr(row, "entry"))
    if isinstance(column, References):
        return tuple(term.slug for term in getattr(instance, column.path).all())
    found = reduce(lambda one, name: None if one is None else getattr(one, name), column.path.split("."), instance)
    if isinstance(column, Place):
        return _place(found) if hasattr(found, "entry") else None
    return found


def _place(intervention):
    return f"{intervention.entry.toolkit.slug}/{intervention.entry.slug}"


def read_tables():
    """{table: rows} of all working rows that a folder can hold."""
    return {table.name: [_row(table, instance) for instance in objects(table)] for table in TABLES}


def _row(table, instance):
    return Row(instance.pk, {column.name: column.write(value_of(column, instance)) for column in table.columns})


def records(rows):
    """{(kind, key): Record} of `{table: rows}`, in the order of the tables and their rows.

    The list of an optional table that is not in `rows` is no record.
    """
    found = {}
    for table in TABLES:
        for row in rows.get(table.name, ()):
            kind, key = table.owner_of(row.cells)
            record = found.setdefault((kind, key), Record(kind, key))
            record.rows.setdefault(table.name, []).append(row)
    absent = {table.owner for table in TABLES if table.optional and table.name not in rows}
    for slug in SharedList.Name.values:
        if slug not in absent:
            found.setdefault(("vocabulary", slug), Record("vocabulary", slug))
    return found


def numbers():
    """{(kind, key): record number} of all working rows that have a place in a folder."""
    found = {}
    for kind, model in MODELS.items():
        if kind == "intervention":
            placed = model.objects.filter(entry__isnull=False)
            keys = placed.values_list("entry__toolkit__slug", "entry__slug", "pk")
            found |= {(kind, f"{toolkit}/{slug}"): number for toolkit, slug, number in keys}
        else:
            found |= {(kind, slug): number for slug, number in model.objects.values_list("slug", "pk")}
    return found


def read_records(tables=None):
    """{(kind, key): Record with its number} of the database; `tables` are its `read_tables`, where read already."""
    found, known = records(read_tables() if tables is None else tables), numbers()
    for name, number in known.items():
        found.setdefault(name, Record(*name)).number = number
    return found


def fingerprint(record):
    """SHA-256 (hex) of everything a record's rows say to the public, whatever columns a folder leaves out."""
    said = {
        name: [
            {
                column.name: column.alike(cells[column.name])
                for column in TABLE[name].columns
                if not column.private and cells[column.name]
            }
            for cells in record.cells(name)
        ]
        for name in record.rows
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
