"""MDN's HTTP Observatory, run on the spot against the portal as it is in production, over TLS."""

import datetime
import http.server
import ipaddress
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
import urllib.request

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import databases
from tests.browser.conftest import free_port, wait_until_it_answers
from tests.databases import ROOT
from tests.integration.test_safe_answers import PATHS
from whatworks.setup import frontend, paths
from whatworks.setup.steps import Trouble, digest

SCRIPT = ROOT / "tests" / "drills" / "observatory.mjs"


@pytest.fixture(scope="module")
def scorer():
    """(node, folder of the scorer), fetched from npm where it is not there yet; skipped loudly where it cannot be."""
    source, folder = paths.REQUIREMENTS / "observatory", paths.data_dir() / "observatory"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(source / name, folder / name)
    try:
        frontend.install_packages(folder, digest(source / "package-lock.json"), "observatory", "npm-observatory")
        node = frontend.node_tools()[0]
    except Trouble as error:
        pytest.skip(f"NO OBSERVATORY: {error}")
    package = folder / "node_modules" / "@mdn" / "mdn-http-observatory"
    # It would be fetched after installing; a host of a test is on no list.
    (package / "conf" / "hsts-preload.json").write_text("{}")
    return node, package


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """(certificate, key) for localhost, as files; it vouches for itself."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = folder / "certificate.pem", folder / "key.pem"
    written[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    written[1].write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    return written


@pytest.fixture(scope="module")
def proxy():
    """Port 80 of docs/operating.md: everything leads to https. Call it with the port that it leads to."""
    to = []

    class Redirect(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(308)
            self.send_header("Location", f"https://localhost:{to[0]}{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_OPTIONS = do_HEAD = do_GET

        def log_message(self, *arguments):
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("localhost", 0), Redirect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, to.append
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def production(tmp_path_factory, certificate, proxy):
    """(http port, https port) of the portal with the settings of production, served by gunicorn over TLS."""
    port, database = free_port(), f"whatworks_observatory_{databases.WORKER}"
    databases.create(database, like="network")
    environment = databases.environment_of(database, tmp_path_factory.mktemp("data"))
    environment.pop("WHATWORKS_DEMO")
    environment |= {
        "WHATWORKS_BIND": f"localhost:{port}",
        "WHATWORKS_ADDRESS": f"https://localhost:{port}",
        "WHATWORKS_ALLOWED_HOSTS": "localhost",
        "WHATWORKS_MAIL_URL": "smtp://localhost",
        "WHATWORKS_MAIL_FROM": "noreply@example.org",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "whatworks/gunicorn.py", "whatworks.wsgi"]
    command += [f"--certfile={certificate[0]}", f"--keyfile={certificate[1]}"]
    with (tmp_path_factory.getbasetemp() / "observatory.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    http_port, lead_to = proxy
    lead_to(port)
    trusting = ssl.create_default_context(cafile=certificate[0])
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting)))
    try:
        wait_until_it_answers(f"https://localhost:{port}", server)
        yield http_port, port
    finally:
        urllib.request.install_opener(None)
        server.terminate()
        server.wait(timeout=30)
        databases.drop(database)


def test_observatory(scorer, production, certificate, record_property):
    """MDN's HTTP Observatory grades every kind of answer A+."""
    (node, package), ports = scorer, map(str, production)
    done = subprocess.run(
        [node, SCRIPT, package, *ports, *PATHS.values()],
        env=os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate[0])},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for path, one in found.items():
        print(f"{one['grade']:>2} {one['score']:>4}  {one['status']} {path}  {' '.join(one['failed'])}")
    scores = {name: found[path]["score"] for name, path in PATHS.items()}
    record_property("said", "A+: " + ", ".join(f"{name} {score}" for name, score in scores.items()))
    assert {path: one for path, one in found.items() if one["grade"] != "A+" or one["failed"]} == {}
