"""`python -m tests.bench.importing [RECORDS]`: W as a network folder, through the loader, timed as a whole process.

Everything an editor's network goes through: reading, checking, working rows, revisions, decisions,
publication. The time and the peak memory are those of `manage.py load_network` itself.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench import workload
from tests.bench.loading import ROOT, address
from tests.bench.mapping import BANDS, LEVELS, RATED_AS

RECORDS = 10_000
DATABASE = "bench_importing"
SUMMARY_LIMIT = 380  # what the summary's column holds, less the ellipsis


def _centres():
    for place, (code, name, _weight) in enumerate(workload.OWNERS):
        yield {
            "id": 101 + place,
            "slug": code,
            "name": name,
            "short_name": name.removeprefix("Centre for "),
            "policy_area": code,
            "founded": "2011",
            "website": f"https://{code}.example.org",
            "accent": "#1d4f91",
            "source_url": f"https://{code}.example.org",
        }


def _levels():
    for code, _name, _weight in workload.OWNERS:
        for axis, labels in LEVELS.items():
            for order, label in enumerate(labels, start=1):
                yield {
                    "scheme": f"{code}-{axis}",
                    "order": order,
                    "level": order,
                    "label": label,
                    "meaning": f"Level {order} of 5.",
                    "shared_band": BANDS[axis][order - 1],
                    "band_reason": "rank of the level",
                }


def _interventions(records):
    for record in records:
        yield {
            "id": 1000 + record["id"],
            "toolkit": record["owner"],
            "slug": record["slug"][-80:].strip("-"),
            "centre_slug": record["owner"],
            "status": "current",
            "name": record["title"],
            "summary": record["summary"][:SUMMARY_LIMIT],
            "outcomes": ";".join(record["outcomes"]),
            "age_bands": ";".join(record["ages"]),
            "version_or_date": record["published"],
            "source_url": f"https://{record['owner']}.example.org/{record['id']}",
            "how_it_works": record["body"],
        }


def _ratings(records):
    for record in records:
        for axis, column in RATED_AS.items():
            yield {
                "toolkit": record["owner"],
                "intervention": record["slug"][-80:].strip("-"),
                "axis": axis,
                "scheme": f"{record['owner']}-{axis}",
                "level": record[column],
            }


def tables(n, seed=1):
    """{file name: rows} of the network folder of W's first `n` records."""
    records = [workload.record(place, seed) for place in range(1, n + 1)]
    # In the order of the vocabulary, as a network's folder has its terms.
    outcomes = [code for code, *_ in workload.OUTCOMES]
    ages = [code for code, *_ in workload.AGES]
    for record in records:
        record["outcomes"] = sorted(record["outcomes"], key=outcomes.index)
        record["ages"] = sorted(record["ages"], key=ages.index)
    codes = [code for code, _name, _weight in workload.OWNERS]
    return {
        "centres": _centres(),
        "memberships": ({"centre_slug": code, "tier": "centre", "from": "2013"} for code in codes),
        "network": [{"key": "name", "value": "Workload W"}],
        "outcomes": ({"slug": code, "name": name} for code, name, *_ in workload.OUTCOMES),
        "age_bands": (
            {"slug": code, "name": code, "from_age": place * 10, "to_age": place * 10 + 9}
            for place, code in enumerate(ages)
        ),
        "rating_schemes": (
            {"scheme": f"{code}-{axis}", "centre_slug": code, "axis": axis, "name": f"{code}: {axis}", "numeric": "no"}
            for code in codes
            for axis in LEVELS
        ),
        "rating_levels": _levels(),
        "toolkits": (
            {"id": 201 + place, "slug": code, "centre_slug": code, "name": f"{code} toolkit"}
            for place, code in enumerate(codes)
        ),
        "toolkit_axes": (
            {"toolkit": code, "axis": axis, "absent_means": "not recorded here"} for code in codes for axis in LEVELS
        ),
        "interventions": _interventions(records),
        "ratings": _ratings(records),
    }


def write(folder, n):
    """Write W's first `n` records as a network folder, with every column the built-in network has."""
    built_in = ROOT / "whatworks" / "networks" / "what-works"
    rows_of = tables(n)
    for path in sorted(built_in.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as source:
            columns = next(csv.reader(source))
        rows = list(rows_of.get(path.stem, ()))
        columns += [name for row in rows[:1] for name in row if name not in columns]
        with Path(folder, path.name).open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, columns, restval="", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)


def measure(n):
    """(seconds, peak megabytes) of loading W's first `n` records into an empty database."""
    admin = os.environ["DATABASE_URL"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    environment = os.environ | {"DATABASE_URL": address(admin, DATABASE)}
    with tempfile.TemporaryDirectory() as folder:
        write(folder, n)

        def manage(*words):
            command = [sys.executable, "manage.py", *words]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

        manage("migrate", "--verbosity=0")
        began = time.monotonic()
        manage("load_network", folder)
        seconds = time.monotonic() - began
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    taken, memory = measure(count)
    print(f"{count:,} records through the loader: {taken:.1f} s, {memory:.0f} MB at most")
