"""What Prometheus is told: answers by route and class, and what waits in the database."""

import time

from django.db import OperationalError

from toolkits import heartbeat
from toolkits.models import PublicationCounter
from toolkits.public.kept.note import Note
from whatworks import metrics


def noted(route, status, *, kept):
    note = Note("an-id")
    note.route, note.status, note.kept = route, status, kept
    return note


def test_answers_are_counted_by_route_class_and_whether_they_were_kept():
    def value():
        labels = {"route": "public:test", "status": "2xx", "kept": "yes"}
        return metrics.registry.get_sample_value("whatworks_requests_total", labels) or 0

    before = value()
    metrics.count_request(noted("public:test", 200, kept=True), 0.002)
    metrics.count_request(noted("public:test", 404, kept=False), 0.002)
    assert value() == before + 1


def test_the_database_tells_its_number_and_when_the_runner_was_there(network):
    heartbeat.beat(["send_mail"])
    samples = {s.name: (s.labels, s.value) for family in metrics.Database().collect() for s in family.samples}
    assert samples["whatworks_database_up"][1] == 1
    assert samples["whatworks_publication_number"][1] == PublicationCounter.objects.get().number
    labels, at = samples["whatworks_runner_duty_timestamp_seconds"]
    assert labels == {"duty": "send_mail"}
    assert at <= time.time()


def test_a_database_that_is_away_is_told_as_such(db, monkeypatch):
    def away(self):
        raise OperationalError

    monkeypatch.setattr(metrics.Database, "_gauges", away)
    (only,) = metrics.Database().collect()
    assert [(sample.name, sample.value) for sample in only.samples] == [("whatworks_database_up", 0)]
