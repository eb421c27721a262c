"""The open data: described as they are, linked as described, and the same as the pages."""

import csv
import datetime
import hashlib
import io
import json
import re
import zipfile

import pytest

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits import published
from toolkits.public.open_data import keeping, making
from toolkits.public.open_data.columns import NUMBER
from toolkits.public.open_data.tables import TABLES

EMPTY = {"family_differences", "appraisals", "costs"}  # the built-in network has none
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def fits(kind, cell):
    """Whether a cell is of the type that its column is said to be."""
    if kind == "date":
        return datetime.date.fromisoformat(cell).isoformat() == cell
    patterns = {"integer": r"-?\d+", "number": NUMBER, "boolean": "true|false", "datetime": MOMENT}
    return re.fullmatch(patterns.get(kind, r"(?s).*"), cell) is not None


def read(kept, name):
    with kept.open(name) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode(), newline="")))


@pytest.fixture
def kept(network):
    return keeping.kept()


@pytest.fixture
def rows(kept):
    return {table.name: read(kept, table.file) for table in TABLES}


def test_every_table_is_as_its_package_describes_it(kept, rows):
    with kept.open(making.PACKAGE) as file:
        package = json.load(file)
    assert package["version"] == str(published.publication_number())
    assert [one["name"] for one in package["resources"]] == list(rows)
    for one in package["resources"]:
        found, schema = rows[one["name"]], one["schema"]
        assert found or one["name"] in EMPTY, one["name"]
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in found]
            assert all(fits(field["type"], cell) for cell in cells if cell), (one["name"], field)
            assert all(cells) or "constraints" not in field, (one["name"], field)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in found]
        assert len(set(keys)) == len(keys), one["name"]
        for link in schema.get("foreignKeys", []):
            target, field = link["reference"], link["fields"][0]
            known = {row[target["fields"][0]] for row in rows[target["resource"] or one["name"]]}
            assert {row[field] for row in found} - {""} <= known, (one["name"], link)


def test_there_are_as_many_rows_as_pages(rows):
    counted = published.numbers()
    tables = {"method": "schemes", "synthesis": "syntheses", "family": "families", "rating": "ratings"}
    for kind in ("intervention", "toolkit", "centre", "report", *tables):
        assert len(rows[tables.get(kind, f"{kind}s")]) == counted[kind], kind


def test_ratings_read_again_are_those_of_the_documents(rows):
    found = {}
    for row in rows["ratings"]:
        cells = (row["axis"], row["level"], row["value"], row["range_low"], row["range_high"], row["shared_band"])
        found.setdefault(int(row["intervention"]), []).append(cells)
    for page in published.pages_of_kind("intervention"):
        expected = [
            (one.axis, one.level, one.value, one.range_low, one.range_high, one.band) for one in page.document.ratings
        ]
        assert found.get(page.record, []) == expected


def test_same_publication_gives_the_same_bytes_and_sums_that_hold(client, kept):
    before = ask(client, f"/data/{making.ARCHIVE}").body
    keeping.forget()
    assert ask(client, f"/data/{making.ARCHIVE}").body == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        for line in archive.read(making.SUMS).decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
            assert ask(client, f"/data/{name}").body == archive.read(name)


def test_a_publication_makes_them_again_and_removes_the_old_ones(client, kept, mentoring, editor, reviewer):
    before = published.publication_number()
    mentoring.summary = '=HYPERLINK("http://example.org","click")'
    mentoring.save()
    republish(mentoring, editor, reviewer)
    now = keeping.kept()
    assert now.made.number > before
    assert not kept.folder.exists()
    row = next(row for row in read(now, "interventions.csv") if row["record"] == str(mentoring.pk))
    assert row["summary"] == f"'{mentoring.summary}"
    changes = ask(client, f"/data/changes.csv?since={before}").body.decode().splitlines()
    assert len(changes) == 2
    assert f",{mentoring.pk}," in changes[1]
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    assert len(ask(client, f"/data/changes.csv?since={tomorrow}").body.decode().splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data/changes.csv?since=yesterday", 400),
        ("/data/changes.csv?since=2026-02-30", 400),
        ("/data/changes.csv?since=" + "9" * 5_000, 200),
        ("/data/ratings.csv?since=1", 400),
        ("/data/nothing.csv", 404),
        ("/data/made.json", 404),
        ("/data/..", 404),
    ],
)
def test_wrong_addresses_are_explained(network, client, path, status):
    assert ask(client, path).status == status


def test_files_that_are_there_are_not_sent_again(client, kept):
    response = client.get("/data/ratings.csv")
    assert int(response["Content-Length"]) == kept.made.files["ratings.csv"].size
    assert len(b"".join(response.streaming_content)) == int(response["Content-Length"])
    assert client.get("/data/ratings.csv", headers={"If-None-Match": response["ETag"]}).status_code == 304
