"""A disk that takes no more, by a limit on the size of files: what was begun is not there, and works when there is room."""

import contextlib
import json
import resource
import shutil
import signal
import subprocess
import sys

import psycopg
import pytest

from tests.databases import ROOT, environment_of
from tests.drills.portal import own_portal

ASK = """
import random, sys
import django; django.setup()
from centres.models import Centre, Role
from tests.factories import person
from tests.factories.spreadsheets import as_csv
from toolkits import jobs
from toolkits.models import Job

schools = Centre.objects.get(slug="schools")
editor = person("editor", schools, Role.Name.EDITOR)
chance = random.Random(1)
header = ["toolkit", "slug", "name", "summary", "source_url", "how_it_works"]
rows = [["classroom", f"new-{n}", f"New {n}", "x", "https://x.org", chance.randbytes(9_000).hex()] for n in range(120)]
jobs.ask_for_check(table="interventions", centre=schools, file_name="x.csv", file=as_csv(header, *rows), by=editor)
jobs.do_next_job()
print(jobs.ask_for_import(shown=Job.objects.get(), by=editor).pk)
"""
PUBLISH = """
import sys
import django; django.setup()
from django.db import InternalError, OperationalError
from centres.models import Role
from evidence.models import Intervention
from tests.factories import person
from toolkits import actions
from toolkits.models import Change, Decision, Revision
if sys.argv[1] == "submit":
    row = Intervention.objects.get(pk=1001)
    row.how_it_works = __import__("random").Random(2).randbytes(700_000).hex()
    row.save()
    editor, reviewer = (person(name, row.centre, role) for name, role in
                        [("e", Role.Name.EDITOR), ("r", Role.Name.REVIEWER)])
    revision = actions.submit(document=row, by=editor, change=Change.WORDING, note="Long")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
else:
    revision = Revision.objects.get(record=1001, note="Long")
    try:
        print(actions.publish(revision=revision, by=revision.decisions.get().decided_by).version)
    except (InternalError, OperationalError) as error:  # the latter where a disk is full, the former at a limit
        print(f"refused: {error}")
"""
STATE = """
SELECT json_build_object(
    'job', (SELECT state FROM toolkits_job WHERE kind = 'import'),
    'new', (SELECT count(*) FROM evidence_intervention WHERE name LIKE 'New %'),
    'placed', (SELECT count(*) FROM toolkits_toolkitentry WHERE slug LIKE 'new-%'),
    'numbers', (SELECT count(*) FROM centres_recordnumber),
    'versions', (SELECT count(*) FROM toolkits_publishedversion),
    'page', (SELECT version FROM toolkits_publishedpage WHERE record = 1001),
    'events', (SELECT count(*) FROM toolkits_publicationevent WHERE public),
    'number', (SELECT number FROM toolkits_publicationcounter))
"""
FULL = (1 << 20) + (1 << 16)  # bytes
ASK_PAGES = """
import io, sys
from wsgiref.util import setup_testing_defaults
from whatworks.wsgi import application
for path in sys.argv[1:]:
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    said = []
    body = b"".join(application(environ, lambda status, headers, *_: said.append((status[:3], dict(headers)))))
    status, headers = said[-1]
    print(status, headers.get("Retry-After", "-"), len(body), b"Traceback" in body)
"""


def limited(size):
    """For `preexec_fn`: no file may grow beyond `size` bytes, and who tries is told so instead of being killed."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@contextlib.contextmanager
def full(postgres):
    """A PostgreSQL whose tables cannot grow beyond a megabyte; files of its log have just that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    postgres.stop()
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, before[1]))  # which the server inherits
    try:
        postgres.start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    try:
        yield
    finally:
        postgres.stop()
        postgres.start()


class Full:
    """A database of this drill, with what runs on it."""

    def __init__(self, postgres, name, folder):
        self.postgres, self.name, self.folder = postgres, name, folder
        self.url = postgres.create(name, like="tiny")
        with postgres.in_use():
            self.environment = environment_of(name, folder)

    def run(self, *words, size=None, environment=None):
        """Run Python with `words`; returns the finished process."""
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=environment or self.environment,
            capture_output=True,
            text=True,
            restore_signals=False,
            preexec_fn=limited(size) if size else None,
        )

    def state(self):
        with psycopg.connect(self.url) as connection:
            return connection.execute(STATE).fetchone()[0]


