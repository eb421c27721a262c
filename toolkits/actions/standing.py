"""What becomes of a page that is public: restored, withdrawn, removed, merged. Nothing is ever deleted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from centres.audit import by_whom
from centres.models import Centre
from toolkits import policies
from toolkits.actions.common import lock, raise_publication_number, write_version
from toolkits.actions.flags import raise_flags
from toolkits.models import Change, PublicationEvent, PublishedPage, PublishedVersion, Revision
from toolkits.publication_rows import event_row

Verb = PublicationEvent.Verb
State = PublishedPage.State


def _centre(page):
    return Centre.objects.filter(slug=page.centre).first() if page else None


def _state_event(page, verb, *, by, reason, version=None):
    """Record a change of state, flag what rests on the page, and tell the public side."""
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
    raise_flags(page.record, version=version or page.version, title=page.title)
    raise_publication_number()


@by_whom
def restore(*, record, version, by, reason):
    """Publish the content of an earlier version again, as a new version, and return it."""
    lock(record)
    page = PublishedPage.objects.filter(record=record).first()
    policies.check_can_change_state(page, _centre(page), by=by, reason=reason)
    earlier = PublishedVersion.objects.filter(record=record, version=version).first()
    if earlier is None:
        raise policies.WrongState(_("There is no version %(n)s of this record.") % {"n": version})
    if page.state == State.LIVE and earlier.digest == page.digest:
        raise policies.NothingChanged(_("Version %(n)s is what is live.") % {"n": version})
    policies.check_address_is_free(earlier.path, record=record)
    revision = Revision.objects.get(record=record, number=earlier.revision_number)
    again = write_version(revision=revision, change=Change.CORRECTION, note=reason.strip(), restored_from=version)
    _state_event(page, Verb.RESTORED, by=by, reason=reason, version=again.version)
    return again


def _change_state(*, record, by, reason, state, starts_from, **more):
    lock(record)
    page = PublishedPage.objects.filter(record=record).first()
    policies.check_can_change_state(page, _centre(page), by=by, reason=reason)
    if page.state not in starts_from:
        raise policies.WrongState(_("This page is %(state)s.") % {"state": page.get_state_display().lower()})
    page.state, page.state_reason, page.state_since = state, reason.strip(), timezone.now()
    for name, value in more.items():
        setattr(page, name, value)
    page.save()
    return page


@by_whom
def withdraw(*, record, by, reason):
    """Take a page out of every list; its address goes on showing it, under a banner with the reason."""
    page = _change_state(record=record, by=by, reason=reason, state=State.WITHDRAWN, starts_from=[State.LIVE])
    _state_event(page, Verb.WITHDRAWN, by=by, reason=reason)
    return page


@by_whom
def remove(*, record, by, reason):
    """Stop showing a page and its versions; their addresses answer 410 with the reason."""
    page = _change_state(
        record=record, by=by, reason=reason, state=State.REMOVED, starts_from=[State.LIVE, State.WITHDRAWN]
    )
    _state_event(page, Verb.REMOVED, by=by, reason=reason)
    return page


@by_whom
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
