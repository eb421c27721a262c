"""A file of studies, one row a study: read whole, with every mistake by row and column."""

import csv
import io
import re
from dataclasses import dataclass

from evidence.synthesis import errors
from evidence.synthesis.studies import checked

METRICS = ("SMD", "logOR", "logRR", "COR-z", "MD")
COLUMNS = ("study", "year", "effect_metric", "effect", "variance")
OPTIONAL = ("year",)
# What other programs call a column -> our name for it.
ALSO_CALLED = {
    "slab": "study",
    "author": "study",
    "label": "study",
    "metric": "effect_metric",
    "measure": "effect_metric",
    "yi": "effect",
    "es": "effect",
    "effect_size": "effect",
    "vi": "variance",
    "var": "variance",
    "publication_year": "year",
}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True)
class StudySet:
    """One file's studies, in its order: `studies`, `years`, `effects` and `variances` have k entries."""

    dataset: str
    effect_metric: str
    studies: list[str]
    years: list[int | None]
    effects: list[float]
    variances: list[float]


class BadFile(ValueError):
    """The file is not a set of studies; `mistakes` has a sentence for each place in it."""

    def __init__(self, mistakes):
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def read(content, name):
    """The `StudySet` in `content`, the bytes of a CSV file (UTF-8, comma, header row).

    Needed columns, in any order: COLUMNS but OPTIONAL; `dataset` is optional and else `name`; others are ignored.
    Rows are counted as in a spreadsheet, the header being row 1. Raises BadFile.
    """
    header, rows = _table(content)
    mistakes, studies, years, effects, variances, named_in = [], [], [], [], [], {}
    for number, row in enumerate(rows, 2):

        def wrong(column, reason, number=number):
            mistakes.append(f"Row {number}, column {column}: {reason}.")

        if not any(cell.strip() for cell in row):
            mistakes.append(f"Row {number}: it is empty. Delete it.")
            continue
        if len(row) != len(header):
            mistakes.append(f"Row {number}: it has {len(row)} cells where the header has {len(header)}.")
            continue
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        if not cells["study"]:
            wrong("study", "it is empty; every study needs a label")
        elif cells["study"] in named_in:
            wrong("study", f"{cells['study']!r} stands in row {named_in[cells['study']]} too")
        named_in.setdefault(cells["study"], number)
        year = cells.get("year", "")
        if year and not YEAR.fullmatch(year):
            wrong("year", f"{year!r} is not a year; leave it empty where there is none")
        studies.append(cells["study"])
        years.append(int(year) if YEAR.fullmatch(year) else None)
        effects.append(_number(cells, "effect", wrong))
        variances.append(_number(cells, "variance", wrong))
        if variances[-1] is not None and variances[-1] <= 0:
            wrong("variance", f"{cells['variance']} is not above zero")
        if cells["effect_metric"] not in METRICS:
            wrong("effect_metric", f"{cells['effect_metric']!r} is none of {', '.join(METRICS)}")
    mistakes += _not_the_same(header, rows)
    if mistakes:
        raise BadFile(mistakes)
    try:
        checked(effects, variances)
    except errors.StudyRefused as refused:
        place = f"Row {refused.position + 2}, column {refused.quantity}"
        raise BadFile([f"{place}: the number {refused.reason}."]) from refused
    except errors.SynthesisError as refused:
        raise BadFile([str(refused)]) from refused
    first = dict(zip(header, rows[0], strict=True))
    dataset = first.get("dataset", "").strip() or name
    return StudySet(dataset, first["effect_metric"].strip(), studies, years, effects, variances)


def _table(content):
    """(header, rows) of the file, empty lines left out of neither; BadFile where it has no usable header."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile([f"Line {line}: it is not UTF-8. Save the file as CSV UTF-8."]) from error
    rows = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise BadFile([f"Row {len(rows) + 1}: it is not written as CSV ({error}); look at its quotes."]) from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise BadFile(["The file is empty."])
    header = [cell.strip() for cell in rows[0]]
    missing = [column for column in COLUMNS if column not in header and column not in OPTIONAL]
    if len(header) == 1 and (mark := next((mark for mark in ";\t" if mark in header[0]), "")):
        raise BadFile([f"Row 1: {mark!r} is between the cells. Save the file with commas."])
    mistakes = [f"Row 1: there is no column {column}.{_nearest(column, header)}" for column in missing]
    mistakes += [f"Row 1: there are several columns {column}." for column in COLUMNS if header.count(column) > 1]
    if mistakes:
        raise BadFile(mistakes)
    if len(rows) == 1:
        raise BadFile(["There are no studies below the header."])
    return header, rows[1:]


def _nearest(column, header):
    """A hint at the column of the file that seems to be meant; empty where none does."""
    plain = {heading: heading.lower().replace(" ", "_") for heading in header}
    meant = [heading for heading, name in plain.items() if column in (name, ALSO_CALLED.get(name))]
    return f" Is it {meant[0]!r}? Call it {column}." if meant else ""


def _number(cells, column, wrong):
    text = cells[column]
    if NUMBER.fullmatch(text):
        return float(text)
    hint = "; write a point, not a comma" if "," in text else ""
    if "\u2212" in text:
        hint = "; write a hyphen for the minus"
    wrong(column, f"{text!r} is not a number{hint}" if text else "it is empty")
    return None


def _not_the_same(header, rows):
    """Studies of two metrics or of two sets cannot be pooled: what differs from the first row."""
    for column in ("dataset", "effect_metric"):
        if column not in header:
            continue
        place = header.index(column)
        first = rows[0][place].strip() if len(rows[0]) > place else ""
        for number, row in enumerate(rows[1:], 3):
            if len(row) == len(header) and row[place].strip() != first:
                yield f"Row {number}, column {column}: {row[place].strip()!r} where row 2 has {first!r}; a file is one set."
