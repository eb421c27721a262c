"""What tables are declared with: a column with its type, its words and how it is read; and how a cell is written."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse

from toolkits.public.downloads.list_csv import neutral

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class At:
    """What a row is read from: a published page, a `part` of its document at `place` (from 1), and `inside` what.

    `known` are the numbers of live pages by kind, and `levels` those of published scales: a link to anything else is
    left empty. `base` is the address of the portal.
    """

    page: Any
    known: dict
    levels: set
    base: str
    part: Any = None
    place: int = 0
    inside: Any = None

    @property
    def document(self):
        """The typed payload of the page."""
        return self.page.document

    def link(self, kind, to):
        """The record number of `to` (a payloads.Link or a number); None where that is not published."""
        record = getattr(to, "record", to)
        return record if record in self.known[kind] else None

    def level(self, scheme, key):
        """The identifier of a level; None where its scale is not published."""
        found = level_id(scheme, key)
        return found if found in self.levels else None

    def version_address(self):
        """The permanent address of exactly the version that says so."""
        return urljoin(self.base, reverse("public:record_version", args=[self.page.record, self.page.version]))


def level_id(scheme, key):
    """The identifier of a level: the record number of its scale, and its key there."""
    return f"{scheme}:{key}"


@dataclass(frozen=True)
class Column:
    """A column: `type` is string, uri, integer, number, boolean, date or datetime; `value(row)` reads it.

    `to` names the table whose only key it holds, where it is a link.
    """

    name: str
    type: str
    about: str
    value: Callable
    required: bool = False
    to: str = ""

    def cell(self, row):
        """The cell of a row as it is written: nothing where nothing is recorded, and never a formula."""
        found = self.value(row)
        return "" if found is None or found == "" else WRITTEN[self.type](found)


@dataclass(frozen=True)
class Table:
    """A table: `key` are the columns that tell its rows apart; `rows` makes its rows from the At of a page."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self):
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def header(self):
        """The names of its columns, in their order."""
        return [column.name for column in self.columns]

    def line(self, row):
        """The cells of a row."""
        return [column.cell(row) for column in self.columns]


def _number(value):
    text = str(value)
    return text if NUMBER.fullmatch(text) else neutral(text)


def _moment(value):
    return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


WRITTEN = {
    "string": neutral,
    "uri": neutral,
    "integer": str,
    "number": _number,
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: value.isoformat(),
    "datetime": _moment,
}


def key(name, about, value, *, to="", type="integer"):
    """A column that every row has."""
    return Column(name, type, about, value, required=True, to=to)


def text(name, about, value):
    """A column of words."""
    return Column(name, "string", about, value)


def whole(name, about, value, *, to=""):
    """A column of whole numbers, or of links to the rows of `to`."""
    return Column(name, "integer", about, value, to=to)


def number(name, about, value):
    """A column of numbers as published: 1.10 says that two decimals were given."""
    return Column(name, "number", about, value)


def day(name, about, value):
    """A column of days."""
    return Column(name, "date", about, value)


def yes(name, about, value):
    """A column of true and false."""
    return Column(name, "boolean", about, value, required=True)


def several(values):
    """Several texts in one cell."""
    return "; ".join(values)
