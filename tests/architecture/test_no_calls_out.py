"""The portal calls nobody but its database and its mail server: no code of it could, and no test of it does."""

import ast
import socket
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).resolve().parents[2]
WAYS_OUT = {"http", "urllib", "socket", "ftplib", "xmlrpc", "asyncio", "ssl", "requests", "httpx", "urllib3"}
HARMLESS = ("urllib.parse", "http.HTTPStatus")
# The health check of a container asks its own web server, and metrics are served on a port of their own.
MAY = {"whatworks/healthcheck.py", "whatworks/counting.py"}


def reaches_out(path):
    """The modules by which a file could speak to another machine."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    found = {name for name in found if name.split(".")[0] in WAYS_OUT and not name.startswith(HARMLESS)}
    return found - {"http", "urllib"}  # of which only a part was taken


def test_nothing_of_the_portal_can_call_out():
    files = [path for room in ("centres", "evidence", "toolkits", "whatworks") for path in (ROOT / room).rglob("*.py")]
    names = {path: str(path.relative_to(ROOT)) for path in files}
    ours = [path for path in files if not names[path].startswith(("whatworks/setup/", "whatworks/embedded_postgres/"))]
    assert len(ours) > 300
    assert {names[path] for path in ours if reaches_out(path)} == MAY


@pytest.mark.filterwarnings("ignore:A test tried to use")  # which is an error of its own in all other tests
def test_a_test_that_calls_out_fails():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
