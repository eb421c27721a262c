"""Files as they come: what is no spreadsheet is refused before it is unpacked, what is one is read as it was meant."""

import datetime
import zipfile

import pytest

from tests.factories.spreadsheets import as_csv, as_xlsx, repacked
from toolkits.networks.checks import check_cells
from toolkits.spreadsheets import uploads, workbooks
from toolkits.spreadsheets.tables import TABLES

TABLE = TABLES["interventions"]
HEADER = ["id", "name", "summary"]
ROW = [1011, "Mentoring", "An older peer."]
RIGHT = as_xlsx(HEADER, ROW)
SHEET = "xl/worksheets/sheet1.xml"


def read(data, table=TABLE):
    """(cells of the rows, problems in words)."""
    sheet, problems = uploads.read(table, data)
    rows = sheet.rows if sheet else []
    problems = [*problems, *(problem for row in rows for problem in check_cells(table, row))]
    return [row.cells for row in rows], [str(problem).removeprefix("interventions.csv") for problem in problems]


def name_of(value):
    """The cell for a value in the column `name` of a workbook."""
    (cells,), problems = read(as_xlsx(["id", "name"], [1011, value]))
    assert problems == []
    return cells["name"]


# What is taken


@pytest.mark.parametrize("data", [RIGHT, as_csv(HEADER, ROW), as_csv(HEADER, ROW, encoding="utf-8-sig")])
def test_csv_and_workbooks_are_read_the_same(data):
    assert uploads.refusal(data) == ""
    assert read(data) == ([{"id": "1011", "name": "Mentoring", "summary": "An older peer."}], [])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (12, "12"),
        (12.0, "12"),
        (0.36, "0.36"),
        (1.1, "1.1"),
        (1e-7, "0.0000001"),
        (1e21, "1" + "0" * 21),
        ("1.10", "1.10"),
        (True, "TRUE"),
        ("two\nlines", "two\nlines"),
        (" space ", " space "),
        ("-5", "-5"),
        ("=1+1", "'=1+1"),
        ("'=1+1", "'=1+1"),
        ("@here", "'@here"),
    ],
)
def test_a_value_is_read_as_short_as_it_is_and_text_as_it_stands(value, cell):
    assert name_of(value) == cell


def test_a_day_is_read_as_a_day_and_a_time_is_no_day():
    def days(sheet, workbook):
        shown = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_datetime(1, 0, datetime.datetime(2025, 3, 5), shown)
        sheet.write_datetime(2, 0, datetime.datetime(2025, 3, 5, 12, 30), shown)

    cells, problems = read(as_xlsx(["last_searched"], spoil=days))
    assert [row["last_searched"] for row in cells] == ["2025-03-05", "2025-03-05 12:30:00"]
    assert (
        ', row 3, column last_searched: "2025-03-05 12:30:00": not a day that exists. Write it as 2013-03-05.'
        in problems
    )


def test_the_sheet_of_the_tables_name_is_read_wherever_it_stands():
    def another(_sheet, workbook):
        workbook.add_worksheet("Interventions ").write_row(0, 0, HEADER)
        workbook.get_worksheet_by_name("Interventions ").write_row(1, 0, ROW)

    cells, _problems = read(as_xlsx(["notes"], sheet="Notes", spoil=another))
    assert cells[0]["name"] == "Mentoring"


def test_empty_rows_and_columns_at_the_ends_are_left_out():
    assert read(as_csv([*HEADER, "", ""], [*ROW, "", ""], [""] * 5, [""] * 5))[1] == []

    def touched(sheet, workbook):
        sheet.write_blank(1_000_000, 16_000, None, workbook.add_format({"bold": True}))

    assert read(as_xlsx(HEADER, ROW, spoil=touched)) == read(RIGHT)


