"""What the state of a record allows. `check_x` raises a Refusal with its reason, `can_x` asks."""

from django.utils.translation import gettext as _

from centres import permissions
from toolkits import payloads, snapshots
from toolkits.models import Decision, PublishedPage, PublishedVersion, PublishedVocabulary, Revision

Verdict = Decision.Verdict
GO_AHEAD = (Verdict.APPROVED, Verdict.EMERGENCY, Verdict.IMPORTED)


class Refusal(Exception):
    """An action that the state does not allow; its text says why, and what to do instead."""


class NothingChanged(Refusal):
    """What would be submitted is what is live."""


class Incomplete(Refusal):
    """Something a reader needs is missing."""


class NotAnother(Refusal):
    """A person may not decide on their own work."""


class NotApproved(Refusal):
    """Nobody else has approved this revision."""


class AlreadyDecided(Refusal):
    """The revision has its verdict."""


class Tampered(Refusal):
    """The stored payload is not the one that was approved."""


class Outdated(Refusal):
    """A newer revision exists, or is live."""


class AddressInUse(Refusal):
    """Another record answers at this address."""


class WrongState(Refusal):
    """The page is not in the state this action starts from."""


def _asks(check):
    """The question that belongs to a check: True where it would not refuse."""

    def can(*args, **kwargs):
        try:
            check(*args, **kwargs)
        except (Refusal, permissions.PermissionDenied):
            return False
        return True

    can.__doc__ = f"Whether `{check.__name__}` would let this pass."
    return can


def live(record, kind):
    """The published row of a record, whatever its state; None where nothing was ever published."""
    model = PublishedVocabulary if kind == "vocabulary" else PublishedPage
    return model.objects.filter(record=record).first()


def _rating_key(rating):
    return rating.axis, rating.scheme.slug, rating.outcome, rating.aspect


def _rating_facts(rating):
    return rating.level, rating.value, rating.range_low, rating.range_high


def ratings_without_reason(document, live_document):
    """The new or changed ratings of an intervention that give no reason."""
    before = {_rating_key(rating): _rating_facts(rating) for rating in live_document.ratings} if live_document else {}
    return [
        rating
        for rating in document.ratings
        if not rating.reason and before.get(_rating_key(rating)) != _rating_facts(rating)
    ]


def check_can_submit(document, *, by):
    """Raise unless `by` may submit this working row, and it has what its address needs."""
    if by.is_loader:
        return
    permissions.check_can_edit(by, snapshots.owner(document))
    if document.KIND == "intervention" and not hasattr(document, "entry"):
        raise Incomplete(_("Give the intervention its place in a toolkit first."))


def is_live(page, digest):
    """Whether `page`, a published row or None, shows exactly the content with `digest`."""
    return page is not None and page.digest == digest and getattr(page, "state", "live") == "live"


def check_is_new(document, *, digest):
    """Raise NothingChanged where the same content is live already."""
    page = live(document.pk, document.KIND)
    if is_live(page, digest):
        raise NothingChanged(_("Nothing has changed since version %(n)s.") % {"n": page.version})


def check_is_complete(kind, record, payload, *, by):
    """Raise Incomplete where a new or changed rating gives no reason.

    Waived for the loader: facts compiled from public pages carry no reasons, and their pages say so.
    """
    if kind != "intervention" or by.is_loader:
        return
    page = live(record, kind)
    bare = ratings_without_reason(
        payloads.load(kind, payloads.SCHEMA, payload),
        payloads.load(kind, page.schema, page.payload) if page else None,
    )
    if bare:
        names = "; ".join(f"{rating.scheme.name}: {rating.label}" for rating in bare)
        raise Incomplete(_("Say why for each new or changed rating: %(names)s.") % {"names": names})


def verdicts(revision):
    """The verdicts given on a revision so far."""
    return set(revision.decisions.values_list("verdict", flat=True))


def is_flagged(revision):
    """Whether a revision went out as an emergency and still waits for another person."""
    given = verdicts(revision)
    return Verdict.EMERGENCY in given and Verdict.APPROVED not in given


def is_newest(revision):
    """Whether no later revision of the record was submitted."""
    return not Revision.objects.filter(record=revision.record_id, number__gt=revision.number).exists()


def was_published(revision):
    """Whether a revision went out."""
    return PublishedVersion.objects.filter(
        record=revision.record_id, revision_number=revision.number, restored_from__isnull=True
    ).exists()


def check_can_decide(revision, *, by, verdict):
    """Raise unless `by` may give `verdict` on a revision."""
    if verdict == Verdict.IMPORTED:
        if not by.is_loader:
            raise NotAnother(_("Only the loader's own account may import."))
    else:
        permissions.check_can_review(by, revision.centre)
        if by.pk == revision.submitted_by_id and verdict != Verdict.EMERGENCY:
            raise NotAnother(_("You submitted this. Another reviewer has to decide on it."))
    given = verdicts(revision)
    if verdict in given or Verdict.RETURNED in given or given & {Verdict.APPROVED, Verdict.IMPORTED}:
        raise AlreadyDecided(_("This revision has been decided on already."))
    if Verdict.EMERGENCY not in given and not is_newest(revision):
        raise Outdated(_("A newer revision was submitted. Decide on that one."))
    if verdict == Verdict.RETURNED and was_published(revision):
        raise AlreadyDecided(_("This revision is public. Restore or withdraw instead."))


def check_address_is_free(path, *, record):
    """Raise AddressInUse where another record answers at `path`."""
    taken = PublishedPage.objects.filter(path=path).exclude(record=record).first() if path else None
    if taken:
        raise AddressInUse(
            _("%(path)s belongs to record %(n)s. Choose another address.") % {"path": path, "n": taken.record}
        )


def check_can_publish(revision, *, by):
    """Raise unless a revision was approved as it lies, is the newest, and has not gone out."""
    if not by.is_loader:
        permissions.check_can_edit(by, revision.centre)
    given = verdicts(revision)
    if Verdict.RETURNED in given or not given & set(GO_AHEAD):
        raise NotApproved(_("Nobody else has approved this revision."))
    if was_published(revision):
        raise WrongState(_("This revision is public already."))
    if not is_newest(revision):
        raise Outdated(_("A newer revision was submitted. Publish that one, or restore an earlier version."))
    found = snapshots.digest(
        kind=revision.kind, record=revision.record_id, schema=revision.schema, payload=revision.payload
    )
    if found != revision.digest:
        raise Tampered(_("The stored text is not the one that was approved. Submit it again."))
    check_address_is_free(revision.path, record=revision.record_id)


def check_can_change_state(page, centre, *, by, reason):
    """Raise unless `by` may withdraw, remove, merge or restore a page, and says why."""
    if not by.is_loader:
        permissions.check_can_review(by, centre)
    if not reason.strip():
        raise Incomplete(_("Say why: the reason is shown to the public."))
    if page is None:
        raise WrongState(_("This record was never published."))


can_submit = _asks(check_can_submit)
can_decide = _asks(check_can_decide)
can_publish = _asks(check_can_publish)
