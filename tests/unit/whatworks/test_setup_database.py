"""Dump, restore and reset: all or nothing, and never without being asked."""

import os
import secrets
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from whatworks.setup import commands, database
from whatworks.setup.steps import Trouble


@pytest.fixture
def scratch(monkeypatch, tmp_path):
    """A database of the test's own on the tests' server."""
    name = f"scratch_{secrets.token_hex(4)}"
    admin = os.environ["DATABASE_URL"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        url = make_conninfo(**(conninfo_to_dict(admin) | {"dbname": name}))
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("WHATWORKS_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("FORCE", "1")
        monkeypatch.setenv("FILE", str(tmp_path / "a portal.dump"))
        yield url
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def run_sql(url, *statements):
    with psycopg.connect(url, autocommit=True) as connection:
        cursors = [connection.execute(statement) for statement in statements]
        return cursors[-1].fetchall() if cursors[-1].description else None


def test_dump_and_restore_give_the_same_and_more_than_once(scratch):
    run_sql(scratch, "create extension pg_trgm", "create table words (word text)", "insert into words values ('ŵyn')")
    for _ in range(2):
        database.dump()
        run_sql(scratch, "update words set word = 'wrong'", "create table if not exists later (id int)")
        database.restore()
        assert run_sql(scratch, "select word from words") == [("ŵyn",)]
        assert run_sql(scratch, "select to_regclass('later')") == [(None,)]


def test_beside_a_server_of_ones_own_nothing_is_set_up_for_a_dump(scratch, monkeypatch, tmp_path):
    monkeypatch.setattr(commands.paths, "VENV", tmp_path / "none")
    assert (commands.dump(), commands.restore()) == (0, 0)
    assert not (tmp_path / "none").exists()


def test_a_damaged_dump_changes_nothing(scratch, tmp_path):
    run_sql(scratch, "create table words as select g::text word from generate_series(1, 5000) g")
    database.dump()
    whole = Path(os.environ["FILE"]).read_bytes()
    Path(os.environ["FILE"]).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Trouble):
        database.restore()
    assert run_sql(scratch, "select count(*) from words") == [(5000,)]
    assert not list(tmp_path.glob("restore*.sql"))


def test_a_dump_that_cannot_be_put_back_changes_nothing(scratch):
    """The check reads a table whose rows come later: the dump is whole, and yet the rows are refused."""
    run_sql(
        scratch,
        "create table zebra as select 1 as id",
        "create function has_zebra() returns bool language sql as 'select exists (select 1 from public.zebra)'",
        "create table animal (id int check (has_zebra()))",
        "insert into animal values (1)",
    )
    database.dump()
    run_sql(scratch, "insert into zebra values (2)")
    with pytest.raises(Trouble, match="animal"):
        database.restore()
    assert run_sql(scratch, "select id from zebra order by id") == [(1,), (2,)]


def test_a_failed_dump_leaves_the_last_one(scratch, monkeypatch):
    Path(os.environ["FILE"]).write_text("the last one")
    monkeypatch.setenv("DATABASE_URL", f"{scratch} connect_timeout=2".replace("scratch_", "nowhere_"))
    with pytest.raises(Trouble):
        database.dump()
    assert Path(os.environ["FILE"]).read_text() == "the last one"


def test_reset_never_touches_a_database_it_did_not_make(scratch):
    with pytest.raises(Trouble, match="DATABASE_URL is set"):
        database.reset()


def test_data_is_not_lost_without_being_asked(scratch, monkeypatch):
    monkeypatch.delenv("FORCE")
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115
    Path(os.environ["FILE"]).touch()
    with pytest.raises(Trouble, match="FORCE=1"):
        database.restore()
    sys.stdin.close()


def test_a_dump_needs_a_name(monkeypatch):
    monkeypatch.delenv("FILE", raising=False)
    with pytest.raises(Trouble, match="FILE="):
        database.dump()
