"""Files as people's programs save them: read where that is safe, and named where it is not."""

import codecs

import pytest

from toolkits.networks.checks import check_folder
from toolkits.networks.reading import FILE_LIMIT, read_folder


def lines(directory):
    folder, problems = read_folder(directory)
    return [str(problem) for problem in [*problems, *check_folder(folder)]]


def change(tiny, table, make):
    path = tiny.path(table)
    path.write_bytes(make(path.read_bytes()))


def test_a_byte_order_mark_is_read_over(tiny):
    change(tiny, "settings", lambda data: codecs.BOM_UTF8 + data)
    assert lines(tiny.directory) == []


def test_line_ends_without_a_carriage_return_are_read(tiny):
    change(tiny, "settings", lambda data: data.replace(b"\r\n", b"\n"))
    assert lines(tiny.directory) == []


def test_each_cell_that_is_not_utf_8_is_named(tiny):
    """A spreadsheet that saves in the machine's own encoding."""
    tiny.set("centres", 2, "policy_area", "Éducation").set("centres", 4, "short_name", "Café")
    change(tiny, "centres", lambda data: data.decode().encode("cp1252"))
    assert lines(tiny.directory) == [
        'centres.csv, row 2, column policy_area: "\\xdcc9ducation": the cell is not UTF-8. Save the file again as "CSV UTF-8".',
        'centres.csv, row 4, column short_name: "Caf\\xdce9": the cell is not UTF-8. Save the file again as "CSV UTF-8".',
    ]


def test_utf_16_is_named(tiny):
    change(tiny, "successions", lambda data: data.decode().encode("utf-16"))
    assert lines(tiny.directory) == ['successions.csv: the file is UTF-16. Save it again as "CSV UTF-8".']


@pytest.mark.parametrize(("mark", "name"), [(b";", "semicolons"), (b"\t", "tabs")])
def test_other_separators_are_named(tiny, mark, name):
    change(tiny, "successions", lambda data: data.replace(b",", mark))
    assert lines(tiny.directory) == [
        f"successions.csv, row 1: the cells are separated by {name}, not by commas. Save the file again with commas."
    ]


def test_a_quote_left_open_is_named_where_it_opens(tiny):
    change(tiny, "successions", lambda data: data + b'streets,"schools,closed,2020,\r\n')
    assert lines(tiny.directory) == [
        "successions.csv, row 3: the row is not written as CSV (unexpected end of data), and nothing after it was read. "
        "Put a cell that holds a comma, a quote or a line break in quotes, and write a quote in it twice."
    ]


def test_what_was_not_read_is_not_called_missing(tiny):
    """After a row that is no CSV, and for a torn row, only that is said, not that what it names is unknown."""
    change(tiny, "outcomes", lambda data: data.replace(b"crime,Crime", b'crime,"Crime"s'))
    tiny.path("interventions").write_bytes(
        tiny.path("interventions").read_bytes().replace(b"1002,classroom,phonics,schools,", b"1002,classroom,phonics,")
    )
    found = lines(tiny.directory)
    assert len(found) == 2
    assert found[0].startswith("outcomes.csv, row 3: the row is not written as CSV (',' expected after '\"')")
    assert found[1].startswith("interventions.csv, row 3: the row has 24 cells, fewer than the 25 of the header")


def test_no_such_folder(tmp_path):
    folder, problems = read_folder(tmp_path / "nowhere")
    assert [problem.message for problem in problems] == ["there is no such folder"]
    assert list(check_folder(folder)) == []


def test_a_file_too_large_is_not_read(tiny):
    with open(tiny.path("funding"), "r+b") as file:
        file.truncate(FILE_LIMIT + 1)
    assert lines(tiny.directory) == ["funding.csv: the file has 50000001 bytes; 50000000 is the most that is read."]


def test_a_cell_too_long_for_the_reader_is_named(tiny):
    tiny.set("network", 3, "value", "n" * 140_000)
    (line,) = lines(tiny.directory)
    assert line.startswith("network.csv, row 3: the row is not written as CSV (field larger than field limit")


def test_a_folder_in_place_of_a_file_is_named(tiny):
    tiny.path("funding").unlink()
    tiny.path("funding").mkdir()
    assert lines(tiny.directory) == ["funding.csv: the file cannot be read (Is a directory)."]


def test_columns_may_come_in_any_order(tiny):
    rows = tiny.read("settings")
    tiny.write("settings", [row[::-1] for row in rows])
    assert lines(tiny.directory) == []
