"""XLSX files. What one is made of is counted before anything is taken out of it, then the values of one sheet are read.

A packed file of a few kilobytes can unpack to gigabytes, and a workbook may name a million rows that hold nothing:
the parts are read as a stream, with a limit on all of them together, before openpyxl gets the file.
"""

import datetime
import io
import logging
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from xml.parsers import expat

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from toolkits.networks.cells import is_formula
from toolkits.networks.problems import Problem

UNPACKED_LIMIT = 100_000_000  # bytes: 5,000 rows of long texts are a quarter of it
PART_LIMIT = 1_000
CELL_LIMIT = 500_000
COLUMN_LIMIT = 200
CHUNK = 1 << 16
CARRIAGE_RETURN = re.compile("_x000D_\n?|\r\n?")

log = logging.getLogger("whatworks.spreadsheets")


class Refused(Exception):
    """The file is not read at all; `hint` says what to give instead."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass
class Outline:
    """What the XML of a sheet holds: its last row and column with a value, its formulas and its merged cells."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: list = field(default_factory=list)
    merged: list = field(default_factory=list)


def read(table, data, *, row_limit):
    """(rows of cells, problems) of the sheet called like `table`, or else the first; the header is row 1."""
    try:
        outlines = _outlines(data)
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out, such as pictures and conditional formats: none of it is data.
            warnings.simplefilter("ignore")
            return _read_sheet(table, data, outlines, row_limit)
    except Refused as refused:
        return [], [Problem(file=table.file, message=refused.message, hint=refused.hint)]
    except Exception:
        # openpyxl raises whatever it stumbles over in a damaged file; the words are the same for all of it.
        log.info("a workbook could not be read", exc_info=True)
        hint = "Open it in your spreadsheet program, and save it again as .xlsx or as CSV UTF-8."
        return [], [Problem(file=table.file, message="the workbook is damaged and cannot be read", hint=hint)]


def _outlines(data):
    """{name of a part: its Outline} of all XML in the file. Raises Refused."""
    save_as = "Save it as .xlsx or as CSV UTF-8."
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = [part.filename for part in parts]
        if "xl/workbook.xml" not in names:
            raise Refused("the file is packed, but no XLSX workbook", save_as)
        if min(part.header_offset for part in parts) or len(set(names)) < len(names):
            raise Refused("the file holds more than one workbook, or something before it", save_as)
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("the workbook is locked by a password", "Take the password off, and save it again.")
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Refused("the workbook holds macros", "Save it as .xlsx, which has none.")
        if len(parts) > PART_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise Refused(
                f"the workbook unpacks to more than {UNPACKED_LIMIT // 1_000_000} MB, or has over {PART_LIMIT} parts",
                "Take pictures and other sheets out of it, or save the one sheet as CSV UTF-8.",
            )
        found, left = {}, CELL_LIMIT
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    found[part.filename] = _outline(stream, left)
                left -= found[part.filename].cells
        return found


def _place(reference):
    """(row, column) of a cell, from 1; ValueError for what no cell is called, such as A0."""
    row, column = coordinate_to_tuple(reference)
    if row < 1:
        raise ValueError(f"there is no cell {reference}")
    return row, column


def _outline(stream, cell_limit):
    """The Outline of one XML part, read in pieces."""
    found, at = Outline(), [0, 0]
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse_doctype(*_):
        # Entities that grow as they are unfolded are declared in one; no spreadsheet program writes any.
        raise Refused("the workbook declares a document type", "Save it again in your spreadsheet program.")

    def start(name, attributes):
        kind = name.rpartition(" ")[2]
        if kind == "row":
            at[:] = [int(attributes.get("r", at[0] + 1)), 0]
        elif kind == "c":
            at[:] = _place(attributes["r"]) if "r" in attributes else [at[0], at[1] + 1]
            found.cells += 1
            if found.cells > cell_limit:
                raise Refused(
                    f"the workbook has more than {CELL_LIMIT} cells", "Take other sheets and empty rows out of it."
                )
        elif kind in ("v", "is"):
            found.last_row, found.last_column = max(found.last_row, at[0]), max(found.last_column, at[1])
        elif kind == "f":
            found.formulas.append(tuple(at))
        elif kind == "mergeCell":
            found.merged.append(attributes["ref"])

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = start
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return found


def _read_sheet(table, data, outlines, row_limit):
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title.strip().casefold(): sheet for sheet in reversed(workbook.worksheets)}
        sheet = sheets.get(table.name) or workbook.worksheets[0]
        # The one thing of openpyxl's own that is used: which part of the file a sheet was read from.
        outline = outlines[sheet._worksheet_path.removeprefix("/")]
        if outline.last_row > row_limit + 1:
            raise Refused(
                f"the sheet has {outline.last_row - 1} rows; {row_limit} rows are the most that is imported at once",
                "Split it into several files.",
            )
        if outline.last_column > COLUMN_LIMIT:
            letter = get_column_letter(outline.last_column)
            raise Refused(f"the sheet has a value as far right as column {letter}", "Take out what is no part of it.")
        if not outline.last_row:
            raise Refused("the sheet is empty", "Take the template: its first row names the columns.")
        return _records(table, sheet, outline)
    finally:
        workbook.close()


def _records(table, sheet, outline):
    """(rows of cells, problems) of a sheet."""
    records, errors = [], []
    rows = sheet.iter_rows(min_row=1, max_row=outline.last_row, max_col=outline.last_column)
    for number, cells in enumerate(rows, start=1):
        records.append([_text(cell) for cell in cells])
        errors += [(number, place) for place, cell in enumerate(cells) if cell.data_type == "e"]

    def problem(row, place, message, hint):
        return Problem(
            file=table.file,
            row=row,
            column=records[0][place] or get_column_letter(place + 1),
            value=records[row - 1][place],
            message=message,
            hint=hint,
        )

    problems = [
        problem(row, column - 1, "the cell is a formula", "Only values are taken: copy it, and paste it as a value.")
        for row, column in outline.formulas
        if row <= outline.last_row and column <= outline.last_column
    ]
    problems += [
        problem(row, place, "the cell holds an error of the spreadsheet", "Mend its formula, or empty it.")
        for row, place in errors
    ]
    problems += [
        Problem(
            file=table.file,
            row=_place(cells.split(":")[0])[0],
            message=f"the cells {cells} are merged",
            hint="Unmerge them, and fill each cell.",
        )
        for cells in outline.merged
    ]
    return records, problems


def _text(cell):
    """The cell as CSV would hold it: a number as short as it is, a day as 2013-03-05, a text as it stands."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime.datetime):
        return str(value.date() if value.time() == datetime.time() else value)
    text = CARRIAGE_RETURN.sub("\n", str(value))
    # Here a text is known to be one, whatever it begins with.
    return f"'{text}" if isinstance(value, str) and is_formula(text) else text
