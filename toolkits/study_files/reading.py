"""A file of studies, read into rows of values by our own names, with every mistake by row and column."""

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal

from evidence.appraisals import TOOLS
from evidence.metrics import METRICS
from evidence.models import Study
from toolkits.networks.cells import CONTROL, NOT_UTF8, unescape
from toolkits.networks.problems import Problem, did_you_mean, listed, shown
from toolkits.spreadsheets import uploads
from toolkits.study_files import bibliographies, columns

DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d{1,10}(\.0+)?", re.ASCII)
TEXT_LIMIT = 32_767
LARGEST_COUNT = 2_147_483_647
ANSWERS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


@dataclass(frozen=True)
class Source:
    """What the readers of spreadsheets ask of a table: how it is called in errors, and which sheet to take."""

    name: str = "studies"
    file: str = "studies"
    columns: tuple = ()


@dataclass
class Row:
    """A row: its number as a spreadsheet counts, and what it says by field; an empty cell is not there."""

    number: int
    values: dict = field(default_factory=dict)


@dataclass
class Studies:
    """A file as read: its headings, which field each one is, and its rows. `extracted`: it can bring numbers."""

    header: list
    mapping: dict
    rows: list
    extracted: bool = True


def read(data, name, mapping=None, note=lambda done, total: None, remembered=lambda header: None):
    """(Studies or None, problems). `mapping` is {field: heading}; None: as `remembered(header)` says, or guessed."""
    source = Source()
    form = bibliographies.form_of(name, data)
    if form:
        records, problems = bibliographies.read(form, data, source.file)
    elif refusal := uploads.refusal(data):
        return None, [Problem(file=source.file, message=refusal)]
    else:
        records, problems, _cut = uploads.rows_of(source, data)
    if not records:
        return None, problems
    header, *rows = [[cell.strip() for cell in cells] for cells in records]
    problems += _heading_problems(header, source)
    if mapping is None and not form:
        mapping = remembered(header)
    if mapping is None or form or not columns.valid(mapping, header):
        mapping = columns.guess(header)
    found = Studies(header, mapping, [], extracted=not form)
    if "study" not in mapping:
        hint = "Choose below which column names the studies."
        problems.append(Problem(file=source.file, row=1, message="no column is the study's label", hint=hint))
        return found, problems
    if not any(map(any, rows)):
        hint = "Give each study an entry or a row of its own, with its name."
        problems.append(Problem(file=source.file, message="the file names no study", hint=hint))
    places = {name: header.index(heading) for name, heading in mapping.items()}
    for number, cells in enumerate(rows, start=2):
        if number % 250 == 0:
            note(number, len(rows))
        if not any(cells):
            continue
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, and the header {len(header)}"
            hint = "Put a cell that holds a comma in quotes, and write a comma for each empty cell."
            problems.append(Problem(file=source.file, row=number, message=message, hint=hint))
            continue
        row = Row(number)
        for name, place in places.items():
            _read_cell(row, columns.BY_NAME[name], header[place], cells[place], problems, source)
        _check_row(row, mapping, problems, source)
        found.rows.append(row)
    note(len(rows), len(rows))
    return found, problems


def _heading_problems(header, source):
    for heading in dict.fromkeys(header):
        if heading and header.count(heading) > 1:
            hint = "Give each column a name of its own."
            yield Problem(file=source.file, row=1, column=heading, message="the column is there twice", hint=hint)
        if "\0" in heading or NOT_UTF8.search(heading) or CONTROL.search(heading):
            message, hint = "the heading holds what is no letter", "Type it again, and save the file as CSV UTF-8."
            yield Problem(file=source.file, row=1, column=shown(heading), message=message, hint=hint)


def _read_cell(row, column, heading, cell, problems, source):
    """Put what a cell says into the row, or a problem into the list."""
    if cell == "":
        return

    def wrong(message, hint):
        problems.append(
            Problem(file=source.file, row=row.number, column=heading, value=cell, message=message, hint=hint)
        )

    if "\0" in cell or NOT_UTF8.search(cell) or CONTROL.search(cell):
        wrong("the cell holds what is no letter", "Type it again, and save the file as CSV UTF-8.")
    elif column.kind == columns.TEXT:
        text = unescape(cell)
        limit = column.limit or TEXT_LIMIT
        if len(text) > limit:
            wrong(f"the cell has {len(text)} characters, and {limit} are the most", "Shorten it.")
        else:
            row.values[column.name] = text
    elif column.kind == columns.YES_NO:
        if cell.lower() in ANSWERS:
            row.values[column.name] = ANSWERS[cell.lower()]
        else:
            wrong("the cell is neither yes nor no", "Write yes or no, or leave it empty.")
    elif column.kind == columns.WHOLE:
        if WHOLE.fullmatch(cell) and 1500 <= int(float(cell)) <= 2200:
            row.values[column.name] = int(float(cell))
        else:
            wrong("the cell is not a year", "Write four digits, such as 2019, or leave it empty.")
    else:
        _read_number(row, column, cell, wrong)


def _read_number(row, column, cell, wrong):
    plain = unescape(cell).replace("\u2212", "-")
    if not DECIMAL.fullmatch(plain) or not math.isfinite(float(plain)):
        hint = "Write digits with a point for the decimals, such as -0.25, without units or signs such as < or %."
        wrong("the cell is not a number", hint)
    elif column.name in ("n_1", "n_2", "n_total") and not 0 <= float(plain) <= LARGEST_COUNT:
        wrong("the cell is no number of people", "Check its digits.")
    else:
        # A whole number stays one: what a study gives is kept as it stands, and the database keeps 6e16 as a whole one.
        number = float(plain)
        row.values[column.name] = int(Decimal(repr(number))) if number.is_integer() else number


def _check_row(row, mapping, problems, source):
    """The texts that only some words fit."""

    def wrong(name, message, hint):
        value = row.values.pop(name, None)
        problems.append(
            Problem(file=source.file, row=row.number, column=mapping[name], value=value, message=message, hint=hint)
        )

    if "study" not in row.values and not any(
        problem.row == row.number and problem.column == mapping["study"] for problem in problems[-50:]
    ):
        wrong("study", "the cell is empty", "Every row needs the label of its study, such as Smith 2019.")
    for name, words in (("uk_nation", Study.Nation.values), ("metric", list(METRICS)), ("rob_tool", list(TOOLS))):
        if name in row.values:
            word = _word(row.values[name], words)
            if word is None:
                wrong(
                    name,
                    f"{shown(row.values[name])} is none of the words known here",
                    did_you_mean(row.values[name], words),
                )
            else:
                row.values[name] = word
    tool = TOOLS[row.values.get("rob_tool", "rob2")]
    for name, domain in columns.JUDGEMENTS.items():
        if name not in row.values:
            continue
        judgement = _word(row.values[name], tool.judgements)
        if domain not in tool.domains:
            wrong(name, f"{tool.name} has no such domain", f"Its domains are: {listed(tool.domains)}.")
        elif judgement is None:
            wrong(name, f"{tool.name} knows no such judgement", f"It knows: {listed(tool.judgements)}.")
        else:
            row.values[name] = judgement


def _word(said, words):
    """The one of `words` that somebody means, whatever the capitals, spaces and hyphens; None for none."""
    return next((word for word in words if columns.plain(word) == columns.plain(said)), None)
