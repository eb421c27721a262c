"""Rows written as CSV or as an XLSX workbook, as the import reads them."""

import csv
import datetime
import io

import xlsxwriter
from django.utils.translation import gettext as _

from toolkits.networks.cells import CELL_LIMIT, Day, Text, Whole, escape
from toolkits.policies import Refusal
from toolkits.spreadsheets.plans import value_of, with_usual_line_ends

BYTE_ORDER_MARK = "\ufeff"
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FIRST_DAY = datetime.date(1900, 3, 1)  # Excel counts a 29 February 1900, and nothing before 1900
WIDTHS = {"id": 9, "name": 36, "title": 36, "summary": 60}
USUAL_WIDTH = 22


class TooLong(Refusal):
    """A text that no cell of a workbook holds."""


def cells_of(table, row):
    """The cells of a working row, none of which a spreadsheet would run."""
    for column in table.columns:
        cell = column.write(value_of(column, row))
        yield cell if isinstance(column, Text) else escape(cell)


def csv_file(table, rows):
    """The bytes of a CSV file: UTF-8 with a byte order mark, as spreadsheets expect; the header, then `rows` of cells."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def xlsx_file(table, rows, *, notes=(), example=()):
    """The bytes of a workbook: a sheet of `rows`, one of `example` rows, and one that says what the columns hold.

    `notes` are the rows of the last one. Raises TooLong.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        formats = {
            "head": workbook.add_format({"bold": True, "bg_color": "#E4EAF1", "num_format": "@", "valign": "top"}),
            # Text stays what was typed: 1.10 is not made 1.1.
            "text": workbook.add_format({"num_format": "@", "valign": "top"}),
            "wrapped": workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "number": workbook.add_format({"num_format": "0", "valign": "top"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        _rows_sheet(workbook.add_worksheet(table.name), table, rows, formats)
        if example:
            _rows_sheet(workbook.add_worksheet(_("Example")), table, example, formats)
        if notes:
            _notes_sheet(workbook.add_worksheet(_("Columns")), notes, formats)
    return out.getvalue()


def _rows_sheet(sheet, table, rows, formats):
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for place, column in enumerate(table.columns):
        kept_as = "number" if isinstance(column, Whole) else "day" if isinstance(column, Day) else "text"
        sheet.set_column(place, place, WIDTHS.get(column.name, USUAL_WIDTH), formats[kept_as])
        sheet.write_string(0, place, column.name, formats["head"])
    for number, cells in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if cell:
                _write(sheet, number, place, column, cell, formats)


def _write(sheet, number, place, column, cell, formats):
    if isinstance(column, Whole):
        sheet.write_number(number, place, int(cell), formats["number"])
        return
    if isinstance(column, Day) and (day := datetime.date.fromisoformat(cell)) >= FIRST_DAY:
        sheet.write_datetime(number, place, day, formats["day"])
        return
    if len(cell) > CELL_LIMIT:
        raise TooLong(
            _(
                "%(column)s in row %(row)s has %(n)s characters, and a cell of a workbook holds %(limit)s. Export as CSV."
            )
            % {"column": column.name, "row": number + 1, "n": len(cell), "limit": CELL_LIMIT}
        )
    # A workbook has one kind of line end; another would be written out as a code.
    sheet.write_string(number, place, with_usual_line_ends(cell), formats["text"])


def _notes_sheet(sheet, notes, formats):
    sheet.freeze_panes(1, 0)
    for place, width in enumerate((24, 50, 60, 22)):
        sheet.set_column(place, place, width)
    for number, cells in enumerate(notes):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, str(cell), formats["wrapped" if number else "head"])