# What is no spreadsheet


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old or locked Excel"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1 id,name}", "a text document"),
        (b"\xef\xbb\xbf\n<html><script>alert(1)</script>", "a web page"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a web page"),
        (b"id,name\0\r\n1,x\r\n", "neither text nor a workbook"),
        (b"GIF89a\0\1", "neither text nor a workbook"),
        (b"id,name\r\n" + RIGHT, "neither text nor a workbook"),
        ("id,name".encode("utf-16-le"), "neither text nor a workbook"),
    ],
)
def test_other_files_are_told_from_their_content(data, words):
    assert words in uploads.refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (repacked(RIGHT, leave_out=["xl/workbook.xml"]), "packed, but no XLSX workbook"),
        (repacked(RIGHT, xl__vbaProject_bin=b"").replace(b"vbaProject_bin", b"vbaProject.bin"), "holds macros"),
        (RIGHT[: len(RIGHT) // 2], "damaged"),
        (repacked(RIGHT, **{SHEET.replace("/", "__"): b"<worksheet><row>"}), "damaged"),
        (repacked(RIGHT, **{SHEET.replace("/", "__"): b"no XML"}), "damaged"),
        (repacked(RIGHT, before=b"PK\3\4 a page of another kind"), "more than one workbook, or something before it"),
        (as_xlsx(), "the sheet is empty"),
    ],
)
def test_a_packed_file_that_is_no_right_workbook_is_refused_in_words(data, words):
    assert uploads.refusal(data) == ""
    rows, (problem,) = read(data)
    assert rows == []
    assert words in problem


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"])
def test_entities_that_grow_are_refused_wherever_they_are_declared(part):
    grows = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
    assert "declares a document type" in read(repacked(RIGHT, **{part.replace("/", "__"): grows}))[1][0]


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    """Its parts say how large they are: nothing of it is opened."""
    bomb = repacked(RIGHT, xl__media__image1_xml=b"\0" * (workbooks.UNPACKED_LIMIT + 1))
    assert len(bomb) < uploads.FILE_LIMIT

    def opened(*_arguments, **_named):
        raise AssertionError("opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert "unpacks to more than 100 MB" in read(bomb)[1][0]


def test_a_part_that_lies_about_its_size_is_read_no_further_than_it_says(monkeypatch):
    monkeypatch.setattr(workbooks, "UNPACKED_LIMIT", 100_000)
    bomb = repacked(RIGHT, **{"xl__extra.xml": b"<a>" + b" " * 10_000_000 + b"</a>"})
    lying = bomb.replace((10_000_007).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != bomb
    assert "damaged" in read(lying)[1][0]


def test_too_many_cells_are_refused_while_they_are_counted(monkeypatch):
    monkeypatch.setattr(workbooks, "CELL_LIMIT", 5)
    assert "more than 5 cells" in read(RIGHT)[1][0]


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "PART_LIMIT", 3)
    assert "over 3 parts" in read(RIGHT)[1][0]


def test_a_value_far_to_the_right_is_refused_by_its_column():
    assert "as far right as column ZZ" in read(as_xlsx(HEADER, ROW, spoil=lambda sheet, _: sheet.write("ZZ3", 1)))[1][0]


# What is wrong in a workbook, by row and column


def test_formulas_errors_and_merged_cells_are_named_where_they_are():
    def spoil(sheet, _workbook):
        sheet.write_formula("B2", '=UPPER("x")', None, "X")
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.merge_range("B5:B6", "Twice")

    _cells, problems = read(
        as_xlsx(HEADER, [1, "", "s"], [2, "n", ""], [3, "n", "s"], [4, "", "s"], [5, "", "s"], spoil=spoil)
    )
    assert [line for line in problems if ": the cell is empty" not in line and "out of range" not in line] == [
        ', row 2, column name: "X": the cell is a formula. Only values are taken: copy it, and paste it as a value.',
        ', row 3, column summary: "#DIV/0!": the cell is a formula. Only values are taken: copy it, and paste it as a value.',
        ', row 3, column summary: "#DIV/0!": the cell holds an error of the spreadsheet. Mend its formula, or empty it.',
        ", row 5: the cells B5:B6 are merged. Unmerge them, and fill each cell.",
    ]


# The shape of the rows


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (
            b"id;name;summary\r\n1011;Mentoring;x\r\n",
            ", row 1: the cells are separated by semicolons, not by commas. Save the file again with commas.",
        ),
        (
            b"id\tname\tsummary\r\n1011\tMentoring\tx\r\n",
            ", row 1: the cells are separated by tabs, not by commas. Save the file again with commas.",
        ),
        (as_csv(HEADER), ": there is only a header. The file needs at least one row."),
        (as_xlsx(HEADER), ": there is only a header. The file needs at least one row."),
        (
            as_csv(["id", "sumary"], [1011, "x"]),
            ', row 1, column "sumary": no column has this name. Did you mean summary?',
        ),
        (as_csv(["id", "name", "name"], [1011, "x", "x"]), ", row 1, column name: the column is there twice."),
        (
            as_csv(["name"], ["x"]),
            ", row 1: no column says which row is meant. Add id or toolkit, slug.",
        ),
        (
            as_csv(HEADER, [1011, "x", "x"], [1012, "x"]),
            ", row 3: the row has 2 cells, fewer than the 3 of the header. Write a comma for each empty cell.",
        ),
        (as_csv(HEADER, ["", "", ""], ROW), ", row 2: the row is empty. Delete it."),
        ("id,name".encode("utf-16"), ': the file is UTF-16. Save it again as "CSV UTF-8".'),
    ],
)
def test_what_is_wrong_with_the_rows_is_said(data, line):
    assert line in read(data)[1]


def test_the_byte_that_is_not_utf_8_is_named_and_so_is_each_cell():
    _cells, problems = read(as_csv(HEADER, ROW, [1012, "Café", "x"], [1013, "x", "naïve"], encoding="latin-1"))
    assert [line.rpartition(": ")[2] if line.startswith(", row") else line for line in problems] == [
        ': the file is not UTF-8: byte 57 (0xE9, in line 3) is no part of a letter. Save it again as "CSV UTF-8".',
        'the cell is not UTF-8. Save the file again as "CSV UTF-8".',
        'the cell is not UTF-8. Save the file again as "CSV UTF-8".',
    ]
    assert ', row 3, column name: "Caf' in problems[1]
    assert ', row 4, column summary: "na' in problems[2]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_more_rows_than_the_limit_are_refused_with_their_number(make, monkeypatch):
    monkeypatch.setattr(uploads, "ROW_LIMIT", 3)
    assert len(read(make(HEADER, *[ROW] * 3))[0]) == 3
    rows, (problem,) = read(make(HEADER, *[ROW] * 4))
    assert rows == []
    assert "has 4 rows; 3 rows are the most that is imported at once. Split it into several files." in problem


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id,name" + b"\n" * 500_001, "has 500001 lines; 5000 rows are the most"),
        (b"," * 100_000 + b"x\n", "has 100001 columns; 200 columns are the most"),
    ],
)
def test_text_that_would_grow_when_it_is_read_is_refused(data, words):
    assert words in read(data)[1][0]
