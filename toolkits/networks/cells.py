"""What a column may hold: how its cells are read, checked and written, and described as a Data Package field.

`read` turns a cell into the value a working row keeps, `write` turns it back. A cell that a
spreadsheet would run as a formula is refused; text that does begin so is written with an apostrophe
before it, which reading takes off again.
"""

import datetime
import json
import math
import re
from dataclasses import dataclass

from centres import partial_dates
from evidence.models.interventions import NUMBER
from toolkits.networks.problems import Wrong, did_you_mean, listed, shown

CELL_LIMIT = 32_767  # characters: what a spreadsheet's cell holds
LARGEST_INTEGER = 2_147_483_647
FORMULA = re.compile(r"[=+\-@\t\r\n]")
ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What reading leaves of bytes that are not UTF-8.
NOT_UTF8 = re.compile("[\udc80-\udcff]")
SLUG = r"^[-a-zA-Z0-9_]+$"
WEB = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?( .*)?")


def is_formula(text):
    """Whether a spreadsheet would run a cell with this text; a plain number it would not."""
    return bool(FORMULA.match(text)) and not re.fullmatch(NUMBER, text)


def escape(text):
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if is_formula(text) or ESCAPED.match(text) else text


def unescape(cell):
    """The text of a cell that `escape` wrote."""
    return cell[1:] if ESCAPED.match(cell) else cell


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name, what it says (`about`), and where working rows keep it.

    `source` is the way from the working row to the value (`level.scheme.slug`); empty: its own name.
    An `optional` column may be absent from a file, and what it holds is then left as it is.
    A `private` one is for editors only.
    """

    name: str
    about: str
    source: str = ""
    required: bool = False
    optional: bool = False
    private: bool = False
    limit: int | None = None

    empty = ""
    has_limit = False  # whether the model field that holds it limits its length

    @property
    def path(self):
        return self.source or self.name

    def check(self, cell):
        """Raise Wrong where the cell does not say what the column holds."""
        if "\0" in cell:
            raise Wrong("the cell holds a null byte", "Type the cell again.")
        if NOT_UTF8.search(cell):
            raise Wrong("the cell is not UTF-8", 'Save the file again as "CSV UTF-8".')
        if len(cell) > CELL_LIMIT:
            raise Wrong(f"the cell has {len(cell)} characters; {CELL_LIMIT} is the most a cell holds", "Shorten it.")
        if CONTROL.search(cell):
            raise Wrong("the cell holds a control character", "Type the cell again.")
        if cell == "":
            if self.required:
                raise Wrong("the cell is empty", "Every row needs it.")
            return
        self.check_form(cell)
        if self.limit and len(self.text_of(cell)) > self.limit:
            raise Wrong(f"the cell has {len(self.text_of(cell))} characters; {self.limit} is its limit", "Shorten it.")

    def check_form(self, cell):
        """Raise Wrong where a cell that is not empty has the wrong form."""

    def text_of(self, cell):
        """The text whose length is limited."""
        return cell

    def read(self, cell):
        """The value in a checked cell."""
        return self.parse(cell) if cell else self.empty

    def parse(self, cell):
        """The value in a checked cell that is not empty."""
        return cell

    def write(self, value):
        """The cell for a value."""
        return "" if value is None else str(value)

    def alike(self, cell):
        """The cell in the one spelling by which two folders are compared."""
        return self.write(self.read(cell))

    def field(self):
        """The column as a field of a Data Package's schema."""
        found = {"name": self.name, "type": "string", "description": self.about}
        constraints = {"required": True} if self.required else {}
        if self.limit:
            constraints["maxLength"] = self.limit
        extra = self.schema()
        constraints |= extra.pop("constraints", {})
        return found | extra | ({"constraints": constraints} if constraints else {})

    def schema(self):
        """What the kind of column adds to its field."""
        return {}


class Text(Column):
    """Words."""

    has_limit = True

    def check_form(self, cell):
        if is_formula(cell):
            raise Wrong(
                "a spreadsheet would run the cell as a formula", "If it is text, write an apostrophe before it."
            )

    def text_of(self, cell):
        return self.parse(cell)

    def parse(self, cell):
        return unescape(cell)

    def write(self, value):
        return escape(value)


class Points(Text):
    """Points of free text with semicolons between them; a working row keeps one a line."""

    def check_form(self, cell):
        super().check_form(cell)
        if "\n" in cell or "\r" in cell:
            raise Wrong("the cell holds a line break", "Separate the points by semicolons.")

    def parse(self, cell):
        return "\n".join(point.strip() for point in super().parse(cell).split(";") if point.strip())

    def write(self, value):
        return super().write("; ".join(line.strip() for line in value.splitlines() if line.strip()))


class Address(Text):
    """An address on the web, with words after it where there are some."""

    def check_form(self, cell):
        super().check_form(cell)
        if not WEB.fullmatch(cell):
            raise Wrong("the cell does not begin with a web address", "Write https:// and the rest of it.")

    def schema(self):
        return {"constraints": {"pattern": r"^https?://.*$"}}


@dataclass(frozen=True, kw_only=True)
class Pattern(Column):
    """Text of one form, given as a regular expression; `form` says it in words."""

    pattern: str = SLUG
    form: str = "letters, digits, hyphens and underscores"
    has_limit = True

    def check_form(self, cell):
        if not re.fullmatch(self.pattern, cell):
            raise Wrong(f"not written as {self.form}", self.mend(cell))

    def mend(self, cell):
        """A hint that shows how the cell could be written."""
        if self.pattern != SLUG:
            return ""
        mended = re.sub(r"[^a-z0-9]+", "-", cell.casefold()).strip("-")
        return f"Write {shown(mended)}." if mended else ""

    def schema(self):
        return {"constraints": {"pattern": self.pattern}}


