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
from toolkits import columns, payloads, policies, snapshots
from toolkits.models import (
    Decision,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
    Revision,
)
from toolkits.models.publishing import Change

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


def _event(*, record, kind, verb, by, centre, title, path="", **more):
    PublicationEvent.objects.create(
        record=record,
        kind=kind,
        verb=verb,
        public=verb in PublicationEvent.PUBLIC_VERBS,
        title=title,
        path=path,
        centre=centre.slug if centre else "",
        at=timezone.now(),
        by=by,
        **more,
    )


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
    typed = payloads.load(document.KIND, payloads.SCHEMA, payload)
    last = Revision.objects.filter(record=document.pk).aggregate(Max("number"))["number__max"] or 0
    revision = Revision.objects.create(
        record_id=document.pk,
        kind=document.KIND,
        number=last + 1,
        centre=snapshots.owner(document),
        title=columns.title(document.KIND, typed),
        path=columns.path(document.KIND, typed),
        schema=payloads.SCHEMA,
        payload=payload,
        digest=digest,
        change=change,
        note=note.strip(),
        submitted_by=by,
    )
    _event(
        record=document.pk,
        kind=document.KIND,
        verb=Verb.SUBMITTED,
        by=by,
        centre=revision.centre,
        title=revision.title,
        reason=revision.note,
    )
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
    _event(
        record=revision.record_id,
        kind=revision.kind,
        verb=Verb.RETURNED if verdict == Decision.Verdict.RETURNED else Verb.APPROVED,
        by=by,
        centre=revision.centre,
        title=revision.title,
        reason=decision.note,
    )
    return decision


def _next_version(record):
    return (PublishedVersion.objects.filter(record=record).aggregate(Max("version"))["version__max"] or 0) + 1


def _write_version(*, revision, change, note, restored_from=None):
    """Append the next PublishedVersion with a revision's content."""
    return PublishedVersion.objects.create(
        record=revision.record_id,
        version=_next_version(revision.record_id),
        kind=revision.kind,
        path=revision.path,
        title=revision.title,
        schema=revision.schema,
        payload=revision.payload,
        digest=revision.digest,
        revision_number=revision.number,
        published_at=timezone.now(),
        change=change,
        note=note,
        restored_from=restored_from,
    )


def _replace_page(version):
    """Make the living row of a record say what `version` says; leave a redirect where the address moved."""
    document = payloads.load(version.kind, version.schema, version.payload)
    same = {
        "version": version.version,
        "schema": version.schema,
        "payload": version.payload,
        "digest": version.digest,
        "published_at": version.published_at,
    }
    if version.kind == "vocabulary":
        PublishedVocabulary.objects.update_or_create(record=version.record, defaults={"name": document.slug, **same})
        return
    before = PublishedPage.objects.filter(record=version.record).first()
    if before and before.path != version.path:
        Redirect.objects.update_or_create(path=before.path, defaults={"record": version.record})
    Redirect.objects.filter(path=version.path).delete()
    PublishedPage(
        record=version.record,
        kind=version.kind,
        **(columns.columns(version.kind, document) | {"path": version.path}),
        **same,
        first_published_at=before.first_published_at if before else version.published_at,
        change=version.change,
        note=version.note,
    ).save(force_insert=before is None, force_update=before is not None)


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
    _replace_page(version)
    _event(
        record=revision.record_id,
        kind=revision.kind,
        verb=Verb.PUBLISHED,
        by=by,
        centre=revision.centre,
        title=revision.title,
        path=revision.path,
        version=version.version,
        change=revision.change,
        reason=revision.note,
        imported_from=imported_from,
    )
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
    revision = Revision.objects.get(record=record, number=earlier.revision_number)
    again = _write_version(revision=revision, change=Change.CORRECTION, note=reason.strip(), restored_from=version)
    _replace_page(again)
    _state_event(page, Verb.RESTORED, by=by, reason=reason, version=again.version)
    return again


def _centre(page):
    return Centre.objects.filter(slug=page.centre).first() if page else None


def _state_event(page, verb, *, by, reason, version=None):
    """Record a change of state and tell the public side."""
    _event(
        record=page.record,
        kind=page.kind,
        verb=verb,
        by=by,
        centre=_centre(page),
        title=page.title,
        path=page.path,
        version=version or page.version,
        reason=reason.strip(),
    )
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
