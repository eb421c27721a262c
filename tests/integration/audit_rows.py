"""One row of every audited table, how it is changed, and whose it is: what the tests of the audit trail work on."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

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
from toolkits.models import (
    Appointment,
    Assessed,
    Change,
    ChangeSet,
    Flag,
    Job,
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


def submit(document, by, summary="Somebody older helps.", **said):
    """Another summary of a document, sent to its reviewers."""
    type(document).objects.filter(pk=document.pk).update(summary=summary)
    return actions.submit(document=document, by=by, **({"change": Change.WORDING, "note": "Clearer words"} | said))


def _list(name):
    return SharedList.objects.get(slug=name).pk


def _owner(row):
    return row.centre_id if hasattr(row, "centre_id") else None


def rating():
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
    return RatingBasis.objects.create(rating=rating(), synthesis=Synthesis.objects.first())


def _difference():
    first, second = Intervention.objects.order_by("pk")[:2]
    family = Family.objects.first()
    return FamilyDifference.objects.create(family=family, first=first, second=second, cause="version", text="Longer")


def _family_member():
    return FamilyMember.objects.first()


def job(**more):
    return Job.objects.create(kind=Job.Kind.CHECK, centre=Centre.objects.get(slug="eef"), by=Person.objects.first())


def invitation():
    return Invitation.objects.create(
        email="new@example.org",
        centre=Centre.objects.get(slug="eef"),
        name=Role.Name.EDITOR,
        digest="d1" * 32,
        invited_by=Person.objects.first(),
        expires_at=timezone.now(),
    )


def second_factor():
    return Authenticator.objects.create(user=person("somebody"), type="webauthn", data={"secret": "s3cr3t"})


def _role():
    return person("somebody", Centre.objects.get(slug="eef"), Role.Name.EDITOR).roles.get()


def change_set():
    somebody = Person.objects.first()
    return ChangeSet.objects.create(title="Reading", centre=Centre.objects.get(slug="eef"), created_by=somebody)


def appointment(**what):
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
    "centres_invitation": (invitation, "email", "newer@example.org", _none, _eef),
    "mfa_authenticator": (second_factor, "type", "totp", _none, _none),
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
    "evidence_rating": (rating, "reason", "Two new trials", _mentoring, _eef),
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
    "toolkits_changeset": (change_set, "title", "Reading and writing", _none, _eef),
    "toolkits_appointment": (
        lambda: appointment(revision=Revision.objects.filter(record=MENTORING).first()),
        "outcome",
        "The address was taken.",
        _mentoring,
        _eef,
    ),
    "toolkits_flag": (_flag, "settlement", "It still holds.", _mentoring, _eef),
    "toolkits_job": (job, "file_name", "ratings.xlsx", _none, _eef),
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
