"""Readers who look at every answer: whole and of one edition, or an honest "come again"; never half of one, never a 500."""

import collections
import http.client
import json
import re
import threading
import time
from urllib.parse import urlsplit

BETWEEN = 0.2  # seconds between two answers of a thread: each is rendered, as something was published since the last
MARK = re.compile(r"edition(\d+)x(\d+)x")


class Readers:
    """Ask for some addresses in turn, in threads, until told to stop; `problems` are what no reader may ever be given.

    `counts` are answers by kind; `seen` are (record, version, digest, edition) as the API gave them.
    """

    def __init__(self, address, paths, *, threads=2):
        self.host = urlsplit(address).netloc
        self.paths = paths
        self.counts = collections.Counter()
        self.problems = []
        self.seen = set()
        self._newest = collections.Counter()
        self._there = set()
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._read_on, args=[place]) for place in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception):
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _read_on(self, place):
        while not self._done.is_set():
            self.read_one(place)
            place += 1
            time.sleep(BETWEEN)

    def read_one(self, place):
        """Ask for one address and look at what comes."""
        path = self.paths[place % len(self.paths)]
        before = self._newest.copy()
        try:
            connection = http.client.HTTPConnection(self.host, timeout=30)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
        except (OSError, http.client.HTTPException):
            self.counts["cut off"] += 1  # by a killed worker: a proxy or browser asks again
            time.sleep(0.05)
            return
        with self._lock:
            try:
                self._look(path, answer, body, before)
            except AssertionError as error:
                self.problems.append(f"{path}: {error}")

    def _look(self, path, answer, body, before):
        text = body.decode()
        assert "Traceback" not in text, "a traceback"
        if answer.status == 503:
            assert int(answer.headers["Retry-After"]) > 0, "503 without Retry-After"
            assert not MARK.search(text), "503 with words of a page"
            self.counts["503"] += 1
            return
        if answer.status == 404 and path not in self._there:
            self.counts["not yet public"] += 1
            return
        assert answer.status == 200, f"status {answer.status}"
        stale = "stale" in answer.headers.get("Cache-Status", "")
        self.counts["stale" if stale else "new"] += 1
        self._there.add(path)
        editions = collections.defaultdict(set)
        # What is new, at home and in the feeds, names every publication, and so may name two of one record.
        for record, number in () if path == "/" or path.startswith("/feeds/") else MARK.findall(text):
            editions[int(record)].add(int(number))
        mixed = {record: numbers for record, numbers in editions.items() if len(numbers) > 1}
        assert not mixed, f"editions mixed: {mixed}"
        for record, numbers in editions.items():
            (number,) = numbers
            if not stale:  # of two processes one may have kept an older one
                assert number >= before.get(record, 0), f"{record}: {number} after {before.get(record)}"
                self._newest[record] = max(number, self._newest[record])
            if path == f"/api/v1/records/{record}/":
                document = json.loads(text)["data"]
                self.seen.add((record, document["version"], document["digest"], number))
