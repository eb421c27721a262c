"""Two real workers and a publisher: a request begun after `publish` returned never gets an older answer.

Nothing is in one process with anything else: gunicorn with the project's own configuration and two workers, a
process that publishes by the real actions, and readers on connections of their own, on a database of its own.
"""

import contextlib
import gzip
import http.client
import re
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.integration.own_database import ROOT, own_database

LIST, PAGE, RECORD = "/interventions/", "/toolkits/classroom/mentoring/", 1001
PUBLICATIONS = 12
REQUESTS_AFTER = 200
GZIP = {"Accept-Encoding": "gzip"}


def words(n):
    return f"Words of publication {n} and no other."


def wait_for(server, port, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped"
        try:
            with Reader(port) as reader:
                if reader.ask("/healthz")[0] == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer in {seconds} s")


class Reader:
    """A browser: keeps its connection, and asks again with the tag of what it has."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("localhost", port, timeout=20)
        self.has = {}

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.connection.close()

    def ask(self, path, headers=None):
        """(status, text); the text it already had for a 304."""
        tag, text = self.has.get(path, ("", ""))
        headers = (headers or {}) | ({"If-None-Match": tag} if tag else {})
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status == 200:
            text = body.decode()
            self.has[path] = (response.headers.get("ETag", ""), text)
        return response.status, text

    def number_on(self, path):
        """Which publication's words the page has."""
        status, text = self.ask(path)
        assert status in {200, 304}
        return max(int(n) for n in re.findall(r"Words of publication (\d+) and no other", text))


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The variables of a portal with the tiny network, on a database that is dropped afterwards."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with own_database("whatworks_staleness", tmp_path_factory.mktemp("data"), like="tiny") as database:
        yield database.environment | {"WHATWORKS_BIND": f"127.0.0.1:{port}", "WHATWORKS_WORKERS": "2"}


@pytest.fixture(scope="module")
def portal(environment, tmp_path_factory):
    """(port, the file in which each answer names the worker that gave it)."""
    log = tmp_path_factory.mktemp("portal") / "access.log"
    port = int(environment["WHATWORKS_BIND"].rpartition(":")[2])
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "-c", "whatworks/gunicorn.py", "whatworks.wsgi"),
            *("--log-level", "warning", "--access-logfile", str(log), "--access-logformat", "%(p)s %(r)s"),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(server, port)
        yield port, log
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def publish(environment):
    """Publish an intervention with other words; returns when the publishing process says that `publish` has."""
    publisher = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.publisher", str(RECORD)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert publisher.stdout.readline() == "ready\n"

    def say(text):
        publisher.stdin.write(f"{text}\n")
        publisher.stdin.flush()
        assert publisher.stdout.readline() == "published\n"

    yield say
    publisher.stdin.close()
    publisher.wait(timeout=30)
    publisher.stdout.close()


class Readers:
    """Threads that read on and on, each noting before a request what had been published by then."""

    def __init__(self, port, count):
        self.port, self.published, self.stopped = port, 0, False
        self.too_old, self.answered, self.failed = [], 0, []
        self.threads = [threading.Thread(target=self.read, args=[n]) for n in range(count)]

    def read(self, n):
        try:
            with Reader(self.port) as reader:
                while not self.stopped:
                    known = self.published
                    shown = reader.number_on((LIST, PAGE)[n % 2])
                    if shown < known:
                        self.too_old.append((known, shown))
                    self.answered += 1
        except Exception as error:
            self.failed.append(error)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception):
        self.stopped = True
        for thread in self.threads:
            thread.join()


def test_no_request_begun_after_a_publish_gets_an_older_answer(portal, publish):
    port, log = portal
    publish(words(0))
    with Readers(port, 4) as readers:
        for n in range(1, PUBLICATIONS + 1):
            publish(words(n))
            readers.published = n
            # Fresh connections, so that both workers are asked.
            with contextlib.ExitStack() as stack:
                some = [stack.enter_context(Reader(port)) for _ in range(8)]
                shown = [some[k % 8].number_on((LIST, PAGE)[k // 8 % 2]) for k in range(REQUESTS_AFTER)]
            assert shown == [n] * REQUESTS_AFTER
    assert readers.failed == []
    assert readers.too_old == []
    assert readers.answered > PUBLICATIONS
    answers = [line.split() for line in log.read_text().splitlines() if LIST in line or PAGE in line]
    by_worker = {worker: sum(line[0] == worker for line in answers) for worker in {line[0] for line in answers}}
    assert len(by_worker) == 2
    assert min(by_worker.values()) > 5 * PUBLICATIONS, by_worker


def test_compressed_answers_are_as_new(portal, publish):
    port, _ = portal

    def ask(reader, tag):
        reader.connection.request("GET", PAGE, headers=GZIP | {"If-None-Match": tag})
        response = reader.connection.getresponse()
        return response.status, response.headers, response.read()

    old = ""
    for n in range(100, 104):
        publish(words(n))
        with contextlib.ExitStack() as stack:
            for reader in [stack.enter_context(Reader(port)) for _ in range(8)]:
                status, headers, body = ask(reader, old)
                assert status == 200
                assert headers["Content-Encoding"] == "gzip"
                assert words(n) in gzip.decompress(body).decode()
                assert ask(reader, headers["ETag"])[0] == 304
        old = headers["ETag"]
