"""A database of a test's own beside the others, for what a test's transaction would hide: processes, threads, migrations."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "data" / "networks" / "tiny"


class OwnDatabase:
    """Its address (`url`), and `run`, which runs a Python command of the project on it and returns what it printed."""

    def __init__(self, url, data):
        self.url = url
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "whatworks.settings",
            "WHATWORKS_DEMO": "1",
            "WHATWORKS_SECRET_KEY": "for one test only",
            "WHATWORKS_DATA_DIR": str(data),
        }

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *command):
        return self.run("manage.py", *command)


@contextlib.contextmanager
def own_database(name, data):
    """An empty database called `name`, dropped at the end; `data` is the data directory of what runs on it."""
    admin, identifier = os.environ["DATABASE_URL"], sql.Identifier(name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        try:
            yield OwnDatabase(make_conninfo(**(conninfo_to_dict(admin) | {"dbname": name})), data)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))
