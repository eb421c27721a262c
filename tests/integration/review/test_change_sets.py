"""Several pages as one change set: all or none."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evidence.models import Intervention
from toolkits import actions, policies, runner
from toolkits.models import Appointment, Change, ChangeSet, Decision, PublishedPage, PublishedVersion, Revision

Verdict = Decision.Verdict
SAID = {"change": Change.WORDING, "note": "Plain words throughout"}


@pytest.fixture
def pages(eef):
    found = list(Intervention.objects.filter(centre=eef).order_by("pk")[:3])
    for page in found:
        page.summary = f"{page.summary} In plain words."
        page.save()
    return found


@pytest.fixture
def change_set(pages, editor):
    return actions.submit_together(documents=pages, title="Plain words", by=editor, **SAID)


def out(pages):
    return PublishedVersion.objects.filter(record__in=[page.pk for page in pages], version=2).count()


def test_submitted_decided_and_published_together(change_set, pages, reviewer):
    assert change_set.revisions.count() == 3
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Verdict.APPROVED)
    assert len(actions.publish_together(change_set=change_set, by=reviewer)) == 3
    assert out(pages) == 3


def test_one_that_cannot_be_submitted_stops_all_and_is_named(pages, editor):
    unchanged = Intervention.objects.filter(centre=pages[0].centre).exclude(pk__in=[page.pk for page in pages]).first()
    with pytest.raises(policies.NothingChanged, match=unchanged.name):
        actions.submit_together(documents=[*pages, unchanged], title="Plain words", by=editor, **SAID)
    assert not ChangeSet.objects.exists()
    assert not Revision.objects.filter(submitted_by=editor).exists()


def test_one_that_may_not_go_out_holds_all_back(change_set, pages, reviewer):
    revisions = policies.members(change_set)
    for revision in revisions[:2]:
        actions.decide(revision=revision, by=reviewer, verdict=Verdict.APPROVED)
    with pytest.raises(policies.NotApproved, match=revisions[2].title):
        actions.publish_together(change_set=change_set, by=reviewer)
    assert out(pages) == 0


def test_none_goes_alone(change_set, reviewer):
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Verdict.APPROVED)
    with pytest.raises(policies.WrongState, match="Plain words"):
        actions.publish(revision=change_set.revisions.first(), by=reviewer)


def test_a_returned_page_is_submitted_into_it_again(change_set, pages, editor, reviewer):
    first = policies.members(change_set)[0]
    actions.decide(revision=first, by=reviewer, verdict=Verdict.RETURNED, note="Too long")
    pages[0].summary = "Shorter."
    pages[0].save()
    actions.submit(document=pages[0], by=editor, change_set=change_set, **SAID)
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Verdict.APPROVED)
    actions.publish_together(change_set=change_set, by=reviewer)
    assert out(pages) == 3
    assert PublishedPage.objects.get(record=pages[0].pk).summary == "Shorter."


def test_pages_of_two_centres_do_not_go_together(pages, yef, network_admin):
    theirs = Intervention.objects.filter(centre=yef).first()
    with pytest.raises(policies.WrongState, match="one centre"):
        actions.submit_together(documents=[*pages, theirs], title="Both", by=network_admin, **SAID)


def test_nobody_decides_on_own_pages(change_set, editor, other_centre_editor):
    for somebody in (editor, other_centre_editor):
        with pytest.raises(PermissionDenied):
            actions.decide_together(change_set=change_set, by=somebody, verdict=Verdict.APPROVED)


def test_it_goes_out_at_its_time_all_or_none(change_set, pages, editor, reviewer):
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Verdict.APPROVED)
    at = timezone.now() + datetime.timedelta(hours=1)
    appointment = actions.appoint(change_set=change_set, at=at, by=editor)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    assert runner.keep_appointments()
    appointment.refresh_from_db()
    assert (appointment.state, out(pages)) == (Appointment.State.KEPT, 3)


def test_at_its_time_one_refusal_keeps_all_back(change_set, pages, editor, reviewer):
    actions.decide_together(change_set=change_set, by=reviewer, verdict=Verdict.APPROVED)
    at = timezone.now() + datetime.timedelta(hours=1)
    appointment = actions.appoint(change_set=change_set, at=at, by=editor)
    last = policies.members(change_set)[-1]
    PublishedPage.objects.filter(record=last.record_id).update(path="/elsewhere/")
    taken = PublishedPage.objects.filter(kind="report").first()
    PublishedPage.objects.filter(record=taken.record).update(path=last.path)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    assert runner.keep_appointments()
    appointment.refresh_from_db()
    assert appointment.state == Appointment.State.REFUSED
    assert last.title in appointment.outcome
    assert out(pages) == 0
