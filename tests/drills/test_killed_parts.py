"""Web workers, the runner and PostgreSQL killed at random moments of 500 publications, and a ledger that comes out even."""

import json
import random
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from tests.databases import ROOT
from tests.drills.people import INTERVENTIONS, mark
from tests.drills.portal import own_portal
from tests.drills.readers import Readers

ROUNDS = 25  # of 20 interventions: 500 publications
SEED = 20_261_127
BETWEEN_KILLS = (12, 25)  # publications
DATABASE = "whatworks_killed_parts"

VERSIONS = """
SELECT record, version, revision_number, title, digest, payload::text FROM toolkits_publishedversion
WHERE record = ANY(%s) ORDER BY record, version
"""
COUNTS = {
    "page behind its version": "SELECT count(*) FROM toolkits_publishedpage page WHERE record = ANY(%(records)s) AND "
    "(version, digest) <> (SELECT version, digest FROM toolkits_publishedversion v WHERE v.record = page.record "
    "ORDER BY version DESC LIMIT 1)",
    "not what was approved": "SELECT count(*) FROM toolkits_publishedversion v WHERE record = ANY(%(records)s) AND "
    "NOT EXISTS (SELECT FROM toolkits_revision r JOIN toolkits_decision d ON d.revision_id = r.id "
    "WHERE r.record_id = v.record AND r.number = v.revision_number AND r.digest = v.digest AND d.verdict = 'approved')",
    "submissions": "SELECT count(*) FROM toolkits_revision WHERE record_id = ANY(%(records)s)",
    "decisions": "SELECT count(*) FROM toolkits_decision d JOIN toolkits_revision r ON r.id = d.revision_id "
    "WHERE r.record_id = ANY(%(records)s)",
    "times kept": "SELECT count(*) FROM toolkits_appointment a JOIN toolkits_revision r ON r.id = a.revision_id "
    "WHERE r.record_id = ANY(%(records)s) AND a.state = 'kept'",
    "times": "SELECT count(*) FROM toolkits_appointment a JOIN toolkits_revision r ON r.id = a.revision_id "
    "WHERE r.record_id = ANY(%(records)s)",
    "events": "SELECT count(*) FROM toolkits_publicationevent WHERE record = ANY(%(records)s) AND verb = 'published'",
    "edits in the audit trail": "SELECT count(DISTINCT transaction) FROM centres_auditentry "
    "WHERE record = ANY(%(records)s) AND kind = 'evidence_intervention' AND action = 'changed' "
    "AND after::text LIKE '%%edition%%'",
}
STEPS = """
SELECT step.number FROM toolkits_publicationstep step JOIN toolkits_publicationevent event ON event.id = step.event_id
WHERE event.record = ANY(%s) ORDER BY 1
"""


class Trouble:
    """Kills something after every few publications, in an order that is the same for the same seed."""

    def __init__(self, portal, postgres):
        self.kills = dict.fromkeys(("web worker", "runner", "PostgreSQL"), 0)
        self.down = 0.0
        self._portal, self._postgres = portal, postgres
        self._chance = random.Random(SEED)
        self._left = 5
        self._at_work = threading.Thread()

    def published(self):
        """One more was published; the people go on while something is killed."""
        self._left -= 1
        if self._left <= 0 and not self._at_work.is_alive():
            self._left = self._chance.randint(*BETWEEN_KILLS)
            self._at_work = threading.Thread(target=self._kill)
            self._at_work.start()

    def _kill(self):
        time.sleep(self._chance.uniform(0, 0.5))
        what = min(self.kills, key=lambda name: (self.kills[name], self._chance.random()))
        self.kills[what] += 1
        if what == "web worker":
            self._portal.kill_worker(self._chance)
        elif what == "runner":
            self._portal.kill_runner()
        else:
            began = time.monotonic()
            self._postgres.kill()
            time.sleep(self._chance.uniform(0.3, 3))
            self._postgres.start()
            self.down += time.monotonic() - began

    def is_over(self):
        """Wait until what was killed last is there again."""
        if self._at_work.ident:
            self._at_work.join()


