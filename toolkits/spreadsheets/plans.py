"""What an import would do with each row, decided before anything is written: new, changed or the same, and every error."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from typing import NamedTuple

from django.utils.translation import ngettext

from evidence.models import AgeBand, Outcome, Setting
from toolkits.networks.cells import References
from toolkits.networks.problems import Problem, did_you_mean
from toolkits.networks.reading import Row
from toolkits.spreadsheets.tables import NEEDED, ONLY_NAMES

VOCABULARIES = {"outcomes": Outcome, "settings": Setting, "age_bands": AgeBand}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Difference(NamedTuple):
    """A column with its cell before and after."""

    column: str
    was: str
    becomes: str


@dataclass
class Planned:
    """A row that can be imported. `target` is the working row that it names; None for one to be made."""

    row: Row
    target: object
    fate: Fate
    differences: tuple = ()
    found: dict = field(default_factory=dict)

    @property
    def changed(self):
        """The names of the columns that differ."""
        return {difference.column for difference in self.differences}

    @property
    def record(self):
        """The permanent number of what the row is about; None for one to be made."""
        about = self.found.get("intervention", self.target)
        return about.pk if about else None

    @property
    def name(self):
        """What the row is about, in words."""
        about = self.found.get("intervention", self.target)
        if "intervention" in self.found:
            return f"{about}: {self.row.values['scheme']}"
        return self.row.values.get("name") or self.row.values.get("title") or str(about)

    @property
    def mark(self):
        """What tells this outcome from any other: the same row against another state has another mark."""
        said = [self.fate, self.target and self.target.pk, self.differences]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


@dataclass
class Plan:
    """The outcome of every row of a sheet that is right, and what is wrong with the others."""

    table: object
    header: tuple
    problems: list
    rows: list = field(default_factory=list)

    def __post_init__(self):
        self._wrong_rows = {problem.row for problem in self.problems}

    def of(self, *fates):
        """The rows with one of these fates."""
        return [planned for planned in self.rows if planned.fate in fates]

    def wrong(self, row, column, message, hint=""):
        """Note an error in a cell, or of the whole row where the file has no such column."""
        here = column in row.cells
        self._wrong_rows.add(row.number)
        self.problems.append(
            Problem(
                file=self.table.file,
                row=row.number,
                column=column if here else "",
                value=row.cells[column] if here else None,
                message=message,
                hint=hint,
            )
        )

    def add(self, row, target, **found):
        """Put a row into the plan, unless something is wrong with it; `found` is what its names stand for."""
        if row.number in self._wrong_rows:
            return
        differences = tuple(self._differences(row, target))
        fate = Fate.CHANGED if differences else Fate.SAME
        self.rows.append(Planned(row, target, fate if target else Fate.NEW, differences, found))

    def _differences(self, row, target):
        only_names = ONLY_NAMES[self.table.name] if target else ()
        for column in self.table.columns:
            if column.name in row.cells and column.name not in only_names:
                was, becomes = cell_of(column, target), row.cells[column.name]
                if _alike(column, was) != _alike(column, becomes):
                    yield Difference(column.name, was, becomes)

    def check_whole(self, needed_by_new):
        """Note the columns without which the new rows cannot be made: once, not row by row."""
        for name in NEEDED[self.table.name]:
            if needed_by_new and name not in self.header:
                self.problems.append(
                    Problem(
                        file=self.table.file,
                        row=1,
                        column=name,
                        message="the column is missing, and new rows need it",
                        hint="Add it, or name rows that are here already.",
                    )
                )


def rows_in_words(count):
    """How many rows, for the audit trail."""
    return ngettext("%(n)s row", "%(n)s rows", count) % {"n": count}


def value_of(column, target):
    """What a working row holds in a column; None for nothing."""
    if isinstance(column, References):
        return tuple(term.slug for term in getattr(target, column.path).all())
    return reduce(lambda found, name: getattr(found, name, None), column.path.split("."), target)


def cell_of(column, target):
    """The cell of a column for a working row; empty where there is none yet."""
    return column.write(value_of(column, target)) if target else ""


def with_usual_line_ends(text):
    """`text` with one kind of line end: programs write them as they like."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _alike(column, cell):
    """The cell in the one spelling by which it is compared."""
    return column.alike(with_usual_line_ends(cell))


def known_terms():
    """{vocabulary: {slug}} of the shared lists."""
    return {name: set(model.objects.values_list("slug", flat=True)) for name, model in VOCABULARIES.items()}


def check_terms(plan, row, terms):
    """Note every name of a shared list that it does not have."""
    for column in plan.table.columns:
        vocabulary = getattr(column, "to", (None,))[0]
        if vocabulary not in terms or column.name not in row.values:
            continue
        for name in column.names(row.cells[column.name]):
            if name not in terms[vocabulary]:
                hint = did_you_mean(name, sorted(terms[vocabulary]))
                plan.wrong(row, column.name, f"the list of {vocabulary.replace('_', ' ')} has no {name}", hint)


def check_needed(plan, row):
    """Note every empty cell that a new row has to fill; a column that is missing is noted once, by `check_whole`."""
    for name in NEEDED[plan.table.name]:
        # An empty cell that no row may leave empty was noted when it was read.
        if row.values.get(name) == "":
            plan.wrong(
                row, name, "the cell is empty, and a new row needs it", "Fill it, or name a row that is here already."
            )


def first_of_its_kind(plan, row, key, column, seen):
    """Note a row that is about the same as an earlier one; whether it is the first."""
    first = seen.setdefault(key, row.number)
    if first != row.number:
        plan.wrong(row, column, f"row {first} is about the same", "Keep one of them.")
    return first == row.number
