"""`make test` and `make lint`: every check runs, and the last lines say which failed."""

import contextlib
import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator

from whatworks.embedded_postgres.server import throwaway_server
from whatworks.setup import chromium, paths
from whatworks.setup.steps import own_group, step, stop_group


def lint_commands() -> dict[str, list]:
    """The checks that need no database."""
    python = paths.venv_python()
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        "djlint": [python, "-m", "djlint", "--lint", "--quiet", "templates"],
        "secrets": [python, "-m", "whatworks.setup.secret_scan"],
    }


def test_commands() -> dict[str, list]:
    """Everything, in the order that finds the cheap mistakes first. `ARGS` goes to pytest."""
    python = paths.venv_python()
    return lint_commands() | {
        "migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
        "manage.py check": [python, "manage.py", "check", "--fail-level", "WARNING"],
        # Two at once, a file each: a test of ours waits for a browser or a server half of its time. In the order of
        # tests/conftest.py, because xdist's own begins with what has most tests and ends with what takes longest.
        "pytest": [
            python,
            "-m",
            "pytest",
            "--numprocesses=2",
            "--dist=loadfile",
            "--no-loadscope-reorder",
            *shlex.split(os.environ.get("ARGS", "")),
        ],
    }


def drill_commands() -> dict[str, list]:
    """The drills, two files at once, each with a PostgreSQL of its own to stop. `ARGS` goes to pytest."""
    ours = ["--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder", *shlex.split(os.environ.get("ARGS", ""))]
    return {"drills": [paths.venv_python(), "-m", "pytest", "tests/drills", *ours]}


def run_all(commands: dict[str, list], environment: dict[str, str]) -> int:
    """Run each, show its output, and sum up. Returns 1 when any failed."""
    results = {}
    for name, command in commands.items():
        paths.say(f"\n-- {name}")
        began = time.monotonic()
        results[name] = (run(command, environment), time.monotonic() - began)
    paths.say()
    for name, (status, seconds) in results.items():
        paths.say(f"  {name} {'.' * max(3, 30 - len(name))} {'ok' if status == 0 else 'FAILED'} {seconds:.1f} s")
    return int(any(status for status, _ in results.values()))


def run(command: list, environment: dict[str, str]) -> int:
    """Run one check in the foreground; stopping us stops it and what it started."""
    process = subprocess.Popen([str(word) for word in command], env=environment, cwd=paths.CHECKOUT, **own_group())
    try:
        return process.wait()
    except BaseException:
        stop_group(process)
        raise


@contextlib.contextmanager
def test_environment() -> Iterator[dict[str, str]]:
    """The variables the tests see: a database of their own, a data directory of their own, and the browser if there is one."""
    browser, why_not = chromium.find_chromium()
    if why_not:
        paths.warn(f"\n  NO BROWSER: {why_not}. The browser tests cannot run.")
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL")
        if not url:
            with step("PostgreSQL for the tests"):
                url = stack.enter_context(throwaway_server())
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="whatworks-data-"))
        environment = paths.portal_environment(url)
        environment.update(WHATWORKS_DEMO="1", WHATWORKS_SECRET_KEY="for-tests-only", WHATWORKS_DATA_DIR=data)
        if browser:
            environment["CHROMIUM"] = browser
        if os.environ.get("CI") == "true":
            environment["REQUIRE_BROWSER"] = "1"
        yield environment
