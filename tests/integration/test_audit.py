"""The audit trail: what each table enters, for thirty kinds of action, and that nobody changes an entry."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from centres import audit
from centres.models import AuditEntry, Award, Centre, Invitation, Membership, NetworkFact, Person, Role, Succession
from centres.records import RecordNumber
from evidence.models import (
    AgeBand,
    Appraisal,
    Cost,
    Estimate,
    Family,
    FamilyDifference,
    FamilyMember,
    Inclusion,
    Intervention,
    Outcome,
    Rating,
    RatingBasis,
    RatingLevel,
    RatingRule,
    RatingScheme,
    Report,
    Setting,
    Study,
    Synthesis,
)
from tests.factories import person
from toolkits import actions
from toolkits.audit_trail import audited_tables
from toolkits.models import (
    Appointment,
    Assessed,
    Change,
    ChangeSet,
    Comment,
    Conclusion,
    Decision,
    Flag,
    Job,
    PublicationEvent,
    PublishedPage,
    PublishedVocabulary,
    Redirect,
    Revision,
    SharedList,
    SynonymGroup,
    Toolkit,
    ToolkitAxis,
    ToolkitEntry,
)

MENTORING = 1011


def newest(kind, **more):
    """The newest entry of a table."""
    return AuditEntry.objects.filter(kind=kind, **more).order_by("-pk").first()


# --- what each table enters ------------------------------------------------------------------------------------------

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


def _list(name):
    return SharedList.objects.get(slug=name).pk


def _owner(row):
    return row.centre_id if hasattr(row, "centre_id") else None


def _rating():
    return Rating.objects.filter(intervention=MENTORING, level__scheme__centre__isnull=False).first()


def _cost():
    return Cost.objects.create(
        intervention_id=MENTORING,
        label="A year",
        amount="1500",
        unit="pupil",
        timing="yearly",
        includes="Staff time",
        source="https://example.org/costs",
        confidence="low",
        confidence_reason="One site only",
    )


def _appraisal():
    estimate = Estimate.objects.first()
    return Appraisal.objects.create(estimate=estimate, tool="rob2", domain="overall", judgement="low")


def _basis():
    return RatingBasis.objects.create(rating=_rating(), synthesis=Synthesis.objects.first())


def _difference():
    first, second = Intervention.objects.order_by("pk")[:2]
    family = Family.objects.first()
    return FamilyDifference.objects.create(family=family, first=first, second=second, cause="version", text="Longer")


def _family_member():
    return FamilyMember.objects.first()


def _job(**more):
    return Job.objects.create(kind=Job.Kind.CHECK, centre=Centre.objects.get(slug="eef"), by=Person.objects.first())


def _invitation():
    return Invitation.objects.create(
        email="new@example.org",
        centre=Centre.objects.get(slug="eef"),
        name=Role.Name.EDITOR,
        digest="d1" * 32,
        invited_by=Person.objects.first(),
        expires_at=timezone.now(),
    )


def _second_factor():
    return Authenticator.objects.create(user=person("somebody"), type="webauthn", data={"secret": "s3cr3t"})


def _role():
    return person("somebody", Centre.objects.get(slug="eef"), Role.Name.EDITOR).roles.get()


def _change_set():
    somebody = Person.objects.first()
    return ChangeSet.objects.create(title="Reading", centre=Centre.objects.get(slug="eef"), created_by=somebody)


def _appointment(**what):
    return Appointment.objects.create(at=timezone.now(), made_by=Person.objects.first(), **what)


def _assessed():
    SharedList.objects.create(slug=SharedList.Name.ASSESSED)
    eef = Centre.objects.get(slug="eef")
    return Assessed.objects.create(name="Crystals", centre=eef, reason="No study", date="2020", source_url="-")


def _flag():
    return Flag.objects.create(record_id=MENTORING, cause=1001, cause_version=2, cause_title="Phonics")


def _redirect():
    return Redirect.objects.create(path="/old/", record=MENTORING)


def _eef(row):
    return Centre.objects.get(slug="eef").pk


def _of(name):
    return lambda row: getattr(row, name)


def _mentoring(row):
    return MENTORING


def _none(row):
    return None


def _in_list(name):
    return lambda row: _list(name)


# Of each table a row, a column and its new value, the record and the centre that its entry must name.
ROWS = {
    "evidence_cost": (_cost, "label", "Delivery in a year", _mentoring, _eef),
    "centres_centre": (lambda: Centre.objects.get(slug="eef"), "hosts", "Another host", _of("pk"), _of("pk")),
    "centres_membership": (Membership.objects.first, "basis", "A letter", _in_list("network"), _owner),
    "centres_succession": (Succession.objects.first, "note", "Again", _in_list("network"), _of("predecessor_id")),
    "centres_networkfact": (NetworkFact.objects.first, "value", "Twelve", _in_list("network"), _none),
    "centres_award": (Award.objects.first, "what", "Trials", _owner, _owner),
    "centres_recordnumber": (
        lambda: RecordNumber.objects.get(pk=MENTORING),
        "keeper_id",
        lambda: Person.objects.first().pk,
        _mentoring,
        _eef,
    ),
    "centres_person": (lambda: person("somebody"), "first_name", "Ann", _none, _none),
    "centres_role": (_role, "ended", lambda: timezone.localdate().isoformat(), _none, _eef),
    "centres_invitation": (_invitation, "email", "newer@example.org", _none, _eef),
    "mfa_authenticator": (_second_factor, "type", "totp", _none, _none),
    "evidence_outcome": (Outcome.objects.first, "name", "Fewer crimes", _in_list("outcomes"), _none),
    "evidence_setting": (Setting.objects.first, "name", "At home", _in_list("settings"), _none),
    "evidence_ageband": (AgeBand.objects.first, "to_age", 99, _in_list("age-bands"), _none),
    "evidence_ratingscheme": (RatingScheme.objects.first, "note", "Revised", _of("pk"), _owner),
    "evidence_ratinglevel": (
        RatingLevel.objects.first,
        "meaning",
        "Better",
        _of("scheme_id"),
        lambda row: row.scheme.centre_id,
    ),
    "evidence_intervention": (
        lambda: Intervention.objects.get(pk=MENTORING),
        "summary",
        "Somebody older helps.",
        _mentoring,
        _eef,
    ),
    "evidence_rating": (_rating, "reason", "Two new trials", _mentoring, _eef),
    "evidence_family": (Family.objects.first, "name", "Older helpers", _of("pk"), _none),
    "evidence_familymember": (_family_member, "position", 77, _of("family_id"), _none),
    "evidence_study": (Study.objects.first, "title", "A trial", _of("pk"), _owner),
    "evidence_estimate": (Estimate.objects.first, "follow_up", "12 months", _of("study_id"), _owner),
    "evidence_appraisal": (_appraisal, "reason", "Many left", lambda row: row.estimate.study_id, _none),
    "evidence_synthesis": (Synthesis.objects.first, "title", "Prison visits", _of("pk"), _owner),
    "evidence_inclusion": (Inclusion.objects.first, "subgroup", "boys", _of("synthesis_id"), _none),
    "evidence_ratingrule": (RatingRule.objects.first, "note", "Again", _of("scheme_id"), lambda r: r.scheme.centre_id),
    "evidence_ratingbasis": (_basis, "override_reason", "Old trials", _mentoring, _eef),
    "evidence_familydifference": (_difference, "text", "Other ages", _of("family_id"), _none),
    "evidence_report": (Report.objects.first, "topic", "Reading", _of("pk"), _owner),
    "toolkits_toolkit": (Toolkit.objects.first, "introduction", "All of it.", _of("pk"), _owner),
    "toolkits_toolkitaxis": (
        ToolkitAxis.objects.first,
        "absent_means",
        "Not looked at",
        _of("toolkit_id"),
        lambda row: row.toolkit.centre_id,
    ),
    "toolkits_toolkitentry": (
        lambda: ToolkitEntry.objects.get(intervention=MENTORING),
        "slug",
        "mentors",
        _mentoring,
        _eef,
    ),
    "toolkits_sharedlist": (SharedList.objects.first, "slug", "banana", _of("pk"), _none),
    "toolkits_synonymgroup": (
        SynonymGroup.objects.first,
        "term",
        "not in work or training",
        _in_list("synonyms"),
        _none,
    ),
    "toolkits_assessed": (
        _assessed,
        "reason",
        "Still no study",
        _in_list("assessed"),
        _eef,
    ),
    "toolkits_changeset": (_change_set, "title", "Reading and writing", _none, _eef),
    "toolkits_appointment": (
        lambda: _appointment(revision=Revision.objects.filter(record=MENTORING).first()),
        "outcome",
        "The address was taken.",
        _mentoring,
        _eef,
    ),
    "toolkits_flag": (_flag, "settlement", "It still holds.", _mentoring, _eef),
    "toolkits_job": (_job, "file_name", "ratings.xlsx", _none, _eef),
    "toolkits_publishedpage": (
        lambda: PublishedPage.objects.get(pk=MENTORING),
        "title",
        "Mentors",
        _mentoring,
        _eef,
    ),
    "toolkits_publishedvocabulary": (PublishedVocabulary.objects.first, "version", 9, _of("pk"), _none),
    "toolkits_redirect": (_redirect, "record", 1012, _of("record"), lambda row: _eef(row)),
}
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
    assert set(ROWS) | links | set(ADDED) == set(audited_tables())


@pytest.mark.parametrize("table", ROWS)
def test_a_change_enters_who_what_where_and_from_what_to_what(network, editor, table):
    make, column, value, record, centre = ROWS[table]
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
    _appointment(change_set=_change_set())
    assert newest("toolkits_appointment").centre.slug == "eef"


def test_nothing_is_entered_where_nothing_changed(mentoring):
    _second_factor()
    before = AuditEntry.objects.count()
    mentoring.save()
    RecordNumber.objects.filter(pk=MENTORING).update(draft_changed_at=timezone.now())
    Authenticator.objects.update(last_used_at=timezone.now())
    assert AuditEntry.objects.count() == before


def test_what_is_empty_is_left_out_of_what_was_added(network):
    row = _job()
    entry = newest("toolkits_job")
    assert entry.after.keys() == {"id", "kind", "centre_id", "by_id", "asked_at", "state", "total"}
    row.delete()
    assert newest("toolkits_job").before == entry.after


def test_secrets_are_not_entered_only_that_they_changed(network, editor):
    editor.set_password("correct horse battery staple")
    editor.save()
    assert newest("centres_person").action == "password changed"
    _invitation()
    _second_factor()
    job = _job()
    Job.objects.filter(pk=job.pk).update(file=b"name,summary", state=Job.State.RUNNING)
    assert newest("toolkits_job").after == {"file": "…", "state": "running"}
    entered = " ".join(str([entry.before, entry.after]) for entry in AuditEntry.objects.all())
    assert "pbkdf2" not in entered
    assert "d1d1d1" not in entered
    assert "s3cr3t" not in entered
    assert b"name,summary".hex() not in entered
    assert newest("centres_invitation").after["digest"] == "…"


def test_progress_of_a_job_is_no_change(network):
    job = _job()
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


# --- thirty kinds of action, thirty kinds of entry -------------------------------------------------------------------


def submit(document, by, summary="Somebody older helps.", **said):
    type(document).objects.filter(pk=document.pk).update(summary=summary)
    return actions.submit(document=document, by=by, **({"change": Change.WORDING, "note": "Clearer words"} | said))


def approve(document, by, reviewer, summary, **said):
    revision = submit(document, by, summary, **said)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    return revision


@pytest.fixture
def everything_done(mentoring, eef, editor, reviewer, network_admin):
    """Thirty-odd kinds of action, done by three people, as {(action, kind)} that must have been entered."""
    other = Intervention.objects.filter(centre=eef).exclude(pk=mentoring.pk).first()
    outcome = Outcome.objects.exclude(pk__in=mentoring.outcomes.all()).first()
    rating = _rating()
    with audit.speak_for(editor):
        draft = Intervention.objects.create(centre=eef, name="Draft", summary="A draft.", source_url="https://x.org")
        Rating.objects.create(intervention=draft, level=rating.level, reason="A trial")
        Rating.objects.filter(intervention=draft).update(reason="Two trials")
        Rating.objects.filter(intervention=draft).delete()
        mentoring.outcomes.add(outcome)
        mentoring.outcomes.remove(outcome)
        _job()
        Report.objects.filter(pk=Report.objects.first().pk).update(topic="Reading")
        Intervention.objects.filter(pk=draft.pk).update(summary="Still a draft.")
        audit.record(action="exported", by=editor, kind="evidence_intervention", centre=eef)
    with audit.speak_for(network_admin):
        somebody = person("newcomer", eef, Role.Name.EDITOR)
        somebody.set_password("correct horse battery staple")
        somebody.save()
        Role.objects.filter(person=somebody).update(ended=timezone.localdate() + datetime.timedelta(days=9))
        invitation = _invitation()
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
