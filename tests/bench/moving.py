"""`make dump` and `make restore` of a database with W in it, timed, with every row compared afterwards."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench.loading import ROOT, address

DATABASE = "whatworks_bench_moved"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
ROWS = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} AS t"


def everything(url):
    """{table: (rows, digest of them)} of a database."""
    with psycopg.connect(url) as connection:
        tables = [table for (table,) in connection.execute(TABLES)]
        return {table: connection.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone() for table in tables}


def _timed(verb, url, file):
    environment = os.environ | {
        "DATABASE_URL": url,
        "FILE": str(file),
        "FORCE": "1",
        "WHATWORKS_DATA_DIR": str(file.parent),
    }
    began = time.monotonic()
    command = [sys.executable, "-c", f"from whatworks.setup import database; database.{verb}()"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def measure(admin, url):
    """What it takes to move the database at `url` to an empty one on the server of `admin`; a dict."""
    name = sql.Identifier(DATABASE)
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(admin, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            file, moved = Path(folder, "portal.dump"), address(admin, DATABASE)
            found = {
                "dump": _timed("dump", url, file),
                "bytes": file.stat().st_size,
                "restore": _timed("restore", moved, file),
            }
            return found | {"same": everything(url) == everything(moved)}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def line(n, found):
    """What `measure` found, in a sentence."""
    return (
        f"{n:,} records: `make dump` {found['dump']:.1f} s, {found['bytes'] / 1e6:.0f} MB; `make restore` on an empty "
        f"database {found['restore']:.1f} s; every row {'the same' if found['same'] else 'NOT THE SAME'}."
    )
