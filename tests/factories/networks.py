"""A tiny network folder that is right in everything, and ways to spoil it."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from centres.records import RecordNumber
from evidence.models import Intervention, Rating
from toolkits.models import PublicationCounter, PublishedPage, PublishedVersion, Revision

OURS = ("centres_", "evidence_", "toolkits_")
TINY = Path(__file__).parent.parent / "data" / "networks" / "tiny"


class Network:
    """A copy of the tiny network. Rows are counted as a spreadsheet does: the header is row 1."""

    def __init__(self, directory):
        self.directory = Path(directory)
        shutil.copytree(TINY, self.directory)
        for path in self.directory.glob("*.csv"):
            # Whatever line ends the checkout gave the files, the copy has those of the form.
            self.write(path.stem, self.read(path.stem))

    def path(self, table):
        return self.directory / f"{table}.csv"

    def read(self, table):
        with open(self.path(table), newline="", encoding="utf-8") as file:
            return list(csv.reader(file))

    def write(self, table, rows):
        with open(self.path(table), "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows)

    def set(self, table, row, column, value):
        """Write `value` into one cell."""
        rows = self.read(table)
        rows[row - 1][rows[0].index(column)] = value
        self.write(table, rows)
        return self

    def add(self, table, *cells):
        """Put a row at the end."""
        self.write(table, [*self.read(table), list(cells)])
        return self

    def repeat(self, table, row, **cells):
        """Put a copy of a row at the end, with some cells changed."""
        rows = self.read(table)
        again = dict(zip(rows[0], rows[row - 1], strict=True)) | cells
        self.write(table, [*rows, [again[name] for name in rows[0]]])
        return self

    def drop(self, table, *numbers):
        """Take rows out."""
        self.write(table, [cells for number, cells in enumerate(self.read(table), start=1) if number not in numbers])
        return self

    def add_column(self, table, name, values):
        """Put a column at the right; `values` are its cells, and the last one goes on to the end."""
        rows = self.read(table)
        cells = [name, *values]
        self.write(table, [[*row, cells[min(place, len(cells) - 1)]] for place, row in enumerate(rows)])
        return self

    def drop_column(self, table, name):
        """Take a column out."""
        rows = self.read(table)
        place = rows[0].index(name)
        self.write(table, [row[:place] + row[place + 1 :] for row in rows])
        return self

    def bytes(self):
        """{file name: its bytes}."""
        return {path.name: path.read_bytes() for path in sorted(self.directory.glob("*.csv"))}


def empty():
    """Empty the database of all but what migrations write; for use in a transaction that is rolled back."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith(OURS)]
        cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        cursor.execute("INSERT INTO toolkits_publicationcounter (id, number) VALUES (1, 0)")


def load(network, *options):
    """What `load_network` says."""
    out = io.StringIO()
    call_command("load_network", network.directory, *options, stdout=out)
    return out.getvalue()


def refused(network, *options):
    """(the lines, the summary) of a load that was given up; and it wrote nothing."""
    err, before = io.StringIO(), state()
    with pytest.raises(CommandError) as caught:
        call_command("load_network", network.directory, *options, stdout=io.StringIO(), stderr=err)
    assert state() == before
    return err.getvalue().splitlines(), str(caught.value)


def state():
    """Everything that a load may change, as far as one that was given up must not have."""
    return (
        list(Revision.objects.values_list("pk", flat=True)),
        list(RecordNumber.objects.values_list("pk", flat=True)),
        list(Intervention.objects.values_list("name", "summary", "compiler_note")),
        list(Rating.objects.values_list("level__key", "value")),
        list(PublishedPage.objects.values_list("record", "version", "state")),
        PublicationCounter.objects.get().number,
    )


def published_since(before):
    """{title: note} of the versions published after `before` versions."""
    return {version.title: version.note for version in PublishedVersion.objects.order_by("pk")[before:]}


NOTHING_CHANGED = "Nothing has changed since the last load: nothing was published."
