"""Submit, decide, publish: what each refuses, and what the public reads afterwards."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from evidence.models import Rating
from toolkits import actions, policies, snapshots
from toolkits.models import (
    Decision,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    Redirect,
    Revision,
)
from toolkits.models.publishing import Change

Verdict = Decision.Verdict


def submit(document, by, note="Clearer words"):
    return actions.submit(document=document, by=by, change=Change.WORDING, note=note)


def approve(revision, by):
    return actions.decide(revision=revision, by=by, verdict=Verdict.APPROVED)


@pytest.fixture
def edited(mentoring):
    mentoring.summary = "A pupil meets an older peer or adult every week."
    mentoring.save()
    return mentoring


@pytest.fixture
def approved(edited, editor, reviewer):
    revision = submit(edited, editor)
    approve(revision, reviewer)
    return revision


def page_of(document):
    return PublishedPage.objects.get(record=document.pk)


def test_submitted_text_goes_out_after_another_person_approved(approved, mentoring, reviewer):
    version = actions.publish(revision=approved, by=reviewer)

    page = page_of(mentoring)
    assert version.version == page.version == 2
    assert page.payload["summary"] == page.summary == "A pupil meets an older peer or adult every week."
    assert page.digest == approved.digest == version.digest
    assert page.first_published_at < page.published_at


def test_publishing_raises_the_publication_number(approved, reviewer):
    before = PublicationCounter.objects.get().number
    actions.publish(revision=approved, by=reviewer)
    assert PublicationCounter.objects.get().number == before + 1


def test_what_is_edited_after_approval_stays_a_draft(approved, edited, reviewer, mentoring):
    edited.summary = "Nobody has read this."
    edited.save()
    actions.publish(revision=approved, by=reviewer)
    assert page_of(mentoring).summary == "A pupil meets an older peer or adult every week."


def test_unchanged_record_is_not_submitted(mentoring, editor):
    with pytest.raises(policies.NothingChanged):
        submit(mentoring, editor)


def test_submission_says_what_changed(edited, editor):
    with pytest.raises(policies.Incomplete):
        submit(edited, editor, note="  ")
    assert not Revision.objects.filter(submitted_by=editor).exists()


def test_other_centres_editor_may_not_submit(edited, other_centre_editor):
    with pytest.raises(PermissionDenied):
        submit(edited, other_centre_editor)


def test_other_centres_reviewer_may_not_decide(edited, editor, other_centre_editor):
    revision = submit(edited, editor)
    with pytest.raises(PermissionDenied):
        approve(revision, other_centre_editor)


def test_editor_may_not_decide(edited, editor, second_editor):
    revision = submit(edited, editor)
    with pytest.raises(PermissionDenied):
        approve(revision, second_editor)


def test_reviewer_may_not_approve_own_work(edited, reviewer):
    revision = submit(edited, reviewer)
    with pytest.raises(policies.NotAnother):
        approve(revision, reviewer)


def test_administrator_may_not_approve_own_work(edited, network_admin):
    revision = submit(edited, network_admin)
    with pytest.raises(policies.NotAnother):
        approve(revision, network_admin)


def test_four_eyes_hold_in_the_database(edited, reviewer):
    revision = submit(edited, reviewer)
    with pytest.raises(IntegrityError, match="decision_by_another_person"):
        Decision.objects.create(revision=revision, verdict=Verdict.APPROVED, submitted_by=reviewer, decided_by=reviewer)


def test_database_refuses_a_made_up_submitter(edited, reviewer, editor):
    revision = submit(edited, reviewer)
    with pytest.raises(IntegrityError, match="names the submitter"):
        Decision.objects.create(revision=revision, verdict=Verdict.APPROVED, submitted_by=editor, decided_by=reviewer)


def test_database_refuses_an_import_by_anybody_but_the_loader(edited, editor, network_admin):
    revision = submit(edited, editor)
    with pytest.raises(IntegrityError, match="loader"):
        Decision.objects.create(
            revision=revision, verdict=Verdict.IMPORTED, submitted_by=editor, decided_by=network_admin
        )


def test_unapproved_revision_is_not_published(edited, editor, reviewer):
    revision = submit(edited, editor)
    with pytest.raises(policies.NotApproved):
        actions.publish(revision=revision, by=reviewer)


def test_returned_revision_is_not_published(edited, editor, reviewer):
    revision = submit(edited, editor)
    actions.decide(revision=revision, by=reviewer, verdict=Verdict.RETURNED, note="Which adult?")
    with pytest.raises(policies.NotApproved):
        actions.publish(revision=revision, by=reviewer)


def test_return_gives_its_reason(edited, editor, reviewer):
    revision = submit(edited, editor)
    with pytest.raises(policies.Incomplete):
        actions.decide(revision=revision, by=reviewer, verdict=Verdict.RETURNED)


def test_second_decision_is_refused(approved, reviewer, network_admin):
    with pytest.raises(policies.AlreadyDecided):
        actions.decide(revision=approved, by=network_admin, verdict=Verdict.RETURNED, note="Changed my mind")


def test_approved_revision_is_outdated_by_a_newer_one(approved, edited, editor, reviewer):
    edited.summary = "Newer still."
    edited.save()
    submit(edited, editor)
    with pytest.raises(policies.Outdated):
        actions.publish(revision=approved, by=reviewer)


def test_revision_goes_out_once(approved, reviewer):
    actions.publish(revision=approved, by=reviewer)
    with pytest.raises(policies.WrongState):
        actions.publish(revision=approved, by=reviewer)


def test_tampered_text_is_not_published(approved, reviewer):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE toolkits_revision DISABLE TRIGGER append_only")
        cursor.execute(
            "UPDATE toolkits_revision SET payload = jsonb_set(payload, '{summary}', '\"Slipped in\"') WHERE id = %s",
            [approved.pk],
        )
    with pytest.raises(policies.Tampered):
        actions.publish(revision=approved, by=reviewer)


def test_emergency_publishes_own_work_with_a_reason_and_waits_for_another(edited, reviewer, network_admin):
    revision = submit(edited, reviewer)
    with pytest.raises(policies.Incomplete):
        actions.decide(revision=revision, by=reviewer, verdict=Verdict.EMERGENCY)
    actions.decide(revision=revision, by=reviewer, verdict=Verdict.EMERGENCY, note="The dose was wrong")
    actions.publish(revision=revision, by=reviewer)
    assert policies.is_flagged(revision)
    actions.decide(revision=revision, by=network_admin, verdict=Verdict.APPROVED)
    assert not policies.is_flagged(revision)


def test_changed_rating_needs_a_reason_and_an_unchanged_one_does_not(edited, editor):
    rating = edited.ratings.get(level__scheme__axis="impact")
    rating.level = rating.level.scheme.levels.get(key="3")
    rating.value, rating.label_as_published = "3", ""
    rating.save()
    with pytest.raises(policies.Incomplete, match="Months"):
        submit(edited, editor)
    Rating.objects.filter(pk=rating.pk).update(reason="Four new trials moved the average.")
    assert submit(edited, editor).payload["ratings"][0]["reason"] == "Four new trials moved the average."


def test_moved_page_leaves_a_redirect(edited, editor, reviewer):
    before = page_of(edited).path
    edited.entry.slug = "mentors"
    edited.entry.save()
    revision = submit(edited, editor)
    approve(revision, reviewer)
    actions.publish(revision=revision, by=reviewer)
    assert page_of(edited).path == "/toolkits/teaching-and-learning/mentors/"
    assert Redirect.objects.get(path=before).record == edited.pk


def test_restore_publishes_the_old_content_as_a_new_version(approved, mentoring, reviewer):
    first = page_of(mentoring)
    actions.publish(revision=approved, by=reviewer)
    again = actions.restore(record=mentoring.pk, version=1, by=reviewer, reason="The new words were wrong")
    assert (again.version, again.restored_from, again.digest) == (3, 1, first.digest)
    assert page_of(mentoring).summary == first.summary
    with pytest.raises(policies.NothingChanged):
        actions.restore(record=mentoring.pk, version=3, by=reviewer, reason="Again")


@pytest.mark.parametrize(
    ("action", "state"), [(actions.withdraw, "withdrawn"), (actions.remove, "removed")], ids=["withdraw", "remove"]
)
def test_page_leaves_the_lists_with_a_reason(mentoring, reviewer, editor, action, state):
    with pytest.raises(policies.Incomplete):
        action(record=mentoring.pk, by=reviewer, reason="")
    with pytest.raises(PermissionDenied):
        action(record=mentoring.pk, by=editor, reason="Out of date")
    action(record=mentoring.pk, by=reviewer, reason="Out of date")
    page = page_of(mentoring)
    assert (page.state, page.state_reason) == (state, "Out of date")
    assert PublicationEvent.objects.filter(record=mentoring.pk, verb=state, public=True).count() == 1


def test_restore_ends_a_withdrawal(mentoring, reviewer):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Being checked")
    actions.restore(record=mentoring.pk, version=1, by=reviewer, reason="Checked")
    assert page_of(mentoring).state == "live"


def test_merge_leads_to_a_live_record_of_the_same_kind(mentoring, reviewer, eef):
    with pytest.raises(policies.WrongState):
        actions.merge(record=mentoring.pk, into=eef.pk, by=reviewer, reason="One idea")
    actions.merge(record=mentoring.pk, into=1013, by=reviewer, reason="One idea")
    assert (page_of(mentoring).state, page_of(mentoring).merged_into) == ("merged", 1013)


@pytest.mark.parametrize("model", [Revision, Decision, PublishedVersion, PublicationEvent])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id WHERE id = %s", "DELETE FROM {} WHERE id = %s"])
def test_append_only_tables_refuse(network, model, statement):
    row = model.objects.first()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"):
        cursor.execute(statement.format(model._meta.db_table), [row.pk])


def test_drafts_and_returned_words_stay_out_of_public_events(edited, editor, reviewer):
    revision = submit(edited, editor)
    actions.decide(revision=revision, by=reviewer, verdict=Verdict.RETURNED, note="Which adult?")
    events = PublicationEvent.objects.filter(record=edited.pk, by__in=[editor, reviewer])
    assert {(event.verb, event.public) for event in events} == {("submitted", False), ("returned", False)}


def test_snapshot_digest_survives_the_database(network):
    for revision in Revision.objects.iterator():
        assert revision.digest == snapshots.digest(
            kind=revision.kind, record=revision.record_id, schema=revision.schema, payload=revision.payload
        )


def test_published_version_stays_as_it_was(mentoring, editor, reviewer):
    first = PublishedVersion.objects.get(record=mentoring.pk, version=1)
    for n in range(20):
        mentoring.summary = f"Words of edit {n}."
        mentoring.save()
        if n % 5 == 0:
            revision = submit(mentoring, editor)
            approve(revision, reviewer)
            actions.publish(revision=revision, by=reviewer)
    again = PublishedVersion.objects.get(record=mentoring.pk, version=1)
    kept = {"kind": again.kind, "record": again.record, "schema": again.schema, "payload": again.payload}
    assert snapshots.digest(**kept) == first.digest == again.digest
    assert PublishedVersion.objects.filter(record=mentoring.pk).count() == 5
