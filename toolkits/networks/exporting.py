"""Working rows out into a network folder, whole files at a time."""

import csv
import io
import json
import os
import tempfile
from pathlib import Path

from django.db import connection, transaction

from toolkits.models import PublishedPage
from toolkits.networks import package, stored
from toolkits.networks.cells import Points
from toolkits.networks.links import named_by
from toolkits.networks.problems import listed
from toolkits.networks.tables import TABLES

# What may lie in a folder that is written again; the last is left as it is.
OURS = (*(table.file for table in TABLES), package.FILE, "README.md")


class NotWritten(Exception):
    """The folder cannot be written to as it is; nothing in it was changed."""


def export(directory, *, force=False, tell):
    """Write all working rows to the folder at `directory`, and return {table: number of rows}.

    Drafts and the columns for editors only are in it. Records whose pages were withdrawn, removed or
    merged are left out, unless something that stays refers to them. Raises NotWritten where files are
    in the folder that are not ours, or any without `force`.
    """
    directory = Path(directory)
    _check_place(directory, force)
    rows = _read(tell)
    optional = {
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if column.optional and any(row.cells[column.name] for row in rows[table.name])
    }
    _warn(tell)
    tables = [table for table in TABLES if _is_written(directory, table, rows[table.name])]
    files = {table.file: _csv(table, rows[table.name], optional) for table in tables}
    files[package.FILE] = _package(directory, rows, tables, optional)
    _write(directory, files)
    return {name: len(found) for name, found in rows.items()}


def _is_written(directory, table, rows):
    """Whether a table gets a file: an optional one only with rows, or in place of an earlier file."""
    return bool(not table.optional or rows or (directory / table.file).exists())


def _check_place(directory, force):
    if not directory.exists():
        return
    if not directory.is_dir():
        raise NotWritten(f"{directory} is a file. Give a folder.")
    there = sorted(path.name for path in directory.iterdir())
    strange = [name for name in there if name not in OURS or not (directory / name).is_file()]
    if strange:
        raise NotWritten(f"{directory} holds other files ({listed(strange, 6)}). Give an empty folder, or a new one.")
    if there and not force:
        raise NotWritten(f"{directory} holds a network already. Give an empty folder, or --force to write over it.")


def _read(tell):
    """{table: rows} as of one moment, without the records that are no longer live."""
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        records = stored.read_records()
        rows = stored.read_tables()
        down = set(PublishedPage.objects.exclude(state=PublishedPage.State.LIVE).values_list("record", flat=True))
    left_out = {name for name, record in records.items() if record.number in down}
    while True:
        needed = {other for name, record in records.items() if name not in left_out for other in named_by(record)}
        if not left_out & needed:
            break
        left_out -= needed
    if left_out:
        tell(f"Left out, because their pages are no longer live: {listed(sorted(' '.join(name) for name in left_out))}")
    return {table.name: [row for row in rows[table.name] if not _is_out(table, row, left_out)] for table in TABLES}


def _is_out(table, row, left_out):
    if table.owner_of(row.cells) in left_out:
        return True
    return (
        table.name == "families" and ("intervention", f"{row.cells['toolkit']}/{row.cells['intervention']}") in left_out
    )


def _warn(tell):
    """Say which points hold a semicolon: they come back as two."""
    for table in TABLES:
        for column in (column for column in table.columns if isinstance(column, Points)):
            for instance in stored.objects(table):
                if ";" in stored.value_of(column, instance):
                    tell(
                        f"{table.file}, {column.name} of {instance}: a point holds a semicolon, and will be read as two."
                    )


def _csv(table, rows, optional):
    """The bytes of a file: UTF-8, RFC 4180."""
    names = [column.name for column in table.columns if not column.optional or (table.name, column.name) in optional]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([row.cells[name] for name in names] for row in rows)
    return text.getvalue().encode()


def _package(directory, rows, tables, optional):
    """The bytes of the descriptor; what an earlier one says of sources and licence stays."""
    try:
        before = json.loads((directory / package.FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        before = {}
    except ValueError as error:
        raise NotWritten(f"{directory / package.FILE} is no JSON ({error}). Mend it or take it away.") from error
    title = next((row.cells["value"] for row in rows["network"] if row.cells["key"] == "name"), "A network")
    text = json.dumps(
        package.describe(before, title=title, tables=tables, optional=optional), indent=2, ensure_ascii=False
    )
    return f"{text}\n".encode()


def _write(directory, files):
    """Put all files in place; none is ever half there, and none changes before all are written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=directory) as place:
            for name, data in files.items():
                with open(Path(place, name), "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            for name in files:
                os.replace(Path(place, name), directory / name)
    except OSError as error:
        raise NotWritten(f"{directory} cannot be written: {error.strerror}.") from error
