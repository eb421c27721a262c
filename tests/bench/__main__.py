"""`make bench`, or `python -m tests.bench [RECORDS…]` with DATABASE_URL: measures the portal on workload W.

Writes build/bench.json and build/bench.md, prints the tables, and exits with 1 where an answer was wrong.
"""

import argparse
import datetime
import json
import os
import platform

from tests.bench import loading, moving, open_data, pooling, reporting
from tests.bench.measuring import measure

SIZES = (100, 10_000, 100_000)


def main():
    parser = argparse.ArgumentParser(prog="tests.bench", description="Measure the portal on workload W.")
    parser.add_argument("records", nargs="*", type=int, default=SIZES, help="how many records (100 10000 100000)")
    parser.add_argument("--rounds", type=int, default=5, help="bursts of each kind (5)")
    parser.add_argument("--seconds", type=float, default=0.6, help="how long a burst is (0.6)")
    parser.add_argument("--requests", default="abcde", help="which of the five requests (abcde)")
    options = parser.parse_args()
    admin = os.environ["DATABASE_URL"]

    results = {}
    for n in options.records:
        print(f"{n:,} records, written by COPY straight into the published tables, not through publish", flush=True)
        url, expected = loading.load(admin, n)
        results[n] = measure(
            url,
            expected,
            rounds=options.rounds,
            seconds=options.seconds,
            letters=options.requests,
            say=lambda text: print(text, flush=True),
        )
        results[n]["open data"] = open_data.measure(url)
        results[n]["moved"] = moving.measure(admin, url)
    parts = [
        f"Measured on {datetime.date.today():%-d %B %Y}: {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}; load before the last figures {os.getloadavg()[0]:.1f}.",
        *(f"### {n:,} records\n\n{reporting.table(found)}" for n, found in results.items()),
        f"### Growth\n\n{reporting.growth(results)}",
        "### Targets\n\n"
        + "\n".join(
            f"* {'met' if met else 'MISSED'}: {what} ({target})" for what, met, target in reporting.targets(results)
        ),
        "### Open data\n\n" + "\n".join(f"* {open_data.line(n, found['open data'])}" for n, found in results.items()),
        "### A copy of everything\n\n"
        + "\n".join(f"* {moving.line(n, found['moved'])}" for n, found in results.items()),
        f"### Syntheses\n\n{pooling.line(pooling.measure())}",
    ]
    report = "\n\n".join(parts)
    build = loading.ROOT / "build"
    build.mkdir(exist_ok=True)
    (build / "bench.md").write_text(report + "\n")
    (build / "bench.json").write_text(json.dumps(results, indent=1))
    print(f"\n{report}\n\nAlso in build/bench.md and build/bench.json.")
    wrong = [
        f"{n:,} records, {letter}: {why}" for n, found in results.items() for letter, why in found["wrong"].items()
    ]
    wrong += [f"{n:,} records: a restored copy differs" for n, found in results.items() if not found["moved"]["same"]]
    if wrong:
        print("\nWRONG ANSWERS, not timed:\n" + "\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
