"""Thirty kinds of action are thirty kinds of entry, and nobody changes an entry."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from centres import audit
from centres.models import AuditEntry, Centre, Invitation, Membership, Role
from evidence.models import (
    Intervention,
    Outcome,
    Rating,
    RatingLevel,
    Report,
)
from tests.factories import person
from tests.integration import audit_rows
from tests.integration.audit_rows import MENTORING, newest, submit
from toolkits import actions
from toolkits.models import (
    Appointment,
    Change,
    Comment,
    Conclusion,
    Decision,
    Flag,
    PublicationEvent,
    PublishedPage,
)


def approve(document, by, reviewer, summary, **said):
    revision = submit(document, by, summary, **said)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    return revision


@pytest.fixture
def everything_done(mentoring, eef, editor, reviewer, network_admin):
    """Thirty-odd kinds of action, done by three people, as {(action, kind)} that must have been entered."""
    other = Intervention.objects.filter(centre=eef).exclude(pk=mentoring.pk).first()
    outcome = Outcome.objects.exclude(pk__in=mentoring.outcomes.all()).first()
    rating = audit_rows.rating()
    with audit.speak_for(editor):
        draft = Intervention.objects.create(centre=eef, name="Draft", summary="A draft.", source_url="https://x.org")
        Rating.objects.create(intervention=draft, level=rating.level, reason="A trial")
        Rating.objects.filter(intervention=draft).update(reason="Two trials")
        Rating.objects.filter(intervention=draft).delete()
        mentoring.outcomes.add(outcome)
        mentoring.outcomes.remove(outcome)
        audit_rows.job()
        Report.objects.filter(pk=Report.objects.first().pk).update(topic="Reading")
        Intervention.objects.filter(pk=draft.pk).update(summary="Still a draft.")
        audit.record(action="exported", by=editor, kind="evidence_intervention", centre=eef)
    with audit.speak_for(network_admin):
        somebody = person("newcomer", eef, Role.Name.EDITOR)
        somebody.set_password("correct horse battery staple")
        somebody.save()
        Role.objects.filter(person=somebody).update(ended=timezone.localdate() + datetime.timedelta(days=9))
        invitation = audit_rows.invitation()
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
        Outcome.objects.filter(pk=outcome.pk).update(name="Another name")
        RatingLevel.objects.filter(pk=rating.level_id).update(meaning="Clearer")
        Membership.objects.filter(centre=eef).update(basis="A letter")
        Centre.objects.filter(pk=eef.pk).update(hosts="Another host")
    returned = submit(mentoring, editor)
    actions.comment(revision=returned, by=reviewer, text="One thing.")
    actions.decide(revision=returned, by=reviewer, verdict=Decision.Verdict.RETURNED, note="Not yet.")
    revision = approve(mentoring, editor, reviewer, "Somebody older listens.")
    later = timezone.now() + datetime.timedelta(hours=1)
    actions.cancel_appointment(appointment=actions.appoint(revision=revision, at=later, by=editor), by=editor)
    appointment = actions.appoint(revision=revision, at=later, by=editor)
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now())
    PublishedPage.objects.filter(pk=other.pk).update(cites=[MENTORING])
    actions.keep_next_appointment()
    flag = Flag.objects.get(record=other.pk)
    actions.settle_flag(flag=flag, by=editor, settlement="It still holds.")
    said = {"change": Change.CORRECTION, "wrong": "The wrong person.", "conclusion": Conclusion.SAME}
    actions.publish(revision=approve(mentoring, editor, reviewer, "Somebody helps.", **said), by=reviewer)
    actions.publish_in_emergency(revision=submit(mentoring, editor, "Helps."), by=reviewer, reason="Harm")
    actions.withdraw(record=MENTORING, by=reviewer, reason="Checking")
    actions.restore(record=MENTORING, version=1, by=reviewer, reason="Checked")
    actions.merge(record=MENTORING, into=other.pk, by=reviewer, reason="The same")
    actions.remove(record=1012, by=reviewer, reason="In error")
    return THIRTY


THIRTY = {
    *((verb, "toolkits_publicationevent") for verb in PublicationEvent.Verb.values),
    *((state, "toolkits_appointment") for state in ("scheduled", "cancelled", "kept")),
    *((verb, "toolkits_flag") for verb in ("flagged", "settled")),
    *((verb, "evidence_rating") for verb in ("added", "changed", "deleted")),
    *((verb, "evidence_intervention_outcomes") for verb in ("added", "deleted")),
    *((verb, "centres_role") for verb in ("role given", "role ended")),
    *((verb, "centres_invitation") for verb in ("invited", "invitation withdrawn")),
    ("added", "evidence_intervention"),
    ("changed", "evidence_intervention"),
    ("exported", "evidence_intervention"),
    ("decided", "toolkits_decision"),
    ("commented", "toolkits_comment"),
    ("added", "toolkits_job"),
    ("changed", "evidence_report"),
    ("added", "centres_person"),
    ("password changed", "centres_person"),
    ("changed", "evidence_outcome"),
    ("changed", "evidence_ratinglevel"),
    ("changed", "centres_membership"),
    ("changed", "centres_centre"),
    ("changed", "toolkits_publishedpage"),
}


def test_thirty_kinds_of_action_are_thirty_kinds_of_entry(everything_done, editor, reviewer, network_admin):
    by_people = AuditEntry.objects.filter(person__in=[editor, reviewer, network_admin])
    assert len(everything_done) >= 30
    assert everything_done - set(by_people.values_list("action", "kind")) == set()


CHANGES_OF_ENTRIES = [
    "UPDATE centres_auditentry SET person_id = 1",
    "UPDATE centres_auditentry SET after = '{}' WHERE id = (SELECT max(id) FROM centres_auditentry)",
    "DELETE FROM centres_auditentry",
    "INSERT INTO centres_auditentry (id, action, kind, key, note, transaction) SELECT max(id), 'x', '', '', '', 1 "
    "FROM centres_auditentry ON CONFLICT (id) DO UPDATE SET action = 'x'",
]


@pytest.mark.parametrize("statement", CHANGES_OF_ENTRIES)
def test_the_database_refuses_to_change_an_entry_even_for_the_tables_owner(mentoring, statement):
    Intervention.objects.filter(pk=mentoring.pk).update(summary="Somebody older helps.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'centres_auditentry'")
        assert cursor.fetchone()[0]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_orm_changes_no_entry(mentoring):
    Intervention.objects.filter(pk=mentoring.pk).update(summary="Somebody older helps.")
    entry = newest("evidence_intervention")
    entry.action = "nothing"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(note="x")
    assert newest("evidence_intervention").action == "changed"


def test_a_comment_and_a_correction_are_append_only_too(everything_done):
    for table in ("toolkits_comment", "toolkits_publishedcorrection"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert Comment.objects.exists()
