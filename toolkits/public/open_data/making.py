"""The files of the open data made in a folder: tables, descriptions, check sums, and one archive of everything.

Made from the same publication they are the same bytes, wherever and whenever that is.
"""

import csv
import hashlib
import json
import shutil
import zipfile
from contextlib import ExitStack
from pathlib import Path

import msgspec

from toolkits import published
from toolkits.public.open_data import describing
from toolkits.public.open_data.rows import all_rows
from toolkits.public.open_data.tables import TABLES
from toolkits.public.terms import disclaimer, licence

PACKAGE, CODEBOOK, LICENCE, SUMS, ARCHIVE = (
    *("datapackage.json", "codebook.csv", "licence.txt", "SHA256SUMS"),
    "whatworks-data.zip",
)
MADE = "made.json"  # what was made, for the process that finds the folder; never given out
METADATA = "-metadata.json"  # where CSV on the Web looks for the description of a file
# The names are fixed, so that an address is refused before anything is made.
FILES = (
    *(table.file for table in TABLES),
    *(f"{table.file}{METADATA}" for table in TABLES),
    *(PACKAGE, CODEBOOK, LICENCE, SUMS, ARCHIVE),
)
# What catalogues are told of: {file: media type}.
OFFERED = {ARCHIVE: "application/zip", PACKAGE: "application/json"} | {table.file: "text/csv" for table in TABLES}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest date that an archive knows
BUFFER = 1 << 20


class File(msgspec.Struct, frozen=True):
    """A file: its size in bytes, its SHA-256, and how many rows it has where it is a table."""

    size: int
    sha256: str
    rows: int | None = None


class Made(msgspec.Struct):
    """What was made: the publication number, when something last changed (ISO, UTC; empty: never), the files by name."""

    number: int
    changed: str = ""
    files: dict[str, File] = {}


def make(folder, base):
    """Make all files in `folder`, an existing empty one, and return what was Made; `base` is the portal's address."""
    folder = Path(folder)
    with published.one_moment():
        changed = published.last_change()
        made = Made(published.stamp()[0], changed.strftime("%Y-%m-%dT%H:%M:%SZ") if changed else "")
        rows = _tables(folder, base)
    for table in TABLES:
        made.files[table.file] = _file(folder / table.file, rows[table.name])
        _write_json(folder / f"{table.file}{METADATA}", describing.csvw(table, base))
    with open(folder / CODEBOOK, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(describing.CODEBOOK_COLUMNS)
        writer.writerows(describing.codebook())
    _write_json(folder / PACKAGE, describing.package(made, base))
    terms = [licence(), disclaimer(), describing.licence_address(base)]
    (folder / LICENCE).write_text("\n\n".join(terms) + "\n", encoding="utf-8")
    inside = [name for name in FILES if name not in {SUMS, ARCHIVE}]
    for name in inside:
        made.files.setdefault(name, _file(folder / name))
    sums = "".join(f"{made.files[name].sha256}  {name}\n" for name in inside)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    made.files[SUMS] = _file(folder / SUMS)
    _archive(folder, [*inside, SUMS])
    made.files[ARCHIVE] = _file(folder / ARCHIVE)
    (folder / MADE).write_bytes(msgspec.json.encode(made))
    return made


def _tables(folder, base):
    """Write every table; {name: how many rows it has}."""
    counted = dict.fromkeys((table.name for table in TABLES), 0)
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            file = stack.enter_context(open(folder / table.file, "w", BUFFER, encoding="utf-8", newline=""))
            writers[table.name] = csv.writer(file, lineterminator="\r\n")
            writers[table.name].writerow(table.header)
        for table, row in all_rows(base):
            writers[table.name].writerow(table.line(row))
            counted[table.name] += 1
    return counted


def _write_json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _file(path, rows=None):
    with open(path, "rb") as file:
        return File(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), rows)


def _archive(folder, names):
    with zipfile.ZipFile(folder / ARCHIVE, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.file_size = (folder / name).stat().st_size
            with open(folder / name, "rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, BUFFER)
