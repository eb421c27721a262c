"""The files of the open data of a database with W in it, made in a new folder by a process of their own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.bench.loading import ROOT

BASE = "http://localhost/"


def measure(url):
    """What it takes to make them of the database at `url`; a dict."""
    command = [sys.executable, "-m", "tests.bench.open_data"]
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def line(n, found):
    """What `measure` found, in a sentence."""
    return (
        f"{n:,} records: {found['rows']:,} rows in {found['tables']} tables, {found['bytes'] / 1e6:.0f} MB of CSV and an "
        f"archive of {found['archive'] / 1e6:.0f} MB in {found['seconds']:.1f} s ({found['cpu']:.1f} s of the process's own "
        f"time, {found['cpu'] / found['rows'] * 1e5:.1f} s for 100,000 rows), {found['peak'] / 1e6:.0f} MB at most."
    )


def main():
    """Make them and print what it took, as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.settings")
    django.setup()
    from toolkits.public.open_data.making import ARCHIVE, make

    with tempfile.TemporaryDirectory() as folder:
        began, worked = time.perf_counter(), time.process_time()
        made = make(folder, BASE)
        found = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
        tables = [file for file in made.files.values() if file.rows is not None]
        found |= {"rows": sum(file.rows for file in tables), "tables": len(tables)}
        found |= {"bytes": sum(file.size for file in tables), "archive": Path(folder, ARCHIVE).stat().st_size}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
