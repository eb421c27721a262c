"""One thing of the EEF for every address of the editorial side, and somebody in every role."""

import datetime

from allauth.usersessions.models import UserSession
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from centres.models import AuditEntry, Centre, Membership, NetworkFact, Role, Succession
from centres.people import invite
from evidence.models import (
    AgeBand,
    Estimate,
    FamilyDifference,
    Intervention,
    Outcome,
    RatingScheme,
    Report,
    Setting,
    Study,
    Synthesis,
)
from tests.factories import person
from toolkits import actions
from toolkits.models import (
    Assessed,
    Change,
    Decision,
    Flag,
    Job,
    PublicationEvent,
    SharedList,
    SynonymGroup,
    Toolkit,
)

RECORD = 1011
# What only those who may see the drafts of the EEF ever read.
MARK = "Zanzibar"


def addresses():
    """(name, parameters) of every address of the admin, the editorial side and the accounts."""

    def walk(resolver, names=(), parameters=()):
        for pattern in resolver.url_patterns:
            more = (*parameters, *pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, (*names, pattern.namespace) if pattern.namespace else names, more)
            elif pattern.name:
                yield ":".join((*names, pattern.name)), more

    return dict(pair for pair in walk(get_resolver()) if not pair[0].startswith("public:"))


def people():
    """{role: person or None}; everybody but the visitor may sign in, or could once."""
    eef, yef = Centre.objects.get(slug="eef"), Centre.objects.get(slug="yef")
    cast = {
        "visitor": None,
        "editor": person("an-editor", eef, Role.Name.EDITOR),
        "reviewer": person("a-reviewer", eef, Role.Name.REVIEWER),
        "manager": person("a-manager", eef, Role.Name.MANAGER),
        "another centre": person("another-centre", yef, Role.Name.EDITOR),
        "role ended": person("role-ended", eef, Role.Name.REVIEWER),
        "network editor": person("a-network-editor", None, Role.Name.NETWORK_EDITOR),
        "administrator": person("an-administrator", None, Role.Name.ADMINISTRATOR),
    }
    for name in (Role.Name.REVIEWER, Role.Name.MANAGER):
        cast["another centre"].roles.create(centre=yef, name=name)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    cast["role ended"].roles.update(started=yesterday, ended=yesterday)
    return cast


def things(cast):
    """{what it is: an object of the EEF, or of the network}; somebody is signed in already as each of the `cast`."""
    editor, reviewer, administrator = cast["editor"], cast["reviewer"], cast["administrator"]
    eef = Centre.objects.get(slug="eef")
    intervention = Intervention.objects.get(pk=RECORD)
    intervention.summary = f"{MARK}: an older peer meets a pupil every week."
    intervention.name = f"{MARK} mentoring"
    intervention.save()
    change_set = actions.submit_together(
        documents=[intervention], title=f"{MARK} set", by=editor, change=Change.WORDING, note="Clearer"
    )
    revision = change_set.revisions.get()
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    at = timezone.now() + datetime.timedelta(days=1)
    appointment = actions.appoint(change_set=change_set, at=at, by=editor)
    invitation, _secret = invite(email="new@example.org", centre=eef, name=Role.Name.EDITOR, by=administrator)
    study = Study.objects.create(centre=eef, label="A study 2020")
    synthesis = Synthesis.objects.create(
        centre=eef, slug="a-synthesis", title="A synthesis", question="Does it?", outcome_measured="x", metric="SMD"
    )
    return {
        "revision": revision,
        "change_set": change_set,
        "appointment": appointment,
        "flag": Flag.objects.create(record_id=RECORD, cause=301, cause_version=2, cause_title="A scale"),
        "job": Job.objects.create(
            kind=Job.Kind.CHECK, centre=eef, by=editor, parameters={"table": "reports"}, file=b"id", file_name="x.csv"
        ),
        "invitation": invitation,
        "person": editor,
        "role": editor.roles.get(),
        "session": UserSession.objects.filter(user=editor).first(),
        "intervention": intervention,
        "report": Report.objects.create(centre=eef, slug="a-report", title="A report", type=Report.Type.REPORT),
        "study": study,
        "copy": Study.objects.create(centre=eef, label="A study (2020)"),
        "estimate": Estimate.objects.create(study=study, centre=eef, metric="SMD", effect=0.1, variance=0.1),
        "synthesis": synthesis,
        "study_job": Job.objects.create(
            kind=Job.Kind.CHECK,
            centre=eef,
            by=editor,
            parameters={"table": "studies", "synthesis": synthesis.pk},
            report={"header": [], "rows": []},
            file=b"study",
            file_name="x.csv",
        ),
        "toolkit": Toolkit.objects.filter(centre=eef).first(),
        "centre": eef,
        "ratingscheme": RatingScheme.objects.filter(centre=eef).first(),
        "difference": _difference(intervention),
        "family": intervention.family_membership.family,
        "outcome": Outcome.objects.first(),
        "setting": Setting.objects.first(),
        "ageband": AgeBand.objects.first(),
        "membership": Membership.objects.first(),
        "succession": Succession.objects.first(),
        "networkfact": NetworkFact.objects.first(),
        "sharedlist": SharedList.objects.first(),
        "synonymgroup": SynonymGroup.objects.first(),
        "assessed": Assessed.objects.create(name="Zorbing", reason="No study", date="2024", source_url="x"),
        "publicationevent": PublicationEvent.objects.filter(record=RECORD).first(),
        "auditentry": AuditEntry.objects.filter(record=RECORD).first(),
    }