@dataclass(frozen=True, kw_only=True)
class Whole(Column):
    """A whole number from `minimum` to `maximum`."""

    minimum: int = 0
    maximum: int = LARGEST_INTEGER
    empty = None

    def check_form(self, cell):
        if not re.fullmatch(r"0|-?[1-9]\d*", cell):
            raise Wrong("not a whole number", "Write digits only, such as 12 or 1200.")
        if len(cell) > 20 or not self.minimum <= int(cell) <= self.maximum:
            raise Wrong("the number is out of range", f"It lies from {self.minimum} to {self.maximum}.")

    def parse(self, cell):
        return int(cell)

    def schema(self):
        return {"type": "integer", "constraints": {"minimum": self.minimum, "maximum": self.maximum}}


class Number(Column):
    """A number kept as it was published: 1.10 says that two decimals were given."""

    def check_form(self, cell):
        if not re.fullmatch(NUMBER, cell):
            raise Wrong("not a number", "Write digits and a point, such as 3, -2 or 0.36, and the unit elsewhere.")

    def schema(self):
        return {"constraints": {"pattern": NUMBER}}


class Figure(Column):
    """A number that is computed with, in as many digits as it has."""

    empty = None

    def check_form(self, cell):
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", cell) or not math.isfinite(float(cell)):
            raise Wrong("not a number", "Write digits and a point, such as 3, -2, 0.36 or 4.1e-05.")

    def parse(self, cell):
        return float(cell)

    def write(self, value):
        return "" if value is None else repr(float(value)).removesuffix(".0")

    def schema(self):
        return {"type": "number"}


@dataclass(frozen=True, kw_only=True)
class Json(Column):
    """A list or an object, as JSON; an empty one is an empty cell."""

    type: type

    @property
    def empty(self):
        return self.type()

    def check_form(self, cell):
        try:
            right = isinstance(json.loads(cell, parse_constant=_no_number), self.type)
        except (ValueError, RecursionError):
            right = False
        if not right:
            raise Wrong(
                f"not a JSON {'list' if self.type is list else 'object'}",
                'Write it as ["one", "two"].' if self.type is list else 'Write it as {"mean_1": 3.5}.',
            )

    def parse(self, cell):
        return json.loads(cell)

    def write(self, value):
        return json.dumps(value, ensure_ascii=False) if value else ""

    def schema(self):
        return {"type": "array" if self.type is list else "object"}


def _no_number(word):
    raise ValueError(f"{word} is no number")


class PartialDate(Column):
    """A year, a month or a day."""

    def check_form(self, cell):
        if not partial_dates.is_partial_date(cell):
            raise Wrong("not a year, a month or a day that exists", "Write 2013, 2013-03 or 2013-03-05.")

    def schema(self):
        return {"constraints": {"pattern": partial_dates.PATTERN}}


class Day(Column):
    """A day."""

    empty = None

    def check_form(self, cell):
        if not (len(cell) == 10 and partial_dates.is_partial_date(cell)):
            raise Wrong("not a day that exists", "Write it as 2013-03-05.")

    def parse(self, cell):
        return datetime.date.fromisoformat(cell)

    def schema(self):
        return {"type": "date", "format": "%Y-%m-%d"}


@dataclass(frozen=True, kw_only=True)
class Flag(Column):
    """Yes or no, in the column's own two words; one of them may be an empty cell."""

    yes: str = "yes"
    no: str = ""
    empty = False

    def check_form(self, cell):
        if cell not in (self.yes, self.no):
            raise Wrong("neither yes nor no", f"Write {self.yes}, or {self.no or 'leave the cell empty'}.")

    def parse(self, cell):
        return cell == self.yes

    def write(self, value):
        return self.yes if value else self.no

    def schema(self):
        return {"constraints": {"enum": [word for word in (self.yes, self.no) if word]}}


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of a few words; an empty cell means `default`."""

    words: tuple
    default: str = ""

    @property
    def empty(self):
        return self.default

    def write(self, value):
        return "" if value == self.default else value

    def check_form(self, cell):
        if cell not in self.words:
            raise Wrong("not one of the words of this column", did_you_mean(cell, self.words))

    def schema(self):
        return {"constraints": {"enum": list(self.words)}}


@dataclass(frozen=True, kw_only=True)
class Reference(Column):
    """What a row of another file is called in its column: `to` is (table, column)."""

    to: tuple

    def names(self, cell):
        """The names in the cell."""
        return [cell] if cell else []

    def key(self, name):
        """What the row called `name` has in the columns of `to`."""
        return (name,)


class References(Reference):
    """Several names with semicolons between them, without spaces."""

    empty = ()

    def names(self, cell):
        return cell.split(";") if cell else []

    def check_form(self, cell):
        names = self.names(cell)
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise Wrong(f"{listed(sorted(twice))} is there twice", "Name each once.")

    def parse(self, cell):
        return tuple(self.names(cell))

    def write(self, value):
        return ";".join(value)

    def alike(self, cell):
        return ";".join(sorted(self.names(cell)))


class Place(Reference):
    """An intervention as toolkit/slug: only its toolkit makes a slug unique."""

    def key(self, name):
        return tuple(name.split("/", 1))


class Places(Place, References):
    """Several interventions, each as toolkit/slug."""
