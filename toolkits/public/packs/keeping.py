"""Which files of packs are kept: the runner makes those of every live intervention, a reader's request the others.

Two folders, each with half of the room. In `live` only the runner writes, and it removes what is live no more. In `asked`
is what somebody asked for that was not there, comparisons and older versions, until there is no room or it is a month old.
"""

import logging
import time
from pathlib import Path

from django.conf import settings
from django.db import Error

from toolkits import published
from toolkits.public.packs.formats import FORMATS
from toolkits.public.packs.ingredients import of_today
from toolkits.public.packs.pins import around
from toolkits.public.packs.shelf import Shelf

log = logging.getLogger(__name__)

AT_ONCE = 2.0  # seconds after which the runner's other duties have their turn
LONGEST_ASKED = 30 * 24 * 3600  # seconds


def _shelf(name):
    return Shelf(Path(settings.PACKS_DIR) / name, settings.PACKS_BYTES // 2)


def file_of(ingredients, ending):
    """The bytes of a pack in a format: kept, or made now and kept."""
    name = ingredients.kept_as(ending)
    asked = _shelf("asked")
    file = _shelf("live").get(name) or asked.get(name)
    if file is None:
        file = FORMATS[ending].write(ingredients.pack())
        asked.put(name, file)
        asked.make_room()
    return file


class Keeper:
    """Keeps the files of every live intervention, a few seconds' worth at a time, after each publication."""

    def __init__(self):
        self._stamp = None  # of what was looked at last
        self._made_of = {}  # {record: what its files were made of}
        self._names = {}  # {record: the names of its files}
        self._waiting = []  # neighbours whose files are to be looked at
        self._neighbours = {}
        self._sizes = {}  # {name: bytes} of what is kept
        self._tidied = False

    def keep(self):
        """Make what is not there yet, for a while; whether anything was made, or waits still."""
        if not settings.PACKS_BYTES:
            return False
        stamp = published.stamp()
        if stamp != self._stamp:
            self._look_around()
            self._stamp, self._tidied = stamp, False
        until, made = time.monotonic() + AT_ONCE, False
        while self._waiting and time.monotonic() < until:
            made |= self._keep(*self._waiting.pop())
        if not self._waiting and not self._tidied:
            self._tidy()
            self._tidied = True
        return made or bool(self._waiting)

    def _look_around(self):
        """Find whose files are made of something else than when they were last looked at."""
        found = published.all_neighbours()
        self._neighbours = _by_intervention(found)
        self._sizes = {name: size for name, (_moment, size) in _shelf("live").sizes().items()}
        live = {one.record: one for one in found if one.kind == "intervention"}
        self._names = {record: names for record, names in self._names.items() if record in live}
        digests = {one.record: one.digest for one in found}
        self._waiting = []
        for record, one in live.items():
            beside = around([record], self._neighbours.get(record, []))
            made_of = [(pin, digests[pin[0]]) for pin in ((record, one.version), *beside.all)]
            if self._made_of.get(record) != made_of or record not in self._names:
                self._waiting.append((one, made_of))

    def _keep(self, one, made_of):
        """Make the files of an intervention that are not there; whether any was made."""
        self._made_of[one.record], self._names[one.record] = made_of, set()
        made = False
        try:
            base = settings.ADDRESS.rstrip("/") + "/"
            found = of_today(one.record, one.version, self._neighbours.get(one.record, []), base)
            names = {ending: found.kept_as(ending) for ending in FORMATS}
            missing = [ending for ending, name in names.items() if name not in self._sizes]
            if missing and found.chosen and sum(self._sizes.values()) < settings.PACKS_BYTES // 2:
                self._make(found, {ending: names[ending] for ending in missing})
                made = True
            self._names[one.record] = set(names.values())
        except Error:
            # The database was away: it is due again when that is back.
            self._waiting.append((one, made_of))
            raise
        except Exception:
            # Whoever asks for it sees the same fault; the others are not to wait for it.
            log.exception("the pack of record %s could not be made", one.record)
        return made

    def _make(self, found, names):
        shelf, pack = _shelf("live"), found.pack()
        for ending, name in names.items():
            file = FORMATS[ending].write(pack)
            shelf.put(name, file)
            self._sizes[name] = len(file)

    def _tidy(self):
        """Remove what is live no more, and what was asked for long ago."""
        live, asked = _shelf("live"), _shelf("asked")
        live.drop(live.sizes().keys() - set().union(*self._names.values()))
        long_ago = time.time() - LONGEST_ASKED
        asked.drop([name for name, (moment, _size) in asked.sizes().items() if moment < long_ago])


def _by_intervention(neighbours):
    """{record of an intervention: the Neighbours that its pack may be pinned to}."""
    members = {one.record: one for one in neighbours if one.kind == "intervention"}
    found = {}
    for one in neighbours:
        if one.kind != "intervention":
            beside = [one, *(members[link] for link in one.links if link in members)] if one.kind == "family" else [one]
            for link in one.links:
                found.setdefault(link, []).extend(beside)
    return found


keeper = Keeper()