def _difference(intervention):
    """Why the EEF and the College of Policing, and not the YEF, differ; both are in a family of which all three are."""
    family = intervention.family_membership.family
    other = family.members.get(intervention__centre__slug="college-of-policing").intervention
    # Without the mark: what two centres say of each other is the network's editors' to read, too.
    text = "The two count different studies."
    return FamilyDifference.objects.create(
        family=family, first=min(intervention, other, key=_number), second=max(intervention, other, key=_number),
        cause="version", text=text,
    )  # fmt: skip


def _number(row):
    return row.pk


NUMBERS = {
    "difference": ("family_difference", "agree_to_difference", "reword_difference", "withdraw_difference"),
    "revision": ("revision", "comment", "decide", "appoint", "emergency", "publish", "preview_revision"),
    "change_set": ("change_set", "decide_together", "appoint_together", "publish_together"),
    "appointment": ("cancel_appointment",),
    "flag": ("settle",),
    "estimate": ("appraisal",),
    "job": ("import_job", "import_rows", "import_file"),
}


def address_of(name, parameters, found):
    """The address called `name`, of the things in `found`."""
    space, _colon, rest = name.rpartition(":")
    known = {
        "centre": "eef",
        "table": "reports",
        "form": "csv",
        "file": "changes.csv",
        "kind": "intervention",
        "record": RECORD,
    }
    known |= {"name": "drafts", "secret": "no-such-secret", "app_label": "evidence"}
    if space == "editorial":
        known["number"] = next((found[thing].pk for thing, names in NUMBERS.items() if rest in names), None)
        if rest in {"rate", "rate_without"}:
            known["number"] = found["intervention"].ratings.filter(level__scheme__centre__isnull=False).first().pk
        if rest == "family_differences":
            known["record"] = found["family"].pk
        if rest == "new_version":
            known["record"] = found["ratingscheme"].pk
        if rest == "merge_studies":
            known |= {"record": found["study"].pk, "other": found["copy"].pk}
        if rest.startswith("study_import"):
            known |= {"record": found["synthesis"].pk, "number": found["study_job"].pk}
    if space == "admin" and rest.split("_")[0] in {"centres", "evidence", "toolkits"}:
        model = rest.split("_")[1]
        known |= {
            "object_id": found[model].pk,
            "pk": found[model].pk,
            "number": found["session" if rest.endswith("end_session") else "role"].pk,
        }
    if space == "accounts" or not space:
        known |= {"number": 0, "pk": 0, "uidb36": "0", "key": "no-such-key"}
    known |= {"content_type_id": 0, "object_id": 0} if name == "admin:view_on_site" else {}
    return reverse(name, kwargs={parameter: known[parameter] for parameter in parameters})
