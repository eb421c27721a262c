"""Servers to be measured, each gunicorn with the project's own configuration, and what their workers use."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A running gunicorn. Use as a context manager: leaving it leaves no process behind."""

    def __init__(self, application, variables=None, answers="/healthz", workers=2):
        """`application` as gunicorn names it; `answers` is an address that answers 200 once it serves, with as many
        `workers` as it has."""
        self.port = _free_port()
        self._command = ("-m", "gunicorn", "-c", "whatworks/gunicorn.py", "--log-level", "warning", application)
        self._environment = os.environ | (variables or {}) | {"WHATWORKS_BIND": f"127.0.0.1:{self.port}"}
        self._answers, self._workers = answers, workers

    def __enter__(self):
        self._process = subprocess.Popen([sys.executable, *self._command], cwd=ROOT, env=self._environment)
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception):
        self._process.terminate()
        self._process.wait(timeout=30)

    def _wait(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self._command[-1]} stopped at once: what it said is above")
            try:
                if self.get(self._answers)[0] == 200 and len(self.workers()) >= self._workers:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self._command[-1]} did not answer within {START_SECONDS} s")

    def get(self, path):
        """(status, text) of an address, on a connection of its own."""
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=60) as response:
            return response.status, response.read().decode()

    def workers(self):
        """The process numbers of the workers."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def cpu_seconds(self):
        """Processor seconds that the workers have used so far, all threads."""
        return sum(cpu_seconds(pid) for pid in self.workers())

    def memory(self):
        """Resident bytes of the largest worker."""
        return max(resident_bytes(pid) for pid in self.workers())


def cpu_seconds(pid):
    """Processor seconds that a process has used so far, all threads, to the nanosecond; 0 where it has ended."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that has just ended
    return total / 1e9


def resident_bytes(pid):
    """How much memory a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


class Database:
    """The server's processes for one database, where they run on this machine."""

    def __init__(self, connection):
        """`connection` is of the database to be watched; its own process is left out."""
        self._connection = connection

    def cpu_seconds(self):
        """Processor seconds of the backends so far; None where they are on another machine."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        pids = [row[0] for row in self._connection.execute(query)]
        if not all(Path(f"/proc/{pid}").exists() for pid in pids):
            return None
        return sum(cpu_seconds(pid) for pid in pids)
