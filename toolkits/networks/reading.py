"""Reading a folder of CSV files strictly: what cannot be read is said, and the rest is read on."""

import codecs
import csv
import difflib
import io
from dataclasses import dataclass, field
from pathlib import Path

from toolkits.networks.problems import Problem, listed, shown
from toolkits.networks.tables import TABLES

FILE_LIMIT = 50_000_000  # bytes: far over any network, and still read in a second


@dataclass
class Row:
    """A row as read. `number` counts as a spreadsheet does; `values` holds what was checked and is right."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)


@dataclass
class Sheet:
    """A file as read: the names of its known columns, its rows, and the cells of rows too long or too short.

    `whole` says that the file was read to its end, so that what is not in it is missing.
    """

    header: tuple = ()
    rows: list = field(default_factory=list)
    torn: list = field(default_factory=list)
    whole: bool = True


@dataclass
class Folder:
    """A network folder as read. A table whose file could not be read, or is not there, is not in `sheets`."""

    name: str
    sheets: dict = field(default_factory=dict)

    def rows(self, table):
        """The rows of the table called `table`; none where its file could not be read."""
        return self.sheets[table].rows if table in self.sheets else []


def read_folder(path):
    """(Folder, problems) of the directory at `path`."""
    path = Path(path).resolve()
    folder, problems = Folder(name=path.name), []
    if not path.is_dir():
        return folder, [
            Problem(file=str(path), message="there is no such folder", hint="Give the folder of the CSV files.")
        ]
    problems += _strangers(path)
    for table in TABLES:
        if table.optional and not (path / table.file).exists():
            continue
        sheet, found = _read_table(table, path / table.file)
        problems += found
        if sheet is not None:
            folder.sheets[table.name] = sheet
    return folder, problems


def _strangers(path):
    """Files that look like tables and are none: most often a wrong name."""
    known = [table.file for table in TABLES]
    for file in sorted(path.glob("*.[cC][sS][vV]")):
        if file.name not in known:
            near = difflib.get_close_matches(file.name.casefold(), known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Take it out of the folder."
            yield Problem(file=file.name, message="no file of a network has this name", hint=hint)


def _bytes(table, path):
    """(bytes, problems) of a file."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= FILE_LIMIT else b""
    except FileNotFoundError:
        return None, [
            Problem(file=table.file, message="the file is missing", hint="Add it, if only with its header row.")
        ]
    except OSError as error:
        return None, [Problem(file=table.file, message=f"the file cannot be read ({error.strerror})")]
    if size > FILE_LIMIT:
        return None, [
            Problem(file=table.file, message=f"the file has {size} bytes; {FILE_LIMIT} is the most that is read")
        ]
    return data, []


def _read_table(table, path):
    """(Sheet or None, problems) of one file."""
    data, problems = _bytes(table, path)
    if data is None:
        return None, problems
    records, problems = csv_records(table, data)
    return read_records(table, records, problems) if records else (None, problems)


def csv_records(table, data):
    """(rows of cells, problems) of CSV, up to the first row that is none.

    What is not UTF-8 stays marked, so that its cells can be named.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [], [Problem(file=table.file, message="the file is UTF-16", hint='Save it again as "CSV UTF-8".')]
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    if not text.strip():
        return [], [Problem(file=table.file, message="the file is empty", hint=f"Its header is {_header(table)}.")]
    records, reader = [], csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records.extend(reader)
    except csv.Error as error:
        return records, [
            Problem(
                file=table.file,
                row=len(records) + 1,
                message=f"the row is not written as CSV ({error}), and nothing after it was read",
                hint="Put a cell that holds a comma, a quote or a line break in quotes, and write a quote in it twice.",
            )
        ]
    return records, []


def _header(table):
    return ",".join(column.name for column in table.columns if not column.optional)


def read_records(table, records, cut=()):
    """(Sheet or None, problems) of rows of cells, the header first; `cut` says why nothing after them could be read."""
    header, *rows = records
    problems = _check_header(table, header)
    known = {column.name for column in table.columns} & set(header)
    if not known:
        return None, problems
    if not rows and not cut and table.needs_rows:
        problems.append(
            Problem(file=table.file, message="there is only a header", hint="The file needs at least one row.")
        )
    sheet = Sheet(header=tuple(name for name in header if name in known), whole=not cut)
    for number, cells in enumerate(rows, start=2):
        named = {name: cell for name, cell in zip(header, cells, strict=False) if name in known}
        if not any(cells):
            problems.append(Problem(file=table.file, row=number, message="the row is empty", hint="Delete it."))
        elif len(cells) != len(header):
            problems.append(_ragged(table, number, cells, header))
            sheet.torn.append(named)
        else:
            sheet.rows.append(Row(number, named))
    return sheet, [*problems, *cut]


def _check_header(table, header):
    names = [column.name for column in table.columns]
    needed = [column.name for column in table.columns if not column.optional]
    missing = [name for name in needed if name not in header]
    if len(header) == 1 and len(missing) == len(needed) and any(mark in header[0] for mark in ";\t"):
        marks = "semicolons" if header[0].count(";") > header[0].count("\t") else "tabs"
        message = f"the cells are separated by {marks}, not by commas"
        return [Problem(file=table.file, row=1, message=message, hint="Save the file again with commas.")]
    problems = [
        Problem(
            file=table.file, row=1, column=name, message="the column is missing", hint=_nearest(name, header, names)
        )
        for name in missing
    ]
    absent = [name for name in names if name not in header]
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(Problem(file=table.file, row=1, column=name, message="the column is there twice"))
        if name not in names:
            near = difflib.get_close_matches(name.strip().casefold(), absent, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Take it out. Known are: {listed(names, 40)}."
            problems.append(
                Problem(file=table.file, row=1, column=shown(name), message="no column has this name", hint=hint)
            )
    return problems


def _nearest(name, header, known):
    strangers = [other for other in header if other not in known]
    near = difflib.get_close_matches(name, strangers, n=1)
    return f"Is it the one called {shown(near[0])}?" if near else "Add it."


def _ragged(table, number, cells, header):
    more = len(cells) > len(header)
    hint = "Put a cell that holds a comma in quotes." if more else "Write a comma for each empty cell."
    message = f"the row has {len(cells)} cells, {'more' if more else 'fewer'} than the {len(header)} of the header"
    return Problem(file=table.file, row=number, message=message, hint=hint)
