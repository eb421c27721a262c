"""What changed: every public event once, in the order in which readers could see it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.publishing import republish
from tests.integration.api.calls import get, path_of, walk
from toolkits import actions, published
from toolkits.models import Change, Decision, PublicationEvent, PublicationStep

CHANGES = path_of("changes")


@pytest.fixture
def changed(mentoring, editor, reviewer):
    """Publish something new; return the number before it."""

    def change(words):
        before = published.publication_number()
        mentoring.summary = words
        mentoring.save()
        republish(mentoring, editor, reviewer, note=words)
        return before

    return change


def test_every_public_event_is_told_once_and_no_other(network, client):
    told = [event["event"] for event in walk(client, CHANGES, limit=100)]
    public = PublicationEvent.objects.filter(public=True).values_list("pk", flat=True)
    assert sorted(told) == sorted(public)
    assert len(told) > 300
    assert PublicationEvent.objects.filter(public=False).exists()


def test_since_a_publication_is_what_came_after_it(network, client, mentoring, changed):
    before = changed("Pupils meet every week.")
    (event,) = get(client, CHANGES, since=before)["data"]
    assert (event["record"], event["kind"], event["verb"], event["version"]) == (
        mentoring.pk,
        "intervention",
        "published",
        2,
    )
    assert (event["change"], event["reason"]) == ("wording", "Pupils meet every week.")
    assert event["publication"] == before + 1 == published.publication_number()
    assert event["permanent_address"].endswith(f"/record/{mentoring.pk}/v2/")
    assert event["compare_address"].endswith(f"/record/{mentoring.pk}/compare/?a=1&b=2")
    assert get(client, CHANGES, since=before + 1)["data"] == []


def test_every_verb_is_told_with_its_reason(network, client, mentoring, reviewer):
    before = published.publication_number()
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="A study was retracted.")
    actions.restore(record=mentoring.pk, version=1, by=reviewer, reason="The study stands.")
    actions.remove(record=mentoring.pk, by=reviewer, reason="It named a child.")
    events = get(client, CHANGES, since=before)["data"]
    assert [(event["verb"], event["reason"]) for event in events] == [
        ("withdrawn", "A study was retracted."),
        ("restored", "The study stands."),
        ("removed", "It named a child."),
    ]
    assert [event["publication"] for event in events] == [before + 1, before + 2, before + 3]


def test_since_a_day_or_a_moment(network, client):
    today = timezone.localdate()
    assert get(client, CHANGES, since=today.isoformat())["data"]
    assert get(client, CHANGES, since=(today + datetime.timedelta(days=1)).isoformat())["data"] == []
    moment = PublicationEvent.objects.filter(public=True).order_by("-at")[0].at
    found = walk(client, CHANGES, since=moment.isoformat())
    assert found
    assert {event["at"][:19] for event in found} == {moment.strftime("%Y-%m-%dT%H:%M:%S")}


def test_since_moments_beyond_all_years(network, client):
    assert get(client, CHANGES, since="0001-01-01T00:00:00+23:59")["data"]
    assert get(client, CHANGES, since="9999-12-31T23:59:59-23:59")["data"] == []


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "2026-02-30", "-1", "2026-11-01 noon"])
def test_since_nothing_that_there_is(network, client, since):
    problem = get(client, CHANGES, 400, since=since)
    assert problem["errors"][0]["where"] == "since"
    assert problem["errors"][0]["mend"]


def test_later_is_asked_next_time_and_outlives_publications(network, client, changed):
    before = published.publication_number()
    later = get(client, CHANGES, since=before)["later"]
    assert get(client, later)["data"] == []
    changed("Pupils meet every week.")
    changed("Pupils meet every day.")
    answer = get(client, later)
    assert [event["reason"] for event in answer["data"]] == ["Pupils meet every week.", "Pupils meet every day."]
    assert get(client, answer["later"])["data"] == []


def test_an_event_that_was_written_first_and_seen_last_comes_last(network, client, mentoring, editor, reviewer):
    """As when a long transaction ends after a short one: its events are older, its publication number is higher."""
    before = published.publication_number()
    slow = PublicationEvent(
        record=1013, kind="intervention", verb="withdrawn", public=True, version=1, title="Slow", at=timezone.now()
    )
    slow.by = reviewer
    mentoring.summary = "Pupils meet every week."
    mentoring.save()
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Quick")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    number = PublicationEvent.objects.latest("pk").pk
    actions.publish(revision=revision, by=reviewer)
    slow.pk = number - 1_000_000
    slow.save(force_insert=True)
    actions.raise_publication_number()
    events = get(client, CHANGES, since=before)["data"]
    assert [event["publication"] - before for event in events] == [1, 2]
    assert events[1]["title"] == "Slow"
    assert events[1]["event"] < events[0]["event"]


def test_a_number_without_events_is_no_step(network, client):
    before = published.publication_number()
    actions.raise_publication_number()
    assert get(client, CHANGES, since=before)["data"] == []


def test_which_number_an_event_came_with_cannot_be_changed(network):
    step = PublicationStep.objects.first()
    for statement in (
        "UPDATE toolkits_publicationstep SET number = 0 WHERE event_id = %s",
        "DELETE FROM toolkits_publicationstep WHERE event_id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [step.pk])
