"""Two people at once, 200 times: on save, submit, decide, publish and schedule. Nothing out twice, no word lost.

Real threads against PostgreSQL on a database of its own (`tests/integration/racing.py`), because a test's
transaction would hold them apart.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "data" / "networks" / "tiny"
DATABASE = "whatworks_racing"
RECORD, ROUNDS = "1001", 200
EACH = ROUNDS // 5


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What the racing process found."""
    admin = os.environ["DATABASE_URL"]
    name = sql.Identifier(DATABASE)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    variables = os.environ | {
        "DATABASE_URL": make_conninfo(**(conninfo_to_dict(admin) | {"dbname": DATABASE})),
        "DJANGO_SETTINGS_MODULE": "whatworks.settings",
        "WHATWORKS_DEMO": "1",
        "WHATWORKS_SECRET_KEY": "for the racing test only",
        "WHATWORKS_DATA_DIR": str(tmp_path_factory.mktemp("data")),
    }

    def run(*command):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("manage.py", "migrate", "--verbosity=0")
    run("manage.py", "load_network", str(TINY), "--verbosity=0")
    yield json.loads(run("-m", "tests.integration.racing", RECORD, str(ROUNDS)))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_nobody_meets_an_error_or_loses_a_word(report):
    assert report["problems"] == []


@pytest.mark.parametrize("race", ["save", "submit", "decide", "publish", "appoint"])
def test_exactly_one_of_two_gets_through(report, race):
    assert report["ledger"][race] == {"1": EACH}


def test_a_time_and_two_runners_and_a_hand_publish_once(report):
    assert report["ledger"]["go out"] == {"1": EACH}


def test_the_versions_are_whole(report):
    assert report["versions"] == list(range(1, len(report["versions"]) + 1))
    assert report["published twice"] == 0
    assert report["tampered"] == []
    assert report["page is the last version"]
