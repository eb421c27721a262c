"""The restore drill of docs/operating.md: a dump, an empty machine, and the same digests on the pages."""

import json
import os
import subprocess
import sys
import time
from urllib.request import urlopen

import psycopg

from tests import databases
from tests.bench.moving import everything
from tests.drills.portal import own_portal
from tests.integration.own_database import own_database

MOVE = "from whatworks.setup import database; database.{}()"
DIGEST = "SELECT record, digest FROM toolkits_publishedpage WHERE state = 'live' ORDER BY md5(path) LIMIT 3"


def test_restored_on_an_empty_machine(postgres, tmp_path, record_property):
    """A dump restored on an empty machine has the same digests, is verified, and serves the same pages"""
    file = tmp_path / "portal.dump"
    with own_database("whatworks_to_restore", tmp_path, like="network") as database:
        database.environment["FILE"] = str(file)
        database.run("-c", MOVE.format("dump"))
        before = everything(database.url)
        with psycopg.connect(database.url) as connection:
            pages = connection.execute(DIGEST).fetchall()
    # Another server: what it has of the first is the file.
    with postgres.in_use():
        databases.create("whatworks_restored")
        url = databases.url_of("whatworks_restored")
    environment = os.environ | {
        "DATABASE_URL": url,
        "FILE": str(file),
        "FORCE": "1",
        "WHATWORKS_DATA_DIR": str(tmp_path),
    }
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", MOVE.format("restore")], env=environment, check=True, capture_output=True)
    seconds = time.monotonic() - began
    assert everything(url) == before
    with own_portal(postgres, "whatworks_restored", tmp_path, runner=False) as portal:
        run = {"env": portal.environment, "capture_output": True, "text": True}
        assert subprocess.run([sys.executable, "manage.py", "migrate", "--check"], **run).returncode == 0
        verified = subprocess.run([sys.executable, "manage.py", "verify", "--json"], **run)
        assert json.loads(verified.stdout.splitlines()[-1])["problems"] == 0, verified.stdout
        for record, digest in pages:
            with urlopen(f"{portal.address}/api/v1/records/{record}/") as answer:
                assert json.load(answer)["data"]["digest"] == digest
    record_property(
        "said",
        f"{sum(rows for rows, _ in before.values()):,} rows, {file.stat().st_size / 1e6:.1f} MB, restored in {seconds:.0f} s",
    )
