"""Why two members of a family are rated differently: proposed, put in other words, agreed to by both centres, withdrawn.

None of it is public until the family is submitted, approved and published, with what is agreed on that day.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from centres import audit, records
from centres.audit import by_whom
from evidence.models import FamilyDifference
from toolkits import family_differences as rules
from toolkits import notices, policies


def _locked(difference):
    found = FamilyDifference.objects.select_for_update(of=["self"]).select_related(
        "family", "first__centre", "second__centre"
    )
    difference = found.filter(pk=difference.pk).first()
    if difference is None:
        raise policies.Outdated(_("This has been withdrawn since you opened the page."))
    return difference


def _said(text):
    if not text.strip():
        raise policies.Incomplete(_("Say what differs, in words for the public."))
    return text.strip()


def _agree(difference, side, by):
    setattr(difference, f"{side}_agreed_by", by)
    setattr(difference, f"{side}_agreed_at", timezone.now())


def _check_is_only(difference):
    """One text a cause: two of them would have to be agreed to twice, and could contradict each other."""
    same = FamilyDifference.objects.filter(
        family=difference.family, first=difference.first, second=difference.second, cause=difference.cause
    )
    if same.exclude(pk=difference.pk).exists():
        raise policies.WrongState(
            _("“%(cause)s” is said of these two already: change those words, or choose another cause.")
            % {"cause": difference.get_cause_display()}
        )


@by_whom
def propose_difference(*, family, first, second, cause, text, by):
    """Propose why two interventions of a family are rated differently, and return the FamilyDifference.

    Whoever works for one of the two centres agrees for it by writing; the network's editors agree for neither.
    """
    records.RecordNumber.objects.select_for_update().get(pk=family.pk)
    rules.check_can_propose(family, first, second, by=by)
    lower, higher = sorted([first, second], key=lambda intervention: intervention.pk)
    difference = FamilyDifference(family=family, first=lower, second=higher, cause=cause, text=_said(text))
    _check_is_only(difference)
    side = rules.own_side(difference, by)
    if side:
        _agree(difference, side, by)
    difference.save()
    notices.difference_proposed(difference, by)
    return difference


@by_whom
def reword_difference(*, difference, cause, text, seen, by):
    """Put a difference in other words, to which nobody has agreed yet but its writer, and return it.

    `seen` is the `wording` that stood before its writer, so that nobody writes over what they have not read.
    """
    difference = _locked(difference)
    rules.check_can_change(difference.first, difference.second, by=by)
    rules.check_is_as_seen(difference, seen)
    was_agreed, text = difference.agreed, _said(text)
    if (difference.cause, difference.text) == (cause, text):
        raise policies.NothingChanged(_("These are the words as they are. Agree to them, or write others."))
    difference.cause, difference.text = cause, text
    _check_is_only(difference)
    for side in rules.SIDES:
        setattr(difference, f"{side}_agreed_by", None)
        setattr(difference, f"{side}_agreed_at", None)
    side = rules.own_side(difference, by)
    if side:
        _agree(difference, side, by)
    difference.save()
    if was_agreed:
        records.mark_changed(difference.family_id, by=None)
    notices.difference_reworded(difference, by)
    return difference


@by_whom
def agree_to_difference(*, difference, side, seen, by):
    """Agree to a difference as it stands, for the centre on one `side`, and return it. `seen` as in `reword_difference`.

    Raises policies.NotAnother where `by` agreed for the other side: one person with roles in both centres is not two.
    """
    difference = _locked(difference)
    rules.check_can_agree(difference, side, by=by)
    rules.check_is_as_seen(difference, seen)
    _agree(difference, side, by)
    difference.save()
    if difference.agreed:
        records.mark_changed(difference.family_id, by=None)
        notices.difference_agreed(difference, by)
    return difference


@by_whom
def withdraw_difference(*, difference, reason, seen, by):
    """Take a difference back, and tell everybody whom it concerned why. What was published of it stays in the versions."""
    difference = _locked(difference)
    rules.check_can_change(difference.first, difference.second, by=by)
    rules.check_is_as_seen(difference, seen)
    if not reason.strip():
        raise policies.Incomplete(_("Say why: the other centre is told."))
    if difference.agreed:
        records.mark_changed(difference.family_id, by=None)
    notices.difference_withdrawn(difference, by, reason.strip())
    audit.record(
        action="withdrawn",
        by=by,
        kind=FamilyDifference._meta.db_table,
        key=difference.pk,
        record=difference.family_id,
        note=reason.strip(),
    )
    difference.delete()
    return difference
