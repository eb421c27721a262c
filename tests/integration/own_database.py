"""A database of a test's own beside the others, for what a test's transaction would hide: processes, threads, migrations."""

import contextlib
import subprocess
import sys

from tests import databases
from tests.databases import ROOT


class OwnDatabase:
    """Its address (`url`), and `run`, which runs a Python command of the project on it and returns what it printed."""

    def __init__(self, name, data):
        self.url = databases.url_of(name)
        self.environment = databases.environment_of(name, data)

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *command):
        return self.run("manage.py", *command)


@contextlib.contextmanager
def own_database(name, data, *, like=None):
    """A database for this process, dropped at the end: empty, or a copy of a template (a key of `databases.TEMPLATES`).

    `data` is the data directory of what runs on it.
    """
    name = f"{name}_{databases.WORKER}"
    databases.create(name, like=like)
    try:
        yield OwnDatabase(name, data)
    finally:
        databases.drop(name)
