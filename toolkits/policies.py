"""What the state of a record allows. `check_x` raises a Refusal with its reason, `can_x` asks."""

import contextlib

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from centres import permissions
from toolkits import ledger, own_links, payloads, readiness, snapshots
from toolkits.differences import differences
from toolkits.models import (
    Appointment,
    Change,
    Decision,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Revision,
)

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


@contextlib.contextmanager
def naming(thing):
    """Say of which of several pages a Refusal inside is: the same refusal, with the page's name before it."""
    try:
        yield
    except Refusal as refusal:
        raise type(refusal)(f"{getattr(thing, 'title', None) or thing}: {refusal}") from refusal


def asking(check):
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


def check_can_submit(document, *, by):
    """Raise unless `by` may submit this working row, and it has what its address needs."""
    if by.is_loader:
        return
    permissions.check_can_edit(by, snapshots.owner(document))
    if document.KIND == "intervention" and not hasattr(document, "entry"):
        raise Incomplete(_("Give the intervention its place in a toolkit first."))
    appointment = waiting_appointments(document.pk).first()
    if appointment:
        raise WrongState(
            _("An approved revision goes out on %(when)s. Cancel that time first.")
            % {"when": in_london(appointment.at)}
        )


def in_london(moment):
    """A moment as people read it here: the portal's own time zone."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def waiting_appointments(record):
    """The times at which a revision of `record` goes out, alone or with others."""
    alone = Q(revision__record=record)
    return Appointment.objects.filter(alone | Q(change_set__revisions__record=record), state=Appointment.State.WAITING)


def is_live(page, digest):
    """Whether `page`, a published row or None, shows exactly the content with `digest`."""
    return page is not None and page.digest == digest and getattr(page, "state", "live") == "live"


def check_is_new(page, newest, *, digest):
    """Raise NothingChanged where the same content is public, or on its way.

    `page` is the published row or None, `newest` the last revision or None.
    """
    if is_live(page, digest):
        raise NothingChanged(_("Nothing has changed since version %(n)s.") % {"n": page.version})
    on_its_way = newest is not None and newest.digest == digest and not was_published(newest)
    if on_its_way and Verdict.RETURNED not in verdicts(newest):
        raise NothingChanged(
            _("%(who)s submitted exactly this text as revision %(n)s.")
            % {"who": newest.submitted_by, "n": newest.number}
        )


# What no change that calls itself minor may touch: what a reader acts on.
WEIGHTY = (
    "ratings",
    "absences",
    "levels",
    "members",
    "differences",
    "headline",
    "studies",
    "outcomes",
    "finding",
    "last searched",
)


def check_says_what_changed(*, change, minor, note, wrong, conclusion, before, after, by):
    """Raise Incomplete unless the public is told what it needs to know of a change from `before` to `after` (payloads)."""
    if not note and not minor:
        raise Incomplete(_("Say what changed and why, in words for the public."))
    if minor:
        touched = [one.field for one in differences(before, after) if one.field.startswith(WEIGHTY)]
        if change != Change.WORDING or touched:
            raise Incomplete(
                _("This is not a minor change of wording: %(fields)s. Say what changed and why.")
                % {"fields": "; ".join(touched) or Change(change).label}
            )
    if change == Change.CORRECTION and not by.is_loader and not (wrong and conclusion):
        raise Incomplete(_("A correction says what was wrong, and whether the conclusion changes."))
    if change != Change.CORRECTION and (wrong or conclusion):
        raise Incomplete(_("Only a correction says what was wrong: choose “Correction” as the kind of change."))


def check_is_complete(document, kind, page, *, by):
    """Raise Incomplete, naming everything, where a payload lacks what it must have and the public version has.

    `page` is the published row or None. Waived for the loader: facts compiled from public pages came without
    reasons, dates and interests, and their pages say so.
    """
    if by.is_loader:
        return
    if page is None and kind == "method" and document.succeeds:
        # A new version of a scale is no worse than the one whose place it takes.
        page = live(document.succeeds.record, kind)
    before = payloads.load(kind, page.schema, page.payload) if page else None
    lacking = readiness.unmet(document, before, own_links.facts(document, before))
    if lacking:
        raise Incomplete(" ".join(requirement.text for requirement in lacking))


def check_belongs(document, change_set):
    """Raise WrongState unless a working row may go out with a change set."""
    if snapshots.owner(document) != change_set.centre:
        raise WrongState(_("Pages that go out together belong to one centre."))
    if any(was_published(revision) for revision in members(change_set)):
        raise WrongState(_("This change set has gone out already."))


def members(change_set):
    """The revisions that go out with a change set: of each record the newest that was submitted with it."""
    newest = {}
    for revision in change_set.revisions.select_related("centre", "change_set").order_by("record", "number"):
        newest[revision.record_id] = revision
    return list(newest.values())


def check_goes_alone(revision):
    """Raise WrongState where a revision goes out with others, all or none."""
    if revision.change_set_id and len(members(revision.change_set)) > 1:
        raise WrongState(_("It goes out with its change set “%(name)s”, all or none.") % {"name": revision.change_set})


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


def check_can_comment(revision, *, by):
    """Raise unless a submission is any of `by`'s business."""
    permissions.check_can_edit(by, revision.centre)


