"""Serve: the web process and the runner, watched and stopped together, with the database when it is ours."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time

from whatworks.embedded_postgres.server import Server
from whatworks.setup import paths
from whatworks.setup.steps import Trouble, own_group, stop_group

ANSWER_SECONDS = 60
RESTARTS = 3  # of the runner within a minute, before its failing stops the portal


def chosen_port() -> int:
    """The port of `PORT`, 8000 when unset; raises Trouble when it is no port."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 1 <= int(given) <= 65535:
        raise Trouble(f"PORT is {given!r}: write a number from 1 to 65535.")
    return int(given)


def check_port(port: int) -> None:
    """Raise Trouble when the port cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} is reserved for the administrator. Choose another: make run PORT=8001"
            ) from error
        except OSError as error:
            raise Trouble(
                f"Port {port} is taken. Stop what uses it, or choose another: make run PORT={port % 65535 + 1}"
            ) from error


class Portal:
    """The running processes. Use as a context manager: leaving it leaves no process behind."""

    def __init__(self, environment: dict[str, str], server: Server | None):
        """Nothing is started yet. `server` is our own PostgreSQL, or None."""
        self.environment = environment
        self.server = server
        self.commands = {
            "web": ["-m", "gunicorn", "-c", "whatworks/gunicorn.py", "--log-level", "warning", "whatworks.wsgi"],
            "runner": ["manage.py", "runner"],
        }
        self.children: dict[str, subprocess.Popen] = {}
        self.failures: list[float] = []
        self.asked_to_stop = 0

    def __enter__(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup stays in force
                signal.signal(number, self._stop_soon)
        return self

    def __exit__(self, *exception):
        for name in ("web", "runner"):
            if name in self.children:
                stop_group(self.children[name], patience=10)

    def _stop_soon(self, number, frame) -> None:
        self.asked_to_stop = number

    def start(self, name: str) -> None:
        """Start `web` or `runner` in a process group of its own: Ctrl-C reaches us, and we stop them in order."""
        self.children[name] = subprocess.Popen(
            [paths.venv_python(), *self.commands[name]],
            env=self.environment,
            cwd=paths.CHECKOUT,
            stdin=subprocess.DEVNULL,
            **own_group(),
        )

    def wait_until_answering(self, port: int) -> None:
        """Return once a page is answered or a stop was asked for; raises Trouble when that will not come."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while not self.asked_to_stop:
            status = self.children["web"].poll()
            if status is not None:
                raise Trouble(f"The web server ended at once (exit status {status}); the reason is above.")
            if answers(port):
                return
            if time.monotonic() > deadline:
                raise Trouble(f"The web server did not answer within {ANSWER_SECONDS} s.")
            time.sleep(0.05)

    def watch(self) -> int:
        """Keep everything running until a signal comes; returns the exit status for it. Raises Trouble when the web ends."""
        while not self.asked_to_stop:
            time.sleep(0.2)
            status = self.children["web"].poll()
            if status is not None and not self.asked_to_stop:
                raise Trouble(f"The web server ended by itself (exit status {status}).")
            self._mind_the_runner()
            self._mind_the_database()
        return 128 + self.asked_to_stop

    def _mind_the_runner(self) -> None:
        status = self.children["runner"].poll()
        if status is None or self.asked_to_stop:
            return
        now = time.monotonic()
        self.failures = [moment for moment in self.failures if now - moment < 60] + [now]
        if len(self.failures) > RESTARTS:
            raise Trouble(f"The background runner keeps ending (exit status {status}); the reason is above.")
        paths.warn(f"The background runner ended (exit status {status}); starting it again.")
        self.start("runner")

    def _mind_the_database(self) -> None:
        if self.server is None or self.asked_to_stop or self.server.running():
            return
        paths.warn("PostgreSQL ended; starting it again.")
        self.server.join()


def answers(port: int) -> bool:
    """Whether the portal answers on its health address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
