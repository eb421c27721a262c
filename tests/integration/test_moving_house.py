"""A database written to a file and read back, and one brought up to date while it is read: nothing is lost."""

import hashlib
import json
import threading

import psycopg
import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.integration.own_database import own_database
from whatworks.setup import database as setup

# The last migration of the release before this one.
BEFORE = ("toolkits", "0003_search")


def everything(url):
    """{table: (rows, digest of them)} of a database."""
    found = {}
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (table,) in tables:
            rows = sorted(text for (text,) in connection.execute(f'SELECT t::text FROM "{table}" AS t'))
            found[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A database with the tiny network."""
    with own_database("whatworks_moving", tmp_path_factory.mktemp("data"), like="tiny") as database:
        yield database


def test_dumped_wiped_and_restored_it_is_the_same(loaded, tmp_path, monkeypatch):
    before = everything(loaded.url)
    for name, value in {"DATABASE_URL": loaded.url, "FILE": str(tmp_path / "portal.dump"), "FORCE": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WHATWORKS_STALE_MONTHS", "36")
    monkeypatch.setenv("WHATWORKS_SECRET_KEY", "not for the dump")
    setup.dump()
    with psycopg.connect(loaded.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    setup.restore()
    assert before["toolkits_publishedversion"][0] > 0
    assert everything(loaded.url) == before
    with psycopg.connect(loaded.url) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("DELETE FROM toolkits_publishedversion")
    assert json.loads(loaded.manage("verify", "--json").splitlines()[-1])["problems"] == 0
    assert "WHATWORKS_STALE_MONTHS=36\n" in (tmp_path / "restored-settings.env").read_text()
    dumped = (tmp_path / "portal.dump").read_bytes()
    assert b"not for the dump" not in dumped
    assert loaded.url.encode() not in dumped


def test_the_release_before_goes_on_reading_while_the_tables_change(loaded, tmp_path):
    """What the release before read of the published tables, it reads at every moment of the migration."""
    old = MigrationLoader(None).project_state([BEFORE]).apps
    published = [model for model in old.get_app_config("toolkits").get_models() if "published" in model._meta.db_table]
    reads = {
        model._meta.db_table: ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        for model in published
    }
    assert len(reads) >= 3
    failures, done, count = [], threading.Event(), 0

    with own_database("whatworks_upgrading", tmp_path) as database:
        database.manage("migrate", "--verbosity=0", *BEFORE)
        fill(database.url, loaded.url, reads)

        def read_on():
            nonlocal count
            with psycopg.connect(database.url, autocommit=True) as connection:
                while not done.is_set():
                    for table, columns in reads.items():
                        try:
                            assert connection.execute(f"SELECT {columns} FROM {table}").fetchall()
                            count += 1
                        except (psycopg.Error, AssertionError) as error:
                            failures.append(f"{table}: {error!r}")

        reader = threading.Thread(target=read_on)
        reader.start()
        try:
            database.manage("migrate", "--verbosity=0")
        finally:
            done.set()
            reader.join()
    assert failures == []
    assert count > 100
    assert apps.get_model("toolkits", "PublishedPage")  # today's, which the migration has made


def fill(url, source, reads):
    """Copy the columns in `reads` of every table from one database to another."""
    with psycopg.connect(source) as there, psycopg.connect(url) as here:
        for table, columns in reads.items():
            if table in {"toolkits_searchedpage", "toolkits_publishedword"}:
                continue  # a trigger writes it
            with (
                there.cursor().copy(f"COPY (SELECT {columns} FROM {table}) TO STDOUT") as out,
                here.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as into,
            ):
                for block in out:
                    into.write(block)
