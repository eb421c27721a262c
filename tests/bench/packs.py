"""`python -m tests.bench.packs`: how long a pack takes to make and to give again, in each format, with processor time.

Of the database of `DATABASE_URL`, which holds a network: one intervention, three and ten, those with most syntheses first. The
first of a format in this process also loads what writes it, and is timed apart. Nothing is written but a folder that is
removed again.
"""

import os
import statistics
import tempfile
import time

import django

ROUNDS = 7
BASE = "http://localhost/"


def _timed(call):
    """(milliseconds, milliseconds of processor time, what `call()` returned)."""
    began, worked = time.perf_counter(), time.process_time()
    found = call()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, found


def _ingredients(count):
    from toolkits import published
    from toolkits.public.packs.ingredients import ingredients
    from toolkits.public.packs.pins import Pins, around

    neighbours = published.all_neighbours()
    leading = [link for one in neighbours if one.kind != "intervention" for link in one.links]
    members = [one for one in neighbours if one.kind == "intervention"]
    members.sort(key=lambda one: -leading.count(one.record))
    records = [one.record for one in members[:count]]
    beside = around(records, neighbours)
    pins = Pins(
        [(one.record, one.version) for one in members[:count]], beside.syntheses, beside.families, beside.others
    )

    def read():
        versions, pages = published.pinned_versions(pins.all), published.pages_of_records(dict(pins.all))
        return ingredients(pins, versions, pages, BASE)

    return read


def main():
    """Print a table in Markdown."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.settings")
    django.setup()
    from django.conf import settings

    from toolkits.public.packs import keeping
    from toolkits.public.packs.formats import FORMATS

    print(f"Load before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores.\n")
    print("| interventions | format | KB | first ms | median ms | CPU ms | kept ms | kept CPU ms |")
    print("|---|---|---|---|---|---|---|---|")
    for count in (1, 3, 10):
        read = _ingredients(count)
        for ending, form in FORMATS.items():
            made = [_timed(lambda form=form, read=read: form.write(read().pack())) for _round in range(ROUNDS)]
            assert len({file for _ms, _cpu, file in made}) == 1, "the same versions gave other bytes"
            with tempfile.TemporaryDirectory() as folder:
                settings.PACKS_DIR = folder
                given = [
                    _timed(lambda ending=ending, read=read: keeping.file_of(read(), ending))
                    for _round in range(ROUNDS + 1)
                ]
            (first, _cpu, file), again, kept = made[0], made[1:], given[1:]
            times = (statistics.median(one[place] for one in rows) for rows in (again, kept) for place in (0, 1))
            print(
                f"| {count} | {ending} | {len(file) // 1000} | {first:.0f} | "
                + " | ".join(f"{ms:.0f}" for ms in times)
                + " |"
            )


if __name__ == "__main__":
    main()
