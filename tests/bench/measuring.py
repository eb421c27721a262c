"""Measures the five requests of W on one database: kept and rendered answers, beside the bare page, in turns.

*Kept* is an answer that the worker gives again; *rendered* is one made afresh by a worker that may keep no
answer at all (WHATWORKS_ANSWER_CACHE_BYTES=0) and has its facet index. In each round every kind has its burst,
one after another, so that all see the same minute of a shared machine; figures are medians over the rounds.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys

import psycopg

from tests.bench import checking
from tests.bench.serving import ROOT, Database, Server

KINDS = ("bare", "kept", "kept, gzip", "rendered")
CONNECTIONS = (1, 8)
CHECKS = 8  # each on a connection of its own, so that every worker is asked, and builds its index
MOST = 20_000


class Client:
    """The load generator, in a process of its own."""

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.client"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(self, *exception):
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def burst(self, **what):
        """See client.burst. RuntimeError where an answer was not what it should be."""
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load generator stopped while asking for {what['path']}")
        return json.loads(line)


def _variables(url, **more):
    # The demonstration differs from production in its accounts and in serving without TLS; nothing else.
    return {
        "DJANGO_SETTINGS_MODULE": "whatworks.settings",
        "DATABASE_URL": url,
        "WHATWORKS_DEMO": "1",
        "WHATWORKS_SECRET_KEY": "for measuring only",
        **more,
    }


class Bench:
    """The servers of one database, and everything needed to measure them."""

    def __init__(self, url, expected):
        self._url, self._expected = url, expected

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.kept = stack.enter_context(Server("whatworks.wsgi", _variables(self._url)))
            variables = _variables(self._url, WHATWORKS_ANSWER_CACHE_BYTES="0")
            self.rendered = stack.enter_context(Server("whatworks.wsgi", variables))
            self.bare = stack.enter_context(Server("tests.bench.bare", answers="/100/"))
            self.client = stack.enter_context(Client())
            connection = stack.enter_context(psycopg.connect(self._url, autocommit=True))
            self.database = Database(connection)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception):
        self._stack.__exit__(*exception)

    def check(self, letter):
        """The path and size of a request's answer, after every worker gave the right one; raises checking.Wrong."""
        path = checking.path_of(letter, self._expected[letter])
        sizes = set()
        for server in (self.kept, self.rendered):
            for _ in range(CHECKS):
                _, html = server.get(path)
                checking.check(letter, html, self._expected[letter])
                sizes.add(len(html.encode()))
        # Only the port in an absolute address may differ, and all have the same number of digits or one less.
        if max(sizes) - min(sizes) > 10:
            raise checking.Wrong(f"{letter}: answers of {sorted(sizes)} bytes")
        return path, max(sizes)

    def _burst(self, kind, path, size, connections, seconds):
        server = {"bare": self.bare, "rendered": self.rendered}.get(kind, self.kept)
        what = {"port": server.port, "path": path, "connections": connections, "seconds": seconds, "most": MOST}
        if kind == "bare":
            what |= {"path": f"/{size}/", "length": size}
        if kind == "kept, gzip":
            what["headers"] = ["Accept-Encoding: gzip"]
        self.client.burst(**what | {"seconds": 0.05})  # wakes all workers, and lets each keep the answer
        web, database = server.cpu_seconds(), self.database.cpu_seconds()
        found = self.client.burst(**what)
        found["web_ms"] = (server.cpu_seconds() - web) / found["count"] * 1000
        after = self.database.cpu_seconds()
        if kind != "bare" and None not in (database, after):
            found["database_ms"] = (after - database) / found["count"] * 1000
        found["per_second"] = found["count"] / found["seconds"]
        return found

    def measure(self, letter, *, rounds, seconds):
        """{kind: {connections: figures}} of a request, each figure the median over the rounds."""
        path, size = self.check(letter)
        found = {kind: {} for kind in KINDS}
        for connections in CONNECTIONS:
            bursts = {kind: [] for kind in KINDS}
            for turn in range(rounds):
                for place in range(len(KINDS)):
                    kind = KINDS[(place + turn) % len(KINDS)]
                    bursts[kind].append(self._burst(kind, path, size, connections, seconds))
            for kind, all_of_it in bursts.items():
                figures = {
                    name: statistics.median(one[name] for one in all_of_it)
                    for name in ("median_ms", "p95_ms", "per_second", "web_ms", "database_ms", "bytes")
                    if name in all_of_it[0]
                }
                pairs = zip(all_of_it, bursts["bare"], strict=True)
                figures["ratio"] = statistics.median(one["per_second"] / bare["per_second"] for one, bare in pairs)
                figures["requests"] = sum(one["count"] for one in all_of_it)
                found[kind][connections] = figures
        return found


def count_queries(url, paths):
    """{path: {"rendered": statements, "kept": statements}}."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.queries", *paths],
        cwd=ROOT,
        env=os.environ | _variables(url),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def measure(url, expected, *, rounds, seconds, letters, say):
    """Everything about one database; `say(text)` is told what goes on. A request answered wrong is not timed."""
    found = {"requests": {}, "wrong": {}}
    with Bench(url, expected) as bench:
        for letter in letters:
            try:
                found["requests"][letter] = bench.measure(letter, rounds=rounds, seconds=seconds)
                say(f"  {letter} measured")
            except checking.Wrong as wrong:
                found["wrong"][letter] = str(wrong)
                say(f"  {letter} NOT TIMED, the answer is wrong: {wrong}")
        found["memory"] = {"kept": bench.kept.memory(), "rendered": bench.rendered.memory()}
    paths = {letter: checking.path_of(letter, expected[letter]) for letter in found["requests"]}
    counted = count_queries(url, list(paths.values()))
    found["queries"] = {letter: counted[path] for letter, path in paths.items()}
    return found
