"""`kill -9` in the middle of writing, seen from outside: a process, a database of its own, and a lock that holds it there."""

import subprocess
import sys
import time

import psycopg
import pytest

from tests.integration.own_database import ROOT, own_database

ASK = """
import django; django.setup()
from centres.models import Centre, Role
from tests.factories import person
from tests.factories.spreadsheets import as_csv
from toolkits import jobs
from toolkits.models import Job

schools = Centre.objects.get(slug="schools")
editor = person("editor", schools, Role.Name.EDITOR)
header = ["toolkit", "slug", "name", "summary", "source_url"]
rows = [["classroom", f"new-{n}", f"New {n}", "x", "https://x.org"] for n in range(20)]
rows.append(["classroom", "mentoring", "Mentors", "x", "https://x.org"])
jobs.ask_for_check(table="interventions", centre=schools, file_name="x.csv", file=as_csv(header, *rows), by=editor)
jobs.do_next_job()
print(jobs.ask_for_import(shown=Job.objects.get(), by=editor).pk)
"""
RUN_TWICE = """
import django; django.setup()
from django.core.management import call_command
call_command("runner", "--once")
call_command("runner", "--once")
"""
STATE = """
SELECT json_build_object(
    'state', (SELECT state FROM toolkits_job WHERE kind = 'import'),
    'done', (SELECT done FROM toolkits_job WHERE kind = 'import'),
    'numbers', (SELECT count(*) FROM centres_recordnumber),
    'new', (SELECT count(*) FROM evidence_intervention WHERE name LIKE 'New %'),
    'placed', (SELECT count(*) FROM toolkits_toolkitentry WHERE slug LIKE 'new-%'),
    'renamed', (SELECT count(*) FROM evidence_intervention WHERE name = 'Mentors'),
    'imported', (SELECT count(*) FROM centres_auditentry WHERE action = 'imported'))
"""
HELD = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """What the database said before, while the import was held in its writing, after the kill, and after two more runs."""
    with own_database("whatworks_killed", tmp_path_factory.mktemp("data"), like="tiny") as database:
        database.run("-c", ASK)
        with psycopg.connect(database.url, autocommit=True) as looking, psycopg.connect(database.url) as holding:

            def state():
                return looking.execute(STATE).fetchone()[0]

            found = {"before": state()}
            # New interventions are in by then, their places in the toolkit are not.
            holding.execute("LOCK TABLE toolkits_toolkitentry IN SHARE MODE")
            runner = subprocess.Popen(
                [sys.executable, "manage.py", "runner", "--once"],
                cwd=ROOT,
                env=database.environment,
                stderr=subprocess.PIPE,
            )
            try:
                until = time.monotonic() + 60
                while not looking.execute(HELD).fetchone()[0]:
                    assert runner.poll() is None, runner.stderr.read()
                    assert time.monotonic() < until
                    time.sleep(0.05)
                found["held"] = state()
            finally:
                runner.kill()
                runner.communicate()
            holding.rollback()
            found["killed"] = state()
            database.run("-c", RUN_TWICE)
            found["at last"] = state()
        yield found


def test_how_far_it_is_can_be_seen_while_it_writes(states):
    assert states["held"]["state"] == "running"
    assert states["held"]["done"] == 21


def test_nothing_is_half_written(states):
    nothing = {"new": 0, "placed": 0, "renamed": 0, "imported": 0, "numbers": states["before"]["numbers"]}
    for moment in ("before", "held", "killed"):
        assert states[moment] | nothing == states[moment]
    assert states["killed"]["state"] == "running"


def test_the_next_runner_does_it_and_the_one_after_finds_nothing_to_do(states):
    assert states["at last"] == {
        "state": "done",
        "done": 21,
        "numbers": states["before"]["numbers"] + 20,
        "new": 20,
        "placed": 20,
        "renamed": 1,
        "imported": 1,
    }
