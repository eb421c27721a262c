"""`python -m tests.bench.packs`: how long a reader waits for a pack in each format, made or kept, with processor time.

Of the database of `DATABASE_URL`, which holds a network. Everything is asked over HTTP of a worker of gunicorn that keeps no
answers. *First* is the first pack of a worker that has just started, of the interventions with the most around them;
*others* are packs of as many other interventions, none of them asked for twice: what is made again is half remembered.
"""

import os
import statistics
import tempfile
import time
import urllib.request

import django

from tests.bench.serving import Server

OTHERS = 6
AGAIN = 7  # times that a kept one is read


def _pins(count):
    """The Pins of packs of `count` interventions each, with what is around them: no intervention is in two of them."""
    from toolkits import published
    from toolkits.public.packs.pins import Pins, around

    neighbours = published.all_neighbours()
    leading = [link for one in neighbours if one.kind != "intervention" for link in one.links]
    members = [one for one in neighbours if one.kind == "intervention"]
    members.sort(key=lambda one: -leading.count(one.record))
    for start in range(0, count * (OTHERS + 1), count):
        chosen = [(one.record, one.version) for one in members[start : start + count]]
        beside = around([record for record, _version in chosen], neighbours)
        yield Pins(chosen, beside.syntheses, beside.families, beside.others)


class Worker:
    """A web server with one worker, just started; `packs` bytes of packs may be kept. A context manager."""

    def __init__(self, packs):
        self._folder = tempfile.TemporaryDirectory()
        variables = {
            "WHATWORKS_DATA_DIR": self._folder.name,
            "WHATWORKS_SECRET_KEY": "for measuring only",
            "WHATWORKS_WORKERS": "1",
            "WHATWORKS_ANSWER_CACHE_BYTES": "0",
            "WHATWORKS_PACKS_BYTES": str(packs),
        }
        self._server = Server("whatworks.wsgi", variables, workers=1)

    def __enter__(self):
        self._server.__enter__()
        return self

    def __exit__(self, *exception):
        self._server.__exit__(*exception)
        self._folder.cleanup()

    def ask(self, path):
        """(milliseconds, milliseconds of processor time, bytes) of an answer."""
        # The address of the site stands in the pack, and the port differs from server to server.
        request = urllib.request.Request(f"http://localhost:{self._server.port}{path}", headers={"Host": "localhost"})
        worked, began = self._server.cpu_seconds(), time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as response:
            file = response.read()
        took = time.perf_counter() - began
        return took * 1000, (self._server.cpu_seconds() - worked) * 1000, file


def _measured(pins, form):
    """The cells of a row for a format."""
    from toolkits.public.packs import asking

    first, *others = [asking.address(some, format=form) for some in pins]
    with Worker(0) as worker:
        made = worker.ask(first)
        rest = [worker.ask(path) for path in others]
    with Worker(100_000_000) as worker:
        again, *kept = [worker.ask(first) for _time in range(AGAIN + 1)]
    assert {file for _ms, _cpu, file in (made, again, *kept)} == {made[2]}, "the same versions gave other bytes"
    cells = [len(made[2]) / 1000, *made[:2]]
    for some in (rest, kept):
        cells += [statistics.median(one[place] for one in some) for place in (0, 1)]
    return cells


def main():
    """Print a table in Markdown."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatworks.settings")
    django.setup()
    from toolkits.public.packs.formats import FORMATS

    print(f"Load before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores.\n")
    print("| interventions | format | KB | first ms | CPU ms | others ms | CPU ms | kept ms | CPU ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count in (1, 3, 10):
        pins = list(_pins(count))
        for form in FORMATS:
            cells = " | ".join(f"{cell:.0f}" for cell in _measured(pins, form))
            print(f"| {count} | {form} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