@pytest.fixture(scope="module")
def database(postgres, tmp_path_factory):
    return Full(postgres, "whatworks_full_disk", tmp_path_factory.mktemp("data"))


def test_import_into_a_full_database(database, record_property):
    """An import into a full database writes nothing, and is done when there is room"""
    asked = database.run("-c", ASK)
    assert asked.returncode == 0, asked.stderr
    before = database.state()
    with full(database.postgres):
        done = database.run("manage.py", "runner", "--once")
        assert "could not extend file" in done.stderr
        assert done.returncode == 0, done.stderr
    held = database.state()
    assert held == before | {"job": "running", "number": held["number"]}
    for _time in range(2):
        assert database.run("manage.py", "runner", "--once").returncode == 0
    assert database.state() == held | {"job": "done", "new": 120, "placed": 120, "numbers": before["numbers"] + 120}
    record_property("said", "120 rows: none, then all")


def test_publishing_into_a_full_database(database):
    """A publication into a full database writes nothing, and goes out when there is room"""
    done = database.run("-c", PUBLISH, "submit")
    assert done.returncode == 0, done.stderr
    before = database.state()
    with full(database.postgres):
        done = database.run("-c", PUBLISH, "publish")
        assert done.stdout.startswith("refused: could not extend file"), done.stdout + done.stderr
    assert database.state() == before
    done = database.run("-c", PUBLISH, "publish")
    assert done.stdout == "2\n", done.stdout + done.stderr
    after = database.state()
    added = {name: before[name] + 1 for name in ("versions", "page", "events", "number")}
    assert after == before | added
    verified = database.run("manage.py", "verify", "--json")
    assert json.loads(verified.stdout.splitlines()[-1])["problems"] == 0, verified.stdout


@pytest.mark.parametrize("command", ["export_network", "freeze"])
def test_export_to_a_full_disk(database, tmp_path, command):
    """What is written to a full disk is not there by half, says so in a sentence, and works when there is room"""
    target = tmp_path / "there"
    done = database.run("manage.py", command, target, size=4096)
    assert done.returncode == 1
    assert "CommandError: " in done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists() or not list(target.iterdir())
    assert database.run("manage.py", command, target).returncode == 0
    assert list(target.iterdir())


def test_a_dump_to_a_full_disk(database, tmp_path):
    """A dump to a full disk leaves the former dump as it was"""
    file = tmp_path / "portal.dump"
    environment = database.environment | {"FILE": str(file)}
    dump = ["-c", "from whatworks.setup import database; database.dump()"]
    assert database.run(*dump, environment=environment).returncode == 0
    former = file.read_bytes()
    done = database.run(*dump, environment=environment, size=20_000)
    assert done.returncode != 0
    assert "Trouble" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_bytes() == former


def test_open_data_on_a_full_disk(database):
    """Open data that do not fit on the disk are answered with 503 and Retry-After, and are whole when there is room"""
    folder = database.folder / "open-data"
    shutil.rmtree(folder, ignore_errors=True)
    paths = ["/data/", "/data/interventions.csv", "/toolkits/classroom/mentoring/"]
    full_up = database.run("-c", ASK_PAGES, *paths, size=2_000)
    assert full_up.returncode == 0, full_up.stderr
    data, table, page = (line.split() for line in full_up.stdout.splitlines())
    assert [row[0] for row in (data, table, page)] == ["503", "503", "200"]
    assert int(data[1]) > 0
    assert int(table[1]) > 0
    assert "True" not in full_up.stdout
    assert [path.name for path in folder.iterdir()] == ["lock"]
    roomy = database.run("-c", ASK_PAGES, *paths)
    assert [line.split()[0] for line in roomy.stdout.splitlines()] == ["200"] * 3


def test_readers_of_a_full_database(database, postgres):
    """Readers go on reading while the database is full"""
    with full(postgres), own_portal(postgres, database.name, database.folder, runner=False) as portal:
        done = database.run("-c", f"import urllib.request; print(urllib.request.urlopen('{portal.address}/').status)")
        assert done.stdout == "200\n", done.stderr