def check_can_decide(revision, *, by, verdict):
    """Raise unless `by` may give `verdict` on a revision.

    Approval is somebody else's: not the submitter's, and after an emergency not that of whoever sent it out.
    """
    if verdict == Verdict.IMPORTED:
        if not by.is_loader:
            raise NotAnother(_("Only the loader's own account may import."))
    else:
        permissions.check_can_review(by, revision.centre)
        if by.pk == revision.submitted_by_id and verdict != Verdict.EMERGENCY:
            raise NotAnother(_("You submitted this. Another reviewer has to decide on it."))
    given = dict(revision.decisions.values_list("verdict", "decided_by"))
    if verdict in given or Verdict.RETURNED in given or given.keys() & {Verdict.APPROVED, Verdict.IMPORTED}:
        raise AlreadyDecided(_("This revision has been decided on already."))
    if by.pk == given.get(Verdict.EMERGENCY):
        raise NotAnother(_("You sent this out as an emergency. Another reviewer has to approve it."))
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
    """Raise unless `by` may publish, and the revision may go out."""
    if not by.is_loader:
        permissions.check_can_edit(by, revision.centre)
    check_may_go_out(revision)


def check_may_go_out(revision):
    """Raise unless a revision was approved as it lies, is the newest, and has not gone out."""
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


def check_can_appoint(*, revision, change_set, at):
    """Raise WrongState unless a revision or a change set may be given the time `at`."""
    if at <= timezone.now():
        raise WrongState(_("%(when)s is past. Choose a later time, or publish now.") % {"when": in_london(at)})
    taken = Appointment.objects.filter(
        revision=revision, change_set=change_set, state=Appointment.State.WAITING
    ).first()
    if taken:
        raise WrongState(_("It goes out on %(when)s. Cancel that time first.") % {"when": in_london(taken.at)})


def check_can_cancel(appointment, *, by):
    """Raise unless `by` may cancel an appointment."""
    permissions.check_can_edit(by, (appointment.revision or appointment.change_set).centre)


def check_can_settle(flag, *, by):
    """Raise unless `by` may say what came of a flag."""
    document = snapshots.MODELS[flag.record.kind].objects.get(pk=flag.record_id)
    permissions.check_can_edit(by, snapshots.owner(document))
    if flag.settled_at:
        raise WrongState(_("Somebody has settled this already."))


def check_can_rate(rating, *, by):
    """Raise unless `by` may change a rating: one on a scale of the network's is its own editors' reading."""
    permissions.check_can_edit(by, rating.intervention.centre)
    if rating.level.scheme.centre_id is None:
        permissions.check_can_edit(by, None)


def check_can_rate_from(rating, synthesis, *, by):
    """Raise unless `by` may let a rating rest on a synthesis: one of the centre's own that is shown on the page."""
    check_can_rate(rating, by=by)
    if not ledger.own_syntheses(rating.intervention).filter(pk=synthesis.pk).exists():
        raise WrongState(_("A rating rests on the centre's own synthesis only, and on one that is shown on its page."))


def check_is_no_second_rating(rating, level):
    """Raise WrongState where the intervention has another rating at `level` for the same outcome and aspect."""
    others = type(rating).objects.filter(
        intervention=rating.intervention_id, level=level, outcome=rating.outcome_id, aspect=rating.aspect
    )
    if others.exclude(pk=rating.pk).exists():
        raise WrongState(_("There is another rating at this level for the same outcome. Delete one of the two first."))


def check_can_change_state(page, centre, *, by, reason):
    """Raise unless `by` may withdraw, remove, merge or restore a page, and says why."""
    if page is None:
        raise WrongState(_("This record was never published."))
    if not by.is_loader:
        permissions.check_can_review(by, centre)
    if not reason.strip():
        raise Incomplete(_("Say why: the reason is shown to the public."))


can_comment = asking(check_can_comment)
can_rate = asking(check_can_rate)
can_go_alone = asking(check_goes_alone)
can_submit = asking(check_can_submit)
can_decide = asking(check_can_decide)
can_publish = asking(check_can_publish)
