"""What tables are declared with: a column with its type, its words and how it is read; and how a cell is written."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any
from urllib.parse import urljoin

import msgspec
from django.urls import reverse

from toolkits.public.downloads.list_csv import FORMULA, neutral

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


class At(msgspec.Struct, frozen=True):
    """What a row is read from: a published page with its document, a `part` of it at `place` (from 1), and `inside` what.

    `known` are the numbers of live pages by kind, and `levels` those of published scales: a link to anything else is
    left empty. `base` is the address of the portal. A structure, because one is made for every row.
    """

    page: Any
    document: Any
    known: dict
    levels: set
    base: str
    inside: Any = None
    part: Any = None
    place: int = 0

    def of(self, part, place):
        """The At of another part of the same."""
        return At(self.page, self.document, self.known, self.levels, self.base, self.inside, part, place)

    def within(self, inside):
        """The At of the same page, inside something."""
        return At(self.page, self.document, self.known, self.levels, self.base, inside)

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
        before, between, after = _version_address(self.base)
        return f"{before}{self.page.record}{between}{self.page.version}{after}"


@cache
def _version_address(base):
    """What stands around the two numbers of the address of a version. Asking the resolver costs as much as a row."""
    return urljoin(base, reverse("public:record_version", args=[0, 0])).rsplit("0", 2)


def level_id(scheme, key):
    """The identifier of a level: the record number of its scale, and its key there."""
    return f"{scheme}:{key}"


@dataclass(frozen=True)
class Column:
    """A column: `type` is string, uri, integer, number, boolean, date or datetime; `value` reads it from an At.

    Where it is there as it is, `value` is the path to it (`page.record`), else a function of the row. `to` names the table whose only key it holds, where it is a link.
    """

    name: str
    type: str
    about: str
    value: Callable | str
    required: bool = False
    to: str = ""


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

    @cached_property
    def _cells(self):
        return [
            (attrgetter(column.value) if isinstance(column.value, str) else column.value, WRITTEN[column.type])
            for column in self.columns
        ]

    def line(self, row):
        """The cells of a row as they are written: nothing where nothing is recorded, and never a formula."""
        return [read(row) if write is None else write(read(row)) for read, write in self._cells]


# There are millions of cells: each is written in one step, and what the csv module writes by itself is left to it.
_RISKY = frozenset(FORMULA)


def _text(value):
    return neutral(value) if value and value[0] in _RISKY else value


def _number(value):
    return value if not value or NUMBER.fullmatch(value) else neutral(value)


def _truth(value):
    return "true" if value else "false"


def _day(value):
    return value and value.isoformat()


def _moment(value):
    return value and f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


WRITTEN = {
    "string": _text,
    "uri": _text,
    "integer": None,
    "number": _number,
    "boolean": _truth,
    "date": _day,
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
