"""On the way to the public: submit, comment, decide."""

from django.utils.translation import gettext as _

from centres.audit import by_whom
from centres.records import mark_submitted
from toolkits import notices, payloads, policies, scheme_versions, snapshots
from toolkits.actions.common import lock
from toolkits.models import Change, ChangeSet, Comment, Decision, PublicationEvent, Revision
from toolkits.publication_rows import revision_event, revision_row

Verb = PublicationEvent.Verb
Verdict = Decision.Verdict


@by_whom
def submit(*, document, by, change, note="", minor=False, wrong="", conclusion="", change_set=None):
    """Freeze a working row as its newest Revision and return it.

    `change` is FIRST for what was never public, whatever is asked for. `minor` needs no note; a correction says
    what was `wrong` and what it does to the `conclusion` (models.Conclusion).

    Raises policies.NothingChanged where the same content is live, Incomplete where something a
    reader needs is missing, WrongState where an earlier revision has a time at which it goes out,
    PermissionDenied where `by` is no editor of its centre.
    """
    lock(document.pk)
    document = snapshots.reload(document)
    policies.check_can_submit(document, by=by)
    payload, digest = snapshots.freeze(document)
    page = policies.live(document.pk, document.KIND)
    newest = Revision.objects.filter(record=document.pk).defer("payload").order_by("-number").first()
    policies.check_is_new(page, newest, digest=digest)
    change = change if page else Change.FIRST
    said = {"change": change, "minor": minor, "note": note.strip(), "wrong": wrong.strip(), "conclusion": conclusion}
    policies.check_says_what_changed(**said, before=page.payload if page else {}, after=payload, by=by)
    policies.check_is_complete(payloads.load(document.KIND, payloads.SCHEMA, payload), document.KIND, page, by=by)
    scheme_versions.check_keeps_its_scale(document.KIND, payload, page, by=by)
    if change_set:
        policies.check_belongs(document, change_set)
    number = newest.number + 1 if newest else 1
    revision = revision_row(document=document, payload=payload, digest=digest, number=number, by=by, **said)
    revision.change_set = change_set
    revision.save(force_insert=True)
    mark_submitted(document.pk)
    revision_event(revision, Verb.SUBMITTED, by=by, reason=revision.note).save()
    notices.submitted(revision)
    return revision


@by_whom
def submit_together(*, documents, title, by, **said):
    """Submit several working rows of one owner as a ChangeSet, all or none, and return it. `said` is what `submit` takes."""
    if not title.strip():
        raise policies.Incomplete(_("Say what these pages have in common."))
    if not documents:
        raise policies.Incomplete(_("Choose at least one page."))
    owners = {snapshots.owner(document) for document in documents}
    if len(owners) > 1:
        raise policies.WrongState(_("Pages that go out together belong to one centre."))
    # Locked here, all at once: `submit` one by one would lock in the order of the list, and two could wait for each other.
    lock(*(document.pk for document in documents))
    change_set = ChangeSet.objects.create(title=title.strip(), centre=owners.pop(), created_by=by)
    for document in documents:
        with policies.naming(document):
            submit(document=document, by=by, change_set=change_set, **said)
    return change_set


@by_whom
def comment(*, revision, by, text):
    """Say something about a submission, for those who work on it, and return the Comment."""
    policies.check_can_comment(revision, by=by)
    if not text.strip():
        raise policies.Incomplete(_("Write your comment first."))
    said = Comment.objects.create(revision=revision, by=by, text=text.strip())
    notices.commented(said)
    return said


@by_whom
def decide(*, revision, by, verdict, note=""):
    """Record what `by` decided on a revision, and return the Decision.

    Raises policies.NotAnother for one's own work, AlreadyDecided, Outdated, Incomplete where a
    return or an emergency gives no reason.
    """
    lock(revision.record_id)
    policies.check_can_decide(revision, by=by, verdict=verdict)
    if verdict in {Verdict.RETURNED, Verdict.EMERGENCY} and not note.strip():
        raise policies.Incomplete(_("Give the reason for this decision."))
    decision = Decision.objects.create(
        revision=revision, verdict=verdict, submitted_by_id=revision.submitted_by_id, decided_by=by, note=note.strip()
    )
    verb = Verb.RETURNED if verdict == Verdict.RETURNED else Verb.APPROVED
    revision_event(revision, verb, by=by, reason=decision.note).save()
    if verdict == Verdict.RETURNED:
        notices.returned(revision, decision)
    return decision


@by_whom
def decide_together(*, change_set, by, verdict, note=""):
    """Decide on every page of a change set that nobody has decided on yet, all or none; returns the Decisions."""
    revisions = policies.members(change_set)
    lock(*(revision.record_id for revision in revisions))
    open_ones = [revision for revision in revisions if not policies.verdicts(revision)]
    if not open_ones:
        raise policies.AlreadyDecided(_("Every page of this change set has been decided on already."))
    decisions = []
    for revision in open_ones:
        with policies.naming(revision):
            decisions.append(decide(revision=revision, by=by, verdict=verdict, note=note))
    return decisions