@pytest.fixture(scope="module")
def story(postgres, tmp_path_factory):
    """What was acknowledged, what readers saw, and what is in the database afterwards."""
    folder = tmp_path_factory.mktemp("data")
    url = postgres.create(DATABASE, like="tiny")
    with own_portal(postgres, DATABASE, folder) as portal:
        command = [sys.executable, "-m", "tests.drills.people", portal.address, str(ROUNDS)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=ROOT, env=portal.environment, **pipes) as people:
            records = json.loads(people.stdout.readline())["ready"]
            paths = [f"/api/v1/records/{record}/" for record in records]
            paths += [f"/toolkits/classroom/drill-{n}/" for n in range(INTERVENTIONS)]
            paths += ["/toolkits/classroom/", "/interventions/", "/", "/feeds/changes.xml"] * 3
            with psycopg.connect(url) as connection:
                before = connection.execute("SELECT number FROM toolkits_publicationcounter").fetchone()[0]
            began = time.monotonic()
            trouble, told = Trouble(portal, postgres), []
            with Readers(portal.address, paths) as readers:
                people.stdin.write("go\n")
                people.stdin.flush()
                for line in people.stdout:
                    told.append(json.loads(line))
                    trouble.published()
                trouble.is_over()
        assert told[-1] == {"done": True}, "the people gave up"
        seconds = time.monotonic() - began
        at_last = Readers(portal.address, paths)
        for place in range(len(paths)):
            at_last.read_one(place)
        with psycopg.connect(url) as connection:
            found = {
                "versions": connection.execute(VERSIONS, [records]).fetchall(),
                "steps": [number for (number,) in connection.execute(STEPS, [records])],
                "number": connection.execute("SELECT number FROM toolkits_publicationcounter").fetchone()[0],
                **{name: connection.execute(sql, {"records": records}).fetchone()[0] for name, sql in COUNTS.items()},
            }
        verify = [sys.executable, "manage.py", "verify", "--json"]
        verified = subprocess.run(verify, cwd=ROOT, env=portal.environment, capture_output=True, text=True)
    return {
        **{"records": records, "told": told, "before": before, "found": found, "verify": verified.stdout},
        **{"readers": readers, "at last": at_last, "kills": trouble.kills, "down": trouble.down, "seconds": seconds},
    }


def test_what_was_acknowledged_is_public_exactly_once(story, record_property):
    """Each of 500 acknowledged publications is public exactly once, whatever was killed meanwhile"""
    kills = ", ".join(f"{number} × {what}" for what, number in story["kills"].items())
    assert min(story["kills"].values()) >= 3, kills
    told = [(line["record"], f"{mark(line['record'], line['number'])} a") for line in story["told"][:-1]]
    assert len(told) == ROUNDS * INTERVENTIONS
    versions = story["found"]["versions"]
    assert sorted((record, title) for record, _version, _revision, title, *_ in versions) == sorted(told)
    assert len({(record, revision) for record, _version, revision, *_ in versions}) == len(told)
    record_property("said", f"{len(told)} publications in {story['seconds']:.0f} s, 0 lost, 0 twice; killed: {kills}")


def test_nothing_is_half_written(story):
    """Versions are numbered without gaps, are what was approved, and `verify` finds nothing wrong"""
    for record in story["records"]:
        mine = [row for row in story["found"]["versions"] if row[0] == record]
        assert [version for _record, version, *_ in mine] == list(range(1, ROUNDS + 1))
        for place, (*_, payload) in enumerate(mine):
            assert payload.count(mark(record, place)) >= 3
    assert story["found"]["page behind its version"] == 0
    assert story["found"]["not what was approved"] == 0
    assert json.loads(story["verify"].splitlines()[-1])["problems"] == 0, story["verify"]


def test_the_books_agree(story, record_property):
    """Submissions, decisions, times, events, publication numbers and audit trail agree with what is public"""
    found, total = story["found"], ROUNDS * INTERVENTIONS
    timed = sum(line.get("timed", False) for line in story["told"])
    assert (found["submissions"], found["decisions"], found["events"]) == (total, total, total)
    assert (found["times"], found["times kept"]) == (timed, timed)
    assert found["edits in the audit trail"] == total
    # One number a publication; the runner's turn of the day takes one more.
    steps = found["steps"]
    assert len(set(steps)) == total
    between = set(range(story["before"] + 1, found["number"] + 1)) - set(steps)
    assert len(between) <= 2
    record_property(
        "said", f"{timed} by the runner, {total - timed} by hand, {found['number'] - story['before']} numbers"
    )


def test_readers_see_whole_versions_or_are_asked_to_come_again(story, record_property):
    """Readers are given whole versions only: new, or kept and marked as stale, or a 503 with Retry-After"""
    readers = story["readers"]
    assert readers.problems == []
    assert readers.counts["stale"] > 0
    truth = {
        (record, version, digest, title) for record, version, _revision, title, digest, _p in story["found"]["versions"]
    }
    for record, version, digest, number in readers.seen:
        assert (record, version, digest, f"{mark(record, number)} a") in truth
    assert len(readers.seen) > INTERVENTIONS
    counts = ", ".join(f"{number:,} {what}" for what, number in readers.counts.most_common())
    record_property("said", f"{counts}; PostgreSQL away for {story['down']:.0f} s")


def test_afterwards_everything_is_new_again(story):
    """Afterwards every page shows its last version, and none is marked as stale"""
    at_last = story["at last"]
    assert at_last.problems == []
    assert set(at_last.counts) == {"new"}
    assert {number for *_, number in at_last.seen} == {ROUNDS - 1}
