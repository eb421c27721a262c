"""Everything that changes what the public sees, one function a verb: keyword-only, atomic, `by=`.

Admin, views and commands all come through here. Each function checks first (`policies` raises a
Refusal that says why), then writes everything or nothing, and records an event.
"""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import Centre, Person
from centres.records import RecordNumber
from toolkits import policies, snapshots
from toolkits.models import (
    Change,
    Decision,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    Redirect,
    Revision,
)
from toolkits.publication_rows import event_row, page_row, publication_event, revision_event, revision_row, version_row

Verb = PublicationEvent.Verb
State = PublishedPage.State


def loader_account():
    """The account that publishes what a network folder holds; it cannot sign in."""
    person = Person.objects.filter(is_loader=True).first()
    if person is None:
        person = Person(username="network-loader", is_loader=True)
        person.set_unusable_password()
        person.save()
    return person


def _lock(record):
    """Let one writer at a time work on a record."""
    return RecordNumber.objects.select_for_update().get(number=record)


def raise_publication_number():
    """Make every cached answer and index of the public side out of date; the last write of a transaction."""
    PublicationCounter.objects.filter(pk=1).update(number=F("number") + 1)


@transaction.atomic
def submit(*, document, by, change, note):
    """Freeze a working row as its newest Revision and return it.

    Raises policies.NothingChanged where the same content is live, Incomplete where something a
    reader needs is missing, PermissionDenied where `by` is no editor of its centre.
    """
    _lock(document.pk)
    document = snapshots.reload(document)
    policies.check_can_submit(document, by=by)
    if not note.strip():
        raise policies.Incomplete(_("Say what changed and why, in words for the public."))
    payload, digest = snapshots.freeze(document)
    policies.check_is_new(document, digest=digest)
    policies.check_is_complete(document.KIND, document.pk, payload, by=by)
    last = Revision.objects.filter(record=document.pk).aggregate(Max("number"))["number__max"] or 0
    revision = revision_row(
        document=document, payload=payload, digest=digest, number=last + 1, change=change, note=note, by=by
    )
    revision.save(force_insert=True)
    revision_event(revision, Verb.SUBMITTED, by=by, reason=revision.note).save()
    return revision


@transaction.atomic
def decide(*, revision, by, verdict, note=""):
    """Record what `by` decided on a revision, and return the Decision.

    Raises policies.NotAnother for one's own work, AlreadyDecided, Outdated, Incomplete where a
    return or an emergency gives no reason.
    """
    _lock(revision.record_id)
    policies.check_can_decide(revision, by=by, verdict=verdict)
    if verdict in {Decision.Verdict.RETURNED, Decision.Verdict.EMERGENCY} and not note.strip():
        raise policies.Incomplete(_("Give the reason for this decision."))
    decision = Decision.objects.create(
        revision=revision, verdict=verdict, submitted_by_id=revision.submitted_by_id, decided_by=by, note=note.strip()
    )
    verb = Verb.RETURNED if verdict == Decision.Verdict.RETURNED else Verb.APPROVED
    revision_event(revision, verb, by=by, reason=decision.note).save()
    return decision


def _write_version(*, revision, **what):
    """Append the next PublishedVersion with a revision's content, and make the living row say it."""
    last = PublishedVersion.objects.filter(record=revision.record_id).aggregate(Max("version"))["version__max"] or 0
    version = version_row(revision=revision, number=last + 1, **what)
    version.save(force_insert=True)
    before = PublishedPage.objects.filter(record=version.record).first()
    if before and before.path != version.path:
        Redirect.objects.update_or_create(path=before.path, defaults={"record": version.record})
    Redirect.objects.filter(path=version.path).delete()
    page_row(version, first_published_at=before.first_published_at if before else None).save()
    return version


@transaction.atomic
def publish(*, revision, by, imported_from=""):
    """Make an approved revision public and return its PublishedVersion.

    Raises policies.NotApproved, Outdated, Tampered (the stored text is not the approved one),
    AddressInUse, WrongState.
    """
    _lock(revision.record_id)
    revision = Revision.objects.select_related("centre").get(pk=revision.pk)
    policies.check_can_publish(revision, by=by)
    version = _write_version(revision=revision, change=revision.change, note=revision.note)
    publication_event(revision, version, by=by, imported_from=imported_from).save()
    raise_publication_number()
    return version


@transaction.atomic
def restore(*, record, version, by, reason):
    """Publish the content of an earlier version again, as a new version, and return it."""
    _lock(record)
    page = PublishedPage.objects.filter(record=record).first()
    centre = _centre(page)
    policies.check_can_change_state(page, centre, by=by, reason=reason)
    earlier = PublishedVersion.objects.filter(record=record, version=version).first()
    if earlier is None:
        raise policies.WrongState(_("There is no version %(n)s of this record.") % {"n": version})
    if page.state == State.LIVE and earlier.digest == page.digest:
        raise policies.NothingChanged(_("Version %(n)s is what is live.") % {"n": version})
    policies.check_address_is_free(earlier.path, record=record)
    revision = Revision.objects.get(record=record, number=earlier.revision_number)
    again = _write_version(revision=revision, change=Change.CORRECTION, note=reason.strip(), restored_from=version)
    _state_event(page, Verb.RESTORED, by=by, reason=reason, version=again.version)
    return again


def _centre(page):
    return Centre.objects.filter(slug=page.centre).first() if page else None


def _state_event(page, verb, *, by, reason, version=None):
    """Record a change of state and tell the public side."""
    event_row(
        record=page.record,
        kind=page.kind,
        verb=verb,
        by=by,
        centre=page.centre,
        title=page.title,
        path=page.path,
        version=version or page.version,
        reason=reason.strip(),
    ).save()
    raise_publication_number()


def _change_state(*, record, by, reason, state, starts_from, **more):
    _lock(record)
    page = PublishedPage.objects.filter(record=record).first()
    policies.check_can_change_state(page, _centre(page), by=by, reason=reason)
    if page.state not in starts_from:
        raise policies.WrongState(_("This page is %(state)s.") % {"state": page.get_state_display().lower()})
    page.state, page.state_reason, page.state_since = state, reason.strip(), timezone.now()
    for name, value in more.items():
        setattr(page, name, value)
    page.save()
    return page


@transaction.atomic
def withdraw(*, record, by, reason):
    """Take a page out of every list; its address goes on showing it, under a banner with the reason."""
    page = _change_state(record=record, by=by, reason=reason, state=State.WITHDRAWN, starts_from=[State.LIVE])
    _state_event(page, Verb.WITHDRAWN, by=by, reason=reason)
    return page


@transaction.atomic
def remove(*, record, by, reason):
    """Stop showing a page and its versions; their addresses answer 410 with the reason."""
    page = _change_state(
        record=record, by=by, reason=reason, state=State.REMOVED, starts_from=[State.LIVE, State.WITHDRAWN]
    )
    _state_event(page, Verb.REMOVED, by=by, reason=reason)
    return page


@transaction.atomic
def merge(*, record, into, by, reason):
    """Lead a page's addresses to another live record of the same kind; its versions stay readable."""
    target = PublishedPage.objects.filter(record=into, state=State.LIVE).exclude(record=record).first()
    page = PublishedPage.objects.filter(record=record).first()
    if target is None or page is None or target.kind != page.kind:
        raise policies.WrongState(_("Merge into another live record of the same kind."))
    page = _change_state(
        record=record,
        by=by,
        reason=reason,
        state=State.MERGED,
        starts_from=[State.LIVE, State.WITHDRAWN],
        merged_into=into,
    )
    _state_event(page, Verb.MERGED, by=by, reason=reason)
    return page
