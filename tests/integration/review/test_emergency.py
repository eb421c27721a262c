"""One person may publish what cannot wait, for a reason; it stays flagged until another approves it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from toolkits import actions, policies
from toolkits.editorial.queue import queue_for
from toolkits.models import Change, Decision, PublishedPage

REASON = "A named child was in the summary"


@pytest.fixture
def sent_out(edited, reviewer):
    revision = actions.submit(document=edited, by=reviewer, change=Change.WORDING, note="Removed a name")
    actions.publish_in_emergency(revision=revision, by=reviewer, reason=REASON)
    return revision


def test_it_goes_out_at_once_and_is_listed(sent_out, edited, reviewer):
    assert PublishedPage.objects.get(record=edited.pk).summary == edited.summary
    assert policies.is_flagged(sent_out)
    assert sent_out in queue_for(reviewer)["flagged"]


def test_it_stays_listed_after_something_newer_was_submitted(sent_out, edited, editor, reviewer):
    edited.summary = "Newer words."
    edited.save()
    actions.submit(document=edited, by=editor, change=Change.WORDING, note="Newer")
    assert sent_out in queue_for(reviewer)["flagged"]


def test_no_reason_no_emergency(submitted, reviewer):
    with pytest.raises(policies.Incomplete, match="cannot wait"):
        actions.publish_in_emergency(revision=submitted, by=reviewer, reason=" ")
    assert not submitted.decisions.exists()


def test_an_editor_declares_none(submitted, editor):
    with pytest.raises(PermissionDenied):
        actions.publish_in_emergency(revision=submitted, by=editor, reason=REASON)
    assert PublishedPage.objects.get(record=submitted.record_id).version == 1


def test_only_a_third_person_clears_it(submitted, editor, reviewer, second_reviewer):
    actions.publish_in_emergency(revision=submitted, by=reviewer, reason=REASON)
    for somebody in (editor, reviewer):
        with pytest.raises((policies.NotAnother, PermissionDenied)):
            actions.decide(revision=submitted, by=somebody, verdict=Decision.Verdict.APPROVED)
    assert policies.is_flagged(submitted)
    actions.decide(revision=submitted, by=second_reviewer, verdict=Decision.Verdict.APPROVED)
    assert not policies.is_flagged(submitted)


def test_the_database_says_so_too(submitted, reviewer):
    actions.publish_in_emergency(revision=submitted, by=reviewer, reason=REASON)
    with pytest.raises(IntegrityError, match="does not approve it"):
        Decision.objects.create(
            revision=submitted,
            verdict=Decision.Verdict.APPROVED,
            submitted_by_id=submitted.submitted_by_id,
            decided_by=reviewer,
        )
