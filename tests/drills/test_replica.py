"""A streaming replica on the loopback: what docs/operating.md says of it, from the first read to the loss of both servers."""

import json
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.databases import ROOT
from tests.drills.portal import Postgres, own_area, own_portal
from tests.drills.readers import Readers
from whatworks.embedded_postgres.server import SUPERUSER

DATABASE = "whatworks_replicated"
RECORD, PAGE = 1001, "/toolkits/classroom/mentoring/"
SECONDS = 60  # to wait for anything, on a busy machine


class Standby(Postgres):
    """A copy of `primary` by pg_basebackup, which then follows it."""

    def __init__(self, area, primary):
        super().__init__(area)
        self._primary = primary
        self._programs = primary.programs

    def _initialise(self):
        fresh = self.area / "cluster.new"
        self._private_dir(fresh)
        source = ["-h", self._primary.socket_dir, "-U", SUPERUSER]
        self._run("pg_basebackup", *source, "-D", fresh, "--write-recovery-conf", "--checkpoint=fast")
        fresh.rename(self.cluster)


class Pair:
    """Primary and replica, a public process that knows both, and people who publish on the primary."""

    def __init__(self, primary, standby, portal, people, url):
        self.primary, self.standby, self.portal, self._people = primary, standby, portal, people
        self.url = url
        self.replica_url = make_conninfo(**(conninfo_to_dict(url) | {"host": str(standby.socket_dir)}))
        self._words = 0

    def ask(self, path=PAGE):
        """(status, text, headers) of an address."""
        try:
            with urlopen(f"{self.portal.address}{path}") as answer:
                return answer.status, answer.read().decode(), answer.headers
        except HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers

    def publish(self):
        """Publish new words, and return them."""
        self._words += 1
        words = f"Words number {self._words} of the drill."
        self._people.stdin.write(f"{words}\n")
        self._people.stdin.flush()
        assert self._people.stdout.readline() == "published\n"
        return words

    def on(self, url, statement):
        """What a statement gives on one of the servers."""
        with psycopg.connect(url, autocommit=True) as connection:
            return connection.execute(statement).fetchone()[0]

    def replayed(self):
        """Wait until the replica has all that the primary has written."""
        reached = self.on(self.url, "SELECT pg_current_wal_lsn()")
        self.until(lambda: self.on(self.replica_url, f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"))

    def until(self, true):
        """Wait until something is so; returns for how many seconds."""
        began = time.monotonic()
        while not true():
            assert time.monotonic() < began + SECONDS
            time.sleep(0.1)
        return time.monotonic() - began

    def doctor(self):
        """What `manage.py doctor` says of the replica: (state, words)."""
        command = [sys.executable, "manage.py", "doctor", "--json"]
        said = subprocess.run(command, cwd=ROOT, env=self.portal.environment, capture_output=True).stdout
        (found,) = [finding for finding in json.loads(said)["findings"] if finding["name"] == "replica"]
        return found["state"], found["found"] + found["mend"]

    def shows(self, words):
        """Whether the page, not marked as stale, has these words."""
        status, text, headers = self.ask()
        return status == 200 and words in text and "Cache-Status" not in headers


@pytest.fixture(scope="module")
def pair(postgres, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    url = postgres.create(DATABASE, like="tiny")
    with own_area() as area:
        standby = Standby(area, postgres)
        standby.start()
        replica_url = make_conninfo(**(conninfo_to_dict(url) | {"host": str(standby.socket_dir)}))
        two = {"WHATWORKS_SITE": "public", "WHATWORKS_REPLICA_URL": replica_url}
        try:
            with own_portal(postgres, DATABASE, folder, runner=False, **two) as portal:
                environment = {name: value for name, value in portal.environment.items() if name not in two}
                people = [sys.executable, "-m", "tests.integration.publisher", str(RECORD)]
                pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
                with subprocess.Popen(people, cwd=ROOT, env=environment, **pipes) as publisher:
                    assert publisher.stdout.readline() == "ready\n"
                    yield Pair(postgres, standby, portal, publisher, url)
                    publisher.stdin.close()
        finally:
            standby.stop()
            postgres.start()


@pytest.fixture
def readers(pair):
    """Somebody who reads all the time, and is never given an error."""
    with Readers(
        pair.portal.address, [PAGE, "/", "/interventions/", f"/api/v1/records/{RECORD}/"], threads=1
    ) as readers:
        yield readers
    assert readers.problems == []


def test_publication_is_visible_after_replay(pair, readers, record_property):
    """Visitors read from the replica, and see a publication as soon as it is replayed"""
    first = pair.publish()
    pair.replayed()
    assert pair.shows(first)
    assert pair.ask("/readyz")[:2] == (200, "ready\n")
    for path in (
        "/data/",
        "/data/interventions.csv",
        "/interventions/?format=csv",
        "/search/?q=mentoring",
        "/sitemap.xml",
    ):
        assert pair.ask(path)[0] == 200, path
    pair.on(pair.replica_url, "SELECT 1 FROM pg_wal_replay_pause()")
    try:
        second = pair.publish()
        state, words = pair.doctor()
        assert (state, "replay is paused" in words, "pg_wal_replay_resume" in words) == ("fault", True, True)
        assert pair.shows(first), "the primary has other words already, so these come from the replica"
        seconds = pair.until(lambda: pair.shows(second))
    finally:
        pair.on(pair.replica_url, "SELECT 1 FROM pg_wal_replay_resume()")
    assert not pair.on(pair.replica_url, "SELECT pg_is_wal_replay_paused()")
    pair.replayed()
    assert pair.doctor()[0] == "ok"
    record_property("said", f"replay stood still: read from the primary after {seconds:.0f} s")


def test_loss_of_the_replica(pair, readers, record_property):
    """Without the replica visitors read from the primary, and from the replica again when it is back"""
    pair.replayed()
    pair.standby.kill()
    words = pair.publish()
    assert pair.shows(words), "at once"
    assert pair.ask("/readyz")[:2] == (200, "ready\nthe replica does not answer\n")
    assert pair.doctor()[0] == "fault"
    pair.standby.start()
    reads = "SELECT sum(xact_commit) FROM pg_stat_database WHERE datname = current_database()"
    pair.until(lambda: pair.ask("/readyz")[1] == "ready\n")
    assert pair.on(pair.replica_url, reads) >= 0
    connected = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{DATABASE}' AND pid <> pg_backend_pid()"
    pair.until(lambda: pair.shows(words) and pair.on(pair.replica_url, connected) > 0)
    record_property("said", f"answers meanwhile: {dict(readers.counts)}")


def test_loss_of_the_primary(pair, readers, record_property):
    """Without the primary visitors go on reading, forms say to come again, and /readyz says which is missing"""
    words = pair.publish()
    pair.replayed()
    pair.until(lambda: pair.shows(words))
    pair.primary.kill()
    try:
        for _time in range(20):
            assert pair.shows(words)
        assert pair.ask("/interventions/")[0] == 200
        status, text, headers = pair.ask("/record/1001/v1/")
        assert status == 200, text
        assert pair.ask("/readyz")[:2] == (200, "ready\nthe primary database does not answer\n")
        assert pair.ask("/follow/nobody/")[0] in {404, 503}
        assert pair.doctor()[0] == "warning"
    finally:
        pair.primary.start()
    record_property("said", f"answers meanwhile: {dict(readers.counts)}")


def test_loss_of_both(pair, readers, record_property):
    """Without both, what was read before is given as stale and all else is a 503; afterwards everything is new again"""
    pair.until(lambda: pair.ask("/readyz")[1] == "ready\n")
    assert pair.ask()[0] == 200
    pair.primary.kill()
    pair.standby.kill()
    try:
        status, text, headers = pair.ask("/toolkits/safer-streets/mentoring/cost/")
        assert (status, int(headers["Retry-After"]) > 0) == (503, True)
        assert pair.ask("/readyz")[0] == 503
        answers = [pair.ask() for _time in range(10)]
        assert {status for status, *_ in answers} <= {200, 503}
        assert all("stale" in headers["Cache-Status"] for status, _text, headers in answers if status == 200)
    finally:
        pair.primary.start()
        pair.standby.start()
    words = pair.publish()
    pair.until(lambda: pair.shows(words))
    record_property("said", f"answers meanwhile: {dict(readers.counts)}")
