"""What somebody uploads: told by its content what it is, limited, and read into rows."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.networks.cells import Text, unescape
from toolkits.networks.problems import Problem, listed
from toolkits.networks.reading import csv_records, read_records
from toolkits.spreadsheets.tables import NAMED_BY

FILE_LIMIT = 10_000_000  # bytes
ROW_LIMIT = 5_000
LINE_LIMIT = 100 * ROW_LIMIT  # a cell may have several

PACKED = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHERS = {
    b"\xd0\xcf\x11\xe0": gettext_lazy("The file is an old or locked Excel file. Save it as .xlsx or as CSV UTF-8."),
    b"%PDF": gettext_lazy("The file is a PDF. Save the sheet as .xlsx or as CSV UTF-8."),
    b"{\\rtf": gettext_lazy("The file is a text document. Save the sheet as .xlsx or as CSV UTF-8."),
    b"<": gettext_lazy("The file is a web page. Save the sheet as .xlsx or as CSV UTF-8."),
}


def refusal(data):
    """Why bytes cannot be a spreadsheet that we read, with what to do about it; empty where they may be one."""
    if not data.strip():
        return _("The file is empty. Take the template: its first row names the columns.")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, words in OTHERS.items():
        if start.startswith(mark):
            return str(words)
    if b"\0" in data and not data.startswith((PACKED, *UTF_16)):
        return _("The file is neither text nor a workbook. Save the sheet as .xlsx or as CSV UTF-8.")
    return ""


def rows_of(table, data):
    """(rows of cells with the header first, problems, where CSV broke off) of a file that `refusal` let pass."""
    # openpyxl loads numpy: only the runner, which reads files, pays for it.
    from toolkits.spreadsheets import workbooks

    if data.startswith(PACKED):
        records, problems = workbooks.read(table, data, row_limit=ROW_LIMIT)
        cut = []
    elif (lines := data.count(b"\n") + data.count(b"\r")) > LINE_LIMIT:
        return [], [_too_much(table, f"the file has {lines} lines", ROW_LIMIT, "rows")], []
    else:
        records, cut = csv_records(table, data)
        problems = [*cut, *(_not_utf8(table, data) if records else [])]
    records = _without_empty_ends(records)
    if not records and not problems:
        hint = "Take the template: its first row names the columns."
        return [], [Problem(file=table.file, message="the file holds no value", hint=hint)], []
    if len(records) - 1 > ROW_LIMIT:
        return [], [_too_much(table, f"the file has {len(records) - 1} rows", ROW_LIMIT, "rows")], []
    if records and len(records[0]) > workbooks.COLUMN_LIMIT:
        message = f"the file has {len(records[0])} columns"
        return [], [_too_much(table, message, workbooks.COLUMN_LIMIT, "columns")], []
    return records, problems, cut


def read(table, data):
    """(Sheet or None, problems) of an uploaded file that `refusal` let pass."""
    records, problems, cut = rows_of(table, data)
    if not records:
        return None, problems
    sheet, found = read_records(table, records, cut)
    problems += [problem for problem in found if problem not in cut]
    if sheet is None:
        return None, problems
    if not any(set(names) <= set(sheet.header) for names in NAMED_BY[table.name]):
        problems.append(_nameless(table))
    for column in table.columns:
        if column.name in sheet.header and not isinstance(column, Text):
            for row in sheet.rows:
                row.cells[column.name] = unescape(row.cells[column.name])
    return sheet, problems


def _too_much(table, message, limit, things):
    hint = "Split it into several files." if things == "rows" else "Take out what is no part of it."
    return Problem(
        file=table.file, message=f"{message}; {limit} {things} are the most that is imported at once", hint=hint
    )


def _without_empty_ends(records):
    """`records` without the empty rows below and columns to the right: spreadsheets write what was ever touched."""
    while records and not any(records[-1]):
        records.pop()
    width = max((place for row in records for place, cell in enumerate(row, start=1) if cell), default=0)
    return [row[:width] if len(row) > width else row for row in records]


def _not_utf8(table, data):
    """Where the first byte is that is not UTF-8; its cell, and every other, is named as well."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        byte = f"byte {error.start + 1} (0x{data[error.start]:02X}, in line {line})"
        message = f"the file is not UTF-8: {byte} is no part of a letter"
        return [Problem(file=table.file, message=message, hint='Save it again as "CSV UTF-8".')]
    return []


def _nameless(table):
    """The file does not say which rows it means."""
    ways = [listed(names) for names in NAMED_BY[table.name]]
    hint = f"Add {' or '.join(ways)}."
    return Problem(file=table.file, row=1, message="no column says which row is meant", hint=hint)
