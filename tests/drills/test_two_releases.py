"""Two releases side by side: the one before reads and publishes before, during and after the migration to this one."""

import json
import subprocess
import sys

import psycopg

from tests.databases import ROOT
from tests.drills.former_release import BEFORE
from tests.integration.own_database import own_database

FORMER, TODAYS = 1001, 1002  # records
EACH = 5  # publications in each part
VERSIONS = "SELECT array_agg(version ORDER BY version) FROM toolkits_publishedversion WHERE record = %s"


def test_two_releases_side_by_side(tmp_path, record_property):
    """The release before reads and publishes while the tables change, and beside this one afterwards; nothing is lost"""
    with own_database("whatworks_two_releases", tmp_path, like="tiny") as database:
        for app, migration in BEFORE:
            database.manage("migrate", "--verbosity=0", app, migration)
        with psycopg.connect(database.url) as connection:
            first = connection.execute(VERSIONS, [FORMER]).fetchone()[0]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        pipes |= {"cwd": ROOT, "env": database.environment}
        former = [sys.executable, "-m", "tests.drills.former_release", str(FORMER)]
        todays = [sys.executable, "-m", "tests.integration.publisher", str(TODAYS)]

        with subprocess.Popen(former, **pipes) as before:
            for _time in range(EACH):
                assert "published" in json.loads(before.stdout.readline())
            database.manage("migrate", "--verbosity=0")
            with subprocess.Popen(todays, **pipes) as after:
                assert after.stdout.readline() == "ready\n"
                for number in range(EACH):
                    after.stdin.write(f"Words {number} of this release.\n")
                    after.stdin.flush()
                    assert after.stdout.readline() == "published\n"
                    json.loads(before.stdout.readline())
                before.stdin.close()
                said = json.loads(before.stdout.read().splitlines()[-1])
                # This release also gives the other's publications the numbers that they came with.
                after.stdin.write("The last words.\n")
                after.stdin.flush()
                assert after.stdout.readline() == "published\n"
                after.stdin.close()

        assert said["problems"] == []
        assert said["publications"] >= 2 * EACH
        with psycopg.connect(database.url) as connection:
            versions = connection.execute(VERSIONS, [FORMER]).fetchone()[0]
            assert versions == list(range(1, len(first) + said["publications"] + 1))
            assert connection.execute(VERSIONS, [TODAYS]).fetchone()[0] == list(range(1, EACH + 3))
        verified = database.manage("verify", "--json")
    assert json.loads(verified.splitlines()[-1])["problems"] == 0, verified
    record_property(
        "said", f"{said['publications']} publications and {said['reads']} reads of the release before, 0 failed"
    )
