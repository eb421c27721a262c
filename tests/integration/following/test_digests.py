"""Who follows is told what changed and why, once, and stops in one click."""

import datetime
import smtplib
from email import message_from_bytes
from urllib.parse import urlsplit

import pytest
from django.core import mail

from tests.factories.publishing import republish
from tests.integration.following.by_mail import (
    FRIDAY,
    MENTORING,
    NEXT_MONDAY,
    SATURDAY,
    confirmed,
    digest,
)
from toolkits import actions, intake
from toolkits.models import Change, Decision, Follow, Follower, Inbox


def test_a_digest_says_what_changed_why_and_both_versions_and_comes_once(
    network, client, mentoring, editor, reviewer, clock
):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    republish(mentoring, editor, reviewer, note="Said more plainly")
    assert digest(clock, SATURDAY) == []
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.subject == "Mentoring: 1 change"
    for said in (
        "Wording: Said more plainly",
        f"Version 2: http://localhost:8000/record/{MENTORING}/v2/",
        f"Version 1, before: http://localhost:8000/record/{MENTORING}/v1/",
        f"/record/{MENTORING}/compare/?a=1&b=2",
        "reader@example.org was confirmed",
    ):
        assert said in letter.body
    assert digest(clock, NEXT_MONDAY + datetime.timedelta(hours=1)) == []
    # A runner that was away for two weeks has nothing to tell twice.
    assert digest(clock, NEXT_MONDAY + datetime.timedelta(days=15)) == []


def test_every_mail_can_be_stopped_in_one_click_without_a_form(network, client, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    raw = message_from_bytes(mail.outbox[-1].message().as_bytes())
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Content-Type"].startswith("text/plain")
    where = urlsplit(raw["List-Unsubscribe"].strip().strip("<>")).path
    assert client.get(where).status_code == 200
    assert not Inbox.objects.filter(kind="stop").exists()
    response = client.post(where, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    intake.take_inbox()
    assert not Follower.objects.exists()
    assert not Follow.objects.exists()
    assert client.post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_correction_says_what_was_wrong_and_what_that_does(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    revision = actions.submit(
        document=mentoring,
        by=editor,
        change=Change.CORRECTION,
        note="It is every week",
        wrong="It said every month.",
        conclusion="same",
    )
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "  Correction: It is every week\n" in letter.body
    assert "  What was wrong: It said every month. The conclusion is the same.\n" in letter.body


def test_a_minor_change_is_not_told(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = mentoring.summary + " Or so."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, minor=True)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    assert digest(clock, NEXT_MONDAY) == []


@pytest.mark.parametrize("kind", ["toolkit", "centre", "network"])
def test_what_belongs_to_a_toolkit_a_centre_or_the_network_is_told_with_it_and_once(
    network, client, reviewer, clock, mentoring, eef, kind
):
    clock(FRIDAY)
    record = {"toolkit": mentoring.entry.toolkit_id, "centre": eef.pk, "network": None}[kind]
    confirmed(client, **({"record": record} if record else {}))
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.body.count("Under review") == 1
    assert "Withdrawn" in letter.body


def test_a_list_tells_what_is_new_in_it_and_what_left(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    outcome = mentoring.outcomes.first()
    search = f"/interventions/?sort=changed&view=table&centre=eef&outcome={outcome.slug}"
    follow = confirmed(client, search=search)
    assert follow.search == f"/interventions/?outcome={outcome.slug}&centre=eef"
    assert MENTORING in follow.found
    clock(FRIDAY + datetime.timedelta(hours=1))
    mentoring.outcomes.clear()
    republish(mentoring, editor, reviewer, note="Not about that")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "It is no longer in this list." in letter.body
    assert "Not about that" in letter.body
    clock(NEXT_MONDAY + datetime.timedelta(hours=1))
    mentoring.outcomes.add(outcome)
    republish(mentoring, editor, reviewer, note="It is after all")
    (letter,) = digest(clock, NEXT_MONDAY + datetime.timedelta(days=7))
    assert "It is new in this list." in letter.body


def test_a_list_that_can_no_longer_be_asked_for_says_so_once_and_ends(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, search="/interventions/?centre=eef")
    Follow.objects.filter(pk=follow.pk).update(search="/interventions/?centre=eef&outcome=no-such-outcome")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "no-such-outcome" in letter.body
    assert "you no longer follow it" in letter.body
    assert not Follower.objects.exists()


def test_what_is_removed_is_told_and_followed_no_longer(network, client, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.remove(record=MENTORING, by=reviewer, reason="Published by mistake")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "Published by mistake" in letter.body
    assert not Follow.objects.exists()


def test_a_long_digest_is_cut_and_says_how_much_is_left_out(network, client, reviewer, clock, mentoring):
    clock(FRIDAY)
    confirmed(client)
    clock(FRIDAY + datetime.timedelta(hours=1))
    for record in range(1001, 1034):
        actions.withdraw(record=record, by=reviewer, reason=f"Reason of {record}")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.body.count("Reason of") == 30
    # The newest are told.
    assert "Reason of 1033" in letter.body
    assert "Reason of 1003" not in letter.body
    assert "And 3 earlier changes" in letter.body


def test_a_refused_mail_is_tried_again_and_an_address_that_never_takes_one_is_deleted(
    network, client, reviewer, server, clock
):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    moment = NEXT_MONDAY
    for _ in range(7):
        server(smtplib.SMTPRecipientsRefused({}))
        assert Follower.objects.exists()
        assert digest(clock, moment) == []
        moment += datetime.timedelta(days=1)
    assert not Follower.objects.exists()


def test_a_server_that_is_away_costs_nobody_a_digest(network, client, reviewer, server, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    server(*[ConnectionRefusedError()] * 1)
    assert digest(clock, NEXT_MONDAY) == []
    assert len(digest(clock, NEXT_MONDAY + datetime.timedelta(minutes=10))) == 1
