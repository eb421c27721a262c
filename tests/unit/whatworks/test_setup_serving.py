"""Serving: the port, the processes and what becomes of them, and gunicorn's configuration."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from whatworks.setup import paths, serve
from whatworks.setup.steps import Trouble


def test_a_taken_port_is_named_with_another_to_try():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} is taken.*PORT="):
            serve.check_port(port)
    serve.check_port(port)


@pytest.mark.parametrize("given", ["eighty", "0", "65536", "-1", "80 "])
def test_a_port_that_is_none(given, monkeypatch):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Trouble, match="from 1 to 65535"):
        serve.chosen_port()


@pytest.fixture
def portal(monkeypatch):
    """The supervisor with programs of the test's own, and the test's signal handlers put back."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    made = serve.Portal(dict(os.environ), None)
    monkeypatch.setattr(paths, "venv_python", lambda: sys.executable)
    made.commands = {"web": ["-c", "import time; time.sleep(60)"], "runner": ["-c", "import time; time.sleep(60)"]}
    yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_signal_stops_everything(portal):
    with portal:
        portal.start("web")
        portal.start("runner")
        os.kill(os.getpid(), signal.SIGTERM)
        assert portal.watch() == 128 + signal.SIGTERM
    assert all(child.poll() is not None for child in portal.children.values())


def watch_both(portal):
    with portal:
        portal.start("web")
        portal.start("runner")
        return portal.watch()


def test_a_web_server_that_ends_is_trouble_and_leaves_nothing(portal):
    portal.commands["web"] = ["-c", "raise SystemExit(7)"]
    with pytest.raises(Trouble, match="status 7"):
        watch_both(portal)
    assert portal.children["runner"].poll() is not None


def test_a_runner_that_ends_is_started_again_but_not_for_ever(portal, capsys):
    portal.commands["runner"] = ["-c", "raise SystemExit(5)"]
    with pytest.raises(Trouble, match="keeps ending"):
        watch_both(portal)
    assert capsys.readouterr().err.count("starting it again") == serve.RESTARTS
    assert portal.children["web"].poll() is not None


def test_gunicorn_lets_a_long_address_through_and_the_health_check_sees_it_alive(tmp_path):
    (tmp_path / "echo_length.py").write_text(
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    return [str(len(environ['QUERY_STRING'])).encode()]\n"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = os.environ | {"WHATWORKS_BIND": f"127.0.0.1:{port}", "WHATWORKS_WORKERS": "1", "HOME": "/nonexistent"}
    command = [sys.executable, "-m", "gunicorn", "-c", paths.CHECKOUT / "whatworks" / "gunicorn.py"]
    server = subprocess.Popen([*command, "--chdir", tmp_path, "--log-level", "critical", "echo_length"], env=variables)
    try:
        deadline = time.monotonic() + 20
        while ask(port, "/") != (200, b"0"):
            assert time.monotonic() < deadline, "gunicorn did not start"
            time.sleep(0.05)
        assert ask(port, "/?" + "q" * 12_000) == (200, b"12000")
        assert ask(port, "/?" + "q" * 40_000)[0] in (400, 414)
        assert health(variables) == 0
    finally:
        server.terminate()
        server.wait(30)
    assert health(variables) == 1


def health(variables):
    command = [sys.executable, "-m", "whatworks.healthcheck"]
    return subprocess.run(command, env=variables, cwd=paths.CHECKOUT, stderr=subprocess.DEVNULL).returncode


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except ConnectionError:
        return None
    finally:
        connection.close()
