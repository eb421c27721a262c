"""Lists as a workbook: the columns of the CSV under a frozen header, numbers as numbers, and a sheet about the list."""

import io
import re

from django.utils.translation import gettext as _

from toolkits.public.downloads.list_csv import neutral

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a workbook would not change: leading zeros and more than fifteen digits stay text.
NUMBER = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,3})?", re.ASCII)
CELL_LIMIT = 32_767
SHEET_ROWS = 1_048_575  # below the header
WIDTHS = {
    "name": 36,
    "title": 36,
    "summary": 60,
    "finding": 60,
    "citation": 60,
    "finding_as_published": 60,
    "cost_figures": 60,
}
USUAL_WIDTH = 18


def workbook(about, columns, cells, pages, base):
    """The workbook as a file in memory, at its beginning: packed, and so small. Its rows wait on the disk, one at a time."""
    # Loading the writer costs every process that never makes a workbook.
    import xlsxwriter

    file = io.BytesIO()
    # Nothing typed is ever a formula or a link; each row goes to the disk before the next.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": about.title, "comments": about.address})
        head = book.add_format({"bold": True, "bg_color": "#E4EAF1", "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _about_sheet(book, about, head, wrapped)
        sheet = book.add_worksheet(_("List"))
        sheet.activate()
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column, USUAL_WIDTH))
            sheet.write_string(0, place, column, head)
        number = 0
        for number, page in enumerate(pages, start=1):
            if number > SHEET_ROWS:
                break
            for place, cell in enumerate(cells(page, base)):
                _write(sheet, number, place, cell)
        if number:
            sheet.autofilter(0, 0, min(number, SHEET_ROWS), len(columns) - 1)
    file.seek(0)
    return file


def _write(sheet, row, place, cell):
    # As in the CSV, which many make of it.
    text = neutral(cell)
    if NUMBER.fullmatch(text):
        sheet.write_number(row, place, float(text))
    elif text:
        sheet.write_string(row, place, text if len(text) <= CELL_LIMIT else f"{text[: CELL_LIMIT - 1]}…")


def _about_sheet(book, about, head, wrapped):
    sheet = book.add_worksheet(_("About"))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    for row, (label, words) in enumerate(about.facts):
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, words, wrapped)
