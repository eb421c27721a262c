"""A portal of a drill's own whose parts may be killed: PostgreSQL, web workers, the runner."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tests import databases
from tests.browser.conftest import free_port, wait_until_it_answers
from tests.databases import ROOT
from whatworks.embedded_postgres.place import PostgresError
from whatworks.embedded_postgres.server import Server

WEB = ["-m", "gunicorn", "-c", "whatworks/gunicorn.py", "whatworks.wsgi"]
RUNNER = ["manage.py", "runner", "--every=0.5"]


class Postgres(Server):
    """A durable server of its own that can be killed like a machine that loses its power, and started again."""

    def _run(self, program, *arguments):
        # Small files of its log, so that a limit on the size of a file is met by tables first.
        return super()._run(program, *arguments, *(["--wal-segsize=1"] if program == "initdb" else []))

    def kill(self):
        """`kill -9` of the postmaster; its other processes end by themselves."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def start(self, seconds=60):
        """Start it, with recovery where it was killed; waits for processes of the old one that still end."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return self.join()
            except PostgresError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    @contextlib.contextmanager
    def in_use(self):
        """Inside, `tests.databases` makes its databases on this server."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", self.url())
            yield

    def create(self, name, *, like):
        """A database of this server that outlives a crash; returns its address."""
        with self.in_use():
            databases.create(name, like=like)
            url = databases.url_of(name)
        with psycopg.connect(url, autocommit=True) as connection:
            # A copied sequence believes its next 32 values logged that only the template's are: a crash would take
            # them back. After a checkpoint it logs the next one.
            connection.execute("CHECKPOINT")
        return url


@contextlib.contextmanager
def own_area():
    """A folder that the account of the server can reach, removed at the end."""
    area = Path(tempfile.mkdtemp(prefix="whatworks-drill-", dir="/tmp"))
    try:
        yield area
    finally:
        shutil.rmtree(area, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    """The Postgres of the drills: killed and full at times, and there again at the end of each."""
    with own_area() as area:
        server = Postgres(area)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Portal:
    """A web server and, with `runner`, a runner, on a database; the runner is started again when it dies, as systemd does."""

    def __init__(self, environment, folder, *, runner=True):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.environment = environment | {
            "WHATWORKS_BIND": f"127.0.0.1:{self.port}",
            "WHATWORKS_API_CALLS_A_MINUTE": "0",
        }
        self.log = Path(folder, f"portal-{self.port}.log")
        self.web = self._start(WEB)
        self.runner = self._start(RUNNER) if runner else None
        self.starts_of_runner = 1
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        wait_until_it_answers(self.address, self.web)

    def _start(self, words):
        with self.log.open("a") as log:
            return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def _watch(self):
        while self.runner is not None and not self._stopping.wait(0.2):
            if self.runner.poll() is not None:
                self.runner = self._start(RUNNER)
                self.starts_of_runner += 1

    def workers(self):
        """The process ids of the web workers."""
        return [int(pid) for pid in Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()]

    def kill_worker(self, chance=random):
        """`kill -9` of a web worker; gunicorn starts another."""
        workers = self.workers()
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)

    def kill_runner(self):
        """`kill -9` of the runner."""
        self.runner.kill()

    def stop(self):
        """Stop both."""
        self._stopping.set()
        self._watcher.join()
        for process in filter(None, (self.web, self.runner)):
            process.terminate()
        for process in filter(None, (self.web, self.runner)):
            process.wait(timeout=40)


@contextlib.contextmanager
def own_portal(postgres, database, folder, *, runner=True, **variables):
    """A Portal on a database of `postgres`, with some variables of the environment set."""
    with postgres.in_use():
        environment = databases.environment_of(database, folder) | variables
    portal = Portal(environment, folder, runner=runner)
    try:
        yield portal
    finally:
        portal.stop()
