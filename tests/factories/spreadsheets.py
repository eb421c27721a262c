"""Spreadsheets as people's programs save them."""

import csv
import io
import zipfile

import xlsxwriter


def as_csv(*rows, encoding="utf-8"):
    """The bytes of a CSV file of rows of cells, the header first."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*rows, sheet="interventions", spoil=None):
    """The bytes of a workbook of rows of values; `spoil(sheet, workbook)` does what is to be wrong with it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if spoil:
            spoil(page, workbook)
    return out.getvalue()


def repacked(data, *, leave_out=(), before=b"", **parts):
    """A packed file again: without some parts, with others in place of its own (`__` stands for a slash)."""
    out = io.BytesIO(before)
    out.seek(0, io.SEEK_END)
    new = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name in old.namelist():
            if name not in leave_out and name not in new:
                packed.writestr(name, old.read(name))
        for name, content in new.items():
            packed.writestr(name, content)
    return out.getvalue()
