"""Prometheus metrics: what the web workers count, in files they share, and what the database says when it is asked.

Off unless WHATWORKS_METRICS_PORT is set. gunicorn then starts `manage.py metrics` beside its workers, a process of its
own on a port of its own, so that a scrape never waits behind readers, nor they behind it.
"""

import functools

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, start_http_server
from prometheus_client.core import GaugeMetricFamily

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

registry = CollectorRegistry()
REQUESTS = Counter(
    "whatworks_requests_total",
    "Answered requests, by the name of the address, class of status, and whether the answer had been kept.",
    ["route", "status", "kept"],
    registry=registry,
)
SECONDS = Histogram(
    "whatworks_request_seconds",
    "Seconds until the answer began.",
    ["kept"],
    buckets=BUCKETS,
    registry=registry,
)


@functools.cache
def _counters(route, status, kept):
    """The children for these labels: looking them up by name costs more than counting."""
    word = "yes" if kept else "no"
    return REQUESTS.labels(route, f"{status}xx", word), SECONDS.labels(word)


def count_request(note, seconds):
    """Count a finished request (a `toolkits.public.kept.note.Note`)."""
    requests, times = _counters(note.route, note.status // 100, note.kept)
    requests.inc()
    times.observe(seconds)


class Database:
    """What is counted in the database, asked once a scrape."""

    def collect(self):
        """Gauges; where the database does not answer only `whatworks_database_up`, which is 0."""
        from django.db import Error, close_old_connections, connection

        if not connection.in_atomic_block:
            close_old_connections()  # one that a restart of the database broke
        try:
            gauges = list(self._gauges())
        except Error:
            gauges = []
        yield GaugeMetricFamily("whatworks_database_up", "Whether the database answers.", value=bool(gauges))
        yield from gauges

    def _gauges(self):
        from toolkits import heartbeat
        from toolkits.models import Inbox, Job, Notice, PublicationCounter

        def gauge(name, what, value):
            return GaugeMetricFamily(f"whatworks_{name}", what, value=value)

        yield gauge("publication_number", "The publication number.", PublicationCounter.objects.get().number)
        waiting = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
        yield gauge("jobs_waiting", "Jobs that wait or run.", waiting.count())
        yield gauge("jobs_failed", "Jobs that failed, ever.", Job.objects.filter(state=Job.State.FAILED).count())
        unsent = Notice.objects.filter(sent_at__isnull=True)
        yield gauge("mail_waiting", "Notices that are not sent yet.", unsent.count())
        yield gauge(
            "mail_refused", "Of those, how many a mail server refused before.", unsent.filter(tries__gt=0).count()
        )
        yield gauge("letters_waiting", "Letters from the public that the runner has not taken.", Inbox.objects.count())
        beat = heartbeat.read()
        yield gauge("runner_seen_timestamp_seconds", "When the runner was last seen at work; 0: never.", beat.at)
        duties = GaugeMetricFamily(
            "whatworks_runner_duty_timestamp_seconds", "When a duty last had something to do.", labels=["duty"]
        )
        for duty, at in sorted(beat.duties.items()):
            duties.add_metric([duty], at)
        yield duties


def all_processes():
    """The registry that is scraped: what all workers counted, and the database."""
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)
    together.register(Database())
    return together


def serve(host, port):
    """Answer scrapes on host and port until the process ends; returns (server, thread)."""
    return start_http_server(port, addr=host, registry=all_processes())
