"""The databases that tests start from: made once a run by the portal's own commands, then copied by PostgreSQL.

The first process that needs one makes it, and the others wait: migrating and loading cost seconds, a copy a tenth of one.
All of it happens on the server of `DATABASE_URL`, beside the database named there.
"""

import contextlib
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parents[1]
BUILT_IN_NETWORK = ROOT / "whatworks" / "networks" / "what-works"
TINY = ROOT / "tests" / "data" / "networks" / "tiny"

# {what is in it: (what it is a copy of, the command that does the rest)}
TEMPLATES = {
    "migrated": (None, ["migrate"]),
    "network": ("migrated", ["load_network", str(BUILT_IN_NETWORK)]),
    "tiny": ("migrated", ["load_network", str(TINY)]),
}
# The same in all processes of one run, and in no other run: what a killed run left behind is not taken for ours.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def url_of(name):
    """The address of a database beside that of `DATABASE_URL`."""
    return make_conninfo(**(conninfo_to_dict(os.environ["DATABASE_URL"]) | {"dbname": name}))


def environment_of(name, data):
    """The variables of a process that works on the database `name`, with `data` as its data directory."""
    return os.environ | {
        "DATABASE_URL": url_of(name),
        "DJANGO_SETTINGS_MODULE": "whatworks.settings",
        "WHATWORKS_DEMO": "1",
        "WHATWORKS_SECRET_KEY": "for tests only",
        "WHATWORKS_DATA_DIR": str(data),
        "WHATWORKS_PACKS_BYTES": "0",  # the runner would make those of the whole network
    }


def create(name, *, like=None):
    """Make the database `name` anew: empty, or a copy of a template of this run (a key of `TEMPLATES`)."""
    source = _template(like) if like else None
    with _server() as connection:
        _create(connection, name, source)


def drop(name):
    """Drop a database, whoever still uses it."""
    with _server() as connection:
        _drop(connection, name)


def drop_templates():
    """Leave nothing behind; for the end of a run. Without a server there is nothing."""
    with contextlib.suppress(KeyError, psycopg.OperationalError), _server() as connection:
        for name in TEMPLATES:
            _drop(connection, _name_of(name))


def _name_of(template):
    return f"whatworks_template_{template}"


def _template(name):
    """The database with a template of this run, which is made where there is none yet."""
    source, command = TEMPLATES[name]
    below = _template(source) if source else None
    database = _name_of(name)
    with _server() as connection:
        # One for each template: a session lets go of it when it ends, however it ends.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [database])
        made_by = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
        if made_by != (RUN,):
            _create(connection, database, below)
            _manage(database, *command)
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), RUN))
    return database


def _manage(database, *command):
    """Run a command with warnings as errors, as in the tests themselves."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *command, "--verbosity=0"],
        cwd=ROOT,
        env=environment_of(database, os.environ.get("WHATWORKS_DATA_DIR", ROOT / ".data")),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _server():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _create(connection, name, source):
    _drop(connection, name)
    template = sql.SQL(" TEMPLATE {}").format(sql.Identifier(source)) if source else sql.SQL("")
    connection.execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), template))


def _drop(connection, name):
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
