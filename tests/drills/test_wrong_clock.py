"""A clock that jumps by hours, forwards and back, under the runner: what has a time goes out once, and late rather than never."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.databases import ROOT
from tests.integration.own_database import own_database

HOUR = 3600
PREPARE = """
import datetime, sys
import django; django.setup()
from django.utils import timezone
from centres.models import Role
from evidence.models import Intervention
from tests.factories import intervention, person
from toolkits import actions
from toolkits.models import Change, Decision, Toolkit

toolkit = Toolkit.objects.get(slug="classroom")
editor, reviewer = (person(name, toolkit.centre, role) for name, role in
                    [("e", Role.Name.EDITOR), ("r", Role.Name.REVIEWER)])
for hours in map(float, sys.argv[1:]):
    new = intervention(toolkit, f"due-in-{hours:g}-hours")
    revision = actions.submit(document=new, by=editor, change=Change.WORDING, note="New")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.appoint(revision=revision, at=timezone.now() + datetime.timedelta(hours=hours), by=editor)
"""
OUT = """
SELECT json_object_agg(title, versions) FROM
(SELECT title, count(*) AS versions FROM toolkits_publishedversion WHERE title LIKE 'Due in%' GROUP BY title) AS found
"""
BEATS = "SELECT number FROM toolkits_publicationcounter"


class Clock:
    """The file that says by how much a process's clock is wrong."""

    def __init__(self, path):
        self.path = Path(path)
        self.set(0)

    def set(self, hours):
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(hours * HOUR))
        fresh.replace(self.path)


@contextlib.contextmanager
def runner(environment, clock):
    """A runner by that clock, killed at the end."""
    path = os.pathsep.join([str(ROOT / "tests" / "drills" / "clock"), environment.get("PYTHONPATH", "")])
    wrong = environment | {"PYTHONPATH": path, "DRILL_CLOCK": str(clock.path)}
    command = [sys.executable, "manage.py", "runner", "--every=0.1"]
    with subprocess.Popen(command, cwd=ROOT, env=wrong, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_clock_that_jumps(tmp_path, record_property):
    """A clock that jumps by hours, forwards and back: what has a time goes out once, also late, never twice"""
    with own_database("whatworks_clock", tmp_path, like="tiny") as database:
        database.run("-c", PREPARE, "2", "26", "27", "60")

        def out():
            with psycopg.connect(database.url) as connection:
                return connection.execute(OUT).fetchone()[0] or {}

        def becomes(*hours):
            """Wait until exactly what was due in so many hours is out; then it stays so while the runner goes on."""
            wanted, until = {f"Due in {n} hours": 1 for n in hours}, time.monotonic() + 120
            while out() != wanted:
                assert time.monotonic() < until, (out(), wanted)
                time.sleep(0.1)
            time.sleep(1.5)
            assert out() == wanted

        clock, other = Clock(tmp_path / "clock"), Clock(tmp_path / "other")
        with runner(database.environment, clock):
            becomes()
            clock.set(3)
            becomes(2)
            clock.set(-5)
            becomes(2)
            clock.set(3)
            becomes(2)
        # Down while its time comes; then two runners, on machines that do not agree.
        clock.set(26.5)
        with runner(database.environment, clock), runner(database.environment, other):
            becomes(2, 26)
            other.set(28)
            becomes(2, 26, 27)
            clock.set(-30)
            other.set(-30)
            becomes(2, 26, 27)
        verified = database.manage("verify", "--json")
    assert json.loads(verified.splitlines()[-1])["problems"] == 0, verified
    record_property("said", "jumps of +3, -8, +8, +26 and -58 hours; 3 of 3 out once, the fourth still waits")
