"""The audit trail: what each table enters."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.utils import timezone

from centres import audit
from centres.models import AuditEntry
from centres.records import RecordNumber
from evidence.models import Synthesis
from tests.integration import audit_rows
from tests.integration.audit_rows import MENTORING, newest, submit
from toolkits import actions
from toolkits.audit_trail import audited_tables
from toolkits.models import Decision, Job

NOT_AUDITED = {
    "centres_auditentry": "the trail itself",
    "centres_person_groups": "Django's; no right follows from it",
    "centres_person_user_permissions": "Django's; no right follows from it",
    "account_emailaddress": "allauth's; nothing reads it",
    "account_emailconfirmation": "allauth's; nobody confirms an address",
    "usersessions_usersession": "when somebody was last seen; a sign-in and its end are entered by name",
    "toolkits_publishedversion": "append-only, written whole with the event that is entered",
    "toolkits_publishedcorrection": "append-only, written whole with the event that is entered",
    "toolkits_publicationstep": "append-only, written with the event that is entered",
    "toolkits_searchedpage": "a trigger keeps it from the published page, which is entered",
    "toolkits_publishedword": "a trigger keeps it from the published page, which is entered",
    "toolkits_publicationcounter": "a number that every publication raises",
    "toolkits_columnmapping": "which heading of a file was read as what the last time: a default of a form",
    "toolkits_inbox": "what visitors sent, emptied once it is taken: the trail would keep it for good",
    "toolkits_follower": "an address that is deleted when its owner says so: the trail would keep it for good",
    "toolkits_follow": "what an address follows, deleted with it",
    "toolkits_notice": "the mail itself: it says to whom, of what and when",
}


def test_every_table_is_audited_or_says_why_not(db):
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in {"centres", "evidence", "toolkits", "account", "mfa", "usersessions"}
    }
    assert set(audited_tables()) | set(NOT_AUDITED) == ours
    assert set(audited_tables()) & set(NOT_AUDITED) == set()


LINKS = ("outcomes", "settings", "age_bands", "unrated_outcomes")
# Append-only, so that rows are only added; with what adds one.
ADDED = {
    "toolkits_revision": "added",
    "toolkits_publicationevent": "submitted",
    "toolkits_decision": "decided",
    "toolkits_comment": "commented",
}


def test_the_three_tables_below_hold_every_audited_table(db):
    links = {f"evidence_intervention_{name}" for name in LINKS} | {"evidence_synthesis_interventions"}
    assert set(audit_rows.ROWS) | links | set(ADDED) == set(audited_tables())


@pytest.mark.parametrize("table", audit_rows.ROWS)
def test_a_change_enters_who_what_where_and_from_what_to_what(network, editor, table):
    make, column, value, record, centre = audit_rows.ROWS[table]
    row, value = make(), value() if callable(value) else value
    before = getattr(row, column)
    with audit.speak_for(editor):
        type(row).objects.filter(pk=row.pk).update(**{column: value})
    row.refresh_from_db()
    entry = newest(table)
    assert (entry.person, entry.action) == (editor, "role ended" if table == "centres_role" else "changed")
    assert (entry.key, entry.record, entry.centre_id) == (str(row.pk), record(row), centre(row))
    assert (entry.before, entry.after) == ({column: before}, {column: value})
    assert entry.at <= timezone.now()
    assert entry.transaction


@pytest.mark.parametrize("name", LINKS)
def test_a_term_given_and_taken_is_entered_with_its_intervention(mentoring, editor, name):
    relation = getattr(mentoring, name)
    term = relation.model.objects.exclude(pk__in=relation.all()).first()
    with audit.speak_for(editor):
        relation.add(term)
        relation.remove(term)
    entries = AuditEntry.objects.filter(kind=f"evidence_intervention_{name}").order_by("pk")
    assert [(e.action, e.person, e.record, e.centre_id) for e in entries] == [
        ("added", editor, MENTORING, mentoring.centre_id),
        ("deleted", editor, MENTORING, mentoring.centre_id),
    ]
    assert entries[0].after == entries[1].before
    assert term.pk in entries[0].after.values()


def test_an_intervention_given_to_a_synthesis_is_entered_with_the_synthesis(mentoring, editor):
    synthesis = Synthesis.objects.first()
    with audit.speak_for(editor):
        synthesis.interventions.add(mentoring)
    entry = newest("evidence_synthesis_interventions")
    assert (entry.action, entry.person, entry.record) == ("added", editor, synthesis.pk)
    assert mentoring.pk in entry.after.values()


@pytest.mark.parametrize(("table", "action"), ADDED.items())
def test_a_step_to_the_public_is_entered_with_its_record_and_centre(mentoring, editor, reviewer, table, action):
    revision = submit(mentoring, editor)
    actions.comment(revision=revision, by=editor, text="Have a look.")
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.RETURNED, note="Not yet")
    entry = newest(table, action=action)
    assert entry.person == (reviewer if action == "decided" else editor)
    assert (entry.record, entry.centre_id, entry.before) == (MENTORING, mentoring.centre_id, None)


def test_a_change_set_gives_its_appointment_its_centre(network):
    audit_rows.appointment(change_set=audit_rows.change_set())
    assert newest("toolkits_appointment").centre.slug == "eef"


def test_nothing_is_entered_where_nothing_changed(mentoring):
    audit_rows.second_factor()
    before = AuditEntry.objects.count()
    mentoring.save()
    RecordNumber.objects.filter(pk=MENTORING).update(draft_changed_at=timezone.now())
    Authenticator.objects.update(last_used_at=timezone.now())
    assert AuditEntry.objects.count() == before


def test_what_is_empty_is_left_out_of_what_was_added(network):
    row = audit_rows.job()
    entry = newest("toolkits_job")
    assert entry.after.keys() == {"id", "kind", "centre_id", "by_id", "asked_at", "state", "total"}
    row.delete()
    assert newest("toolkits_job").before == entry.after


def test_secrets_are_not_entered_only_that_they_changed(network, editor):
    editor.set_password("correct horse battery staple")
    editor.save()
    assert newest("centres_person").action == "password changed"
    audit_rows.invitation()
    audit_rows.second_factor()
    job = audit_rows.job()
    Job.objects.filter(pk=job.pk).update(file=b"name,summary", state=Job.State.RUNNING)
    assert newest("toolkits_job").after == {"file": "…", "state": "running"}
    entered = " ".join(str([entry.before, entry.after]) for entry in AuditEntry.objects.all())
    assert "pbkdf2" not in entered
    assert "d1d1d1" not in entered
    assert "s3cr3t" not in entered
    assert b"name,summary".hex() not in entered
    assert newest("centres_invitation").after["digest"] == "…"


def test_progress_of_a_job_is_no_change(network):
    job = audit_rows.job()
    before = AuditEntry.objects.count()
    Job.objects.filter(pk=job.pk).update(done=500)
    assert AuditEntry.objects.count() == before


def test_a_load_is_one_entry(network):
    entries = AuditEntry.objects.filter(person__is_loader=True)
    assert {(entry.action, entry.kind, entry.key) for entry in entries} == {("loaded", "network folder", "what-works")}
    assert not AuditEntry.objects.filter(kind="evidence_intervention").exists()


def test_raw_sql_is_entered_too(mentoring):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE toolkits_publishedpage SET payload = '{}' WHERE record = %s", [MENTORING])
    entry = newest("toolkits_publishedpage")
    assert (entry.person, entry.action, entry.after) == (None, "changed", {"payload": "…"})
