"""A whole portal as `make run` makes it, and a browser to look at it with.

The server is gunicorn with the project's own configuration, on a database of its own, so that these
tests see what a visitor sees: compressed, cached, with every header.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests import databases
from tests.databases import ROOT

ARGUMENTS = [
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Site:
    """A running portal: its address, its accounts' password, and manage.py on its database."""

    def __init__(self, address, environment):
        self.address = address
        self.environment = environment

    def url(self, path):
        return f"{self.address}{path}"

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def password(self):
        return Path(self.environment["WHATWORKS_DATA_DIR"], "demonstration-password").read_text().strip()


def wait_until_it_answers(address, server, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer in {seconds} s")


@contextlib.contextmanager
def portal(folder, *, like="network", application="whatworks.wsgi"):
    """A portal on a database of its own, a copy of the template `like`, with the demonstration's accounts; by gunicorn."""
    port, database = free_port(), f"whatworks_browser_{like}_{databases.WORKER}"
    databases.create(database, like=like)
    environment = databases.environment_of(database, folder / "data")
    environment["WHATWORKS_BIND"] = f"127.0.0.1:{port}"
    running = Site(f"http://localhost:{port}", environment)
    running.manage("demonstration_accounts")
    with (folder / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "whatworks/gunicorn.py", application],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_it_answers(running.address, server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=30)
        databases.drop(database)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The portal with the built-in network, as visitors and editors find it."""
    with portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    """Headless Chromium, from the path `make test` found; without one, skipped loudly or failed.

    For a file of tests only: while Playwright's event loop runs, Django's connections in this thread are
    others than outside it, and those that later tests opened would never be closed.
    """
    path = os.environ.get("CHROMIUM")
    if not path:
        reason = "no Chromium: set CHROMIUM to one, or let `make test` fetch it from npm"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright runs an event loop in this thread, and Django would refuse its own database calls beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium, site):
    """Open an address in a fresh profile: `visit("/", width=320)` gives the page; it must log no error."""
    contexts, complaints = [], []

    def open_page(path, *, width=1280, height=900, answers=200, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        response = page.goto(site.url(path))
        assert response.status == answers, path
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, from the project's own node_modules."""
    return Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js").read_text()


@pytest.fixture(scope="session")
def probes():
    """The source of probes.js: what a browser measures of a page."""
    return Path(__file__).with_name("probes.js").read_text()
