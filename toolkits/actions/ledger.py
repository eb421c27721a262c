"""Rating from a synthesis: the rule's proposal accepted or overridden, and both kept."""

import dataclasses

from django.utils import timezone
from django.utils.translation import gettext as _

from centres import records
from centres.audit import by_whom
from evidence.models import Rating, RatingBasis
from evidence.proposals import number_of
from toolkits import ledger, policies
from toolkits.actions.common import lock


def _locked(rating):
    lock(rating.intervention_id)
    found = Rating.objects.select_related("intervention__centre", "level__scheme__centre")
    return found.get(pk=rating.pk)


def _numbers(rating, level, proposal):
    """The (value, range low, range high) that go with the level an editor chose."""
    if proposal.level == level.key:
        return proposal.value, proposal.low, proposal.high
    if not proposal.steps and rating.level_id == level.pk:
        return rating.value, rating.range_low, rating.range_high
    # The number is the chosen level's, the range still what the studies give.
    return number_of(level.key) if level.scheme.numeric else "", proposal.low, proposal.high


def _check_says_why(level, proposal, reason):
    if level.key == proposal.level and reason:
        raise policies.WrongState(_("This is the level that the rule gives: accept it, without a reason against it."))
    if proposal.steps and level.key != proposal.level and not reason:
        raise policies.Incomplete(_("Say why the level is not what the published rule gives."))


@by_whom
def rate_from_synthesis(*, rating, synthesis, level, by, seen, reason, override_reason=""):
    """Give a rating the level `level` from what a synthesis comes to now, and return its RatingBasis.

    `seen` is the fingerprint of what the editor was shown (`ledger.fingerprint`). `reason` is why this level, for the
    public; `override_reason` why it is not the one that the rule gives. What was proposed is kept beside what was chosen.

    Raises policies.Outdated where the synthesis has moved since, Incomplete where a reason is missing, WrongState where
    the synthesis is none that this rating may rest on or the rating is there already, PermissionDenied.
    """
    rating, reason, override_reason = _locked(rating), reason.strip(), override_reason.strip()
    policies.check_can_rate_from(rating, synthesis, by=by)
    numbers = ledger.numbers_now(synthesis)
    proposal = ledger.propose(rating.level.scheme, numbers)
    if "value" not in numbers:
        raise policies.WrongState(_("The studies of this synthesis cannot be pooled, so nothing can be rated from it."))
    if ledger.fingerprint(numbers, proposal) != seen:
        raise policies.Outdated(_("The synthesis has changed since you opened this page. Look at its result again."))
    level = rating.level.scheme.levels.select_related("scheme").get(pk=level.pk)
    _check_says_why(level, proposal, override_reason)
    if not reason:
        raise policies.Incomplete(_("Say why this level, in words for the public."))
    policies.check_is_no_second_rating(rating, level)
    rating.value, rating.range_low, rating.range_high = _numbers(rating, level, proposal)
    if rating.level_id != level.pk:
        rating.label_as_published = ""
    rating.level, rating.reason, rating.rated_on = level, reason, timezone.localdate()
    rating.save()
    given = level.scheme.levels.filter(key=proposal.level).first() if proposal.level else None
    basis, _made = RatingBasis.objects.update_or_create(
        rating=rating,
        defaults={
            "synthesis": synthesis,
            "version": ledger.live_version(synthesis, numbers),
            "numbers": numbers,
            "proposed": given,
            "proposed_value": proposal.value,
            "proposed_low": proposal.low,
            "proposed_high": proposal.high,
            "rule": dataclasses.asdict(proposal.rule) if proposal.rule else {},
            "steps": [dataclasses.asdict(step) for step in proposal.steps],
            "chosen": level,
            "override_reason": override_reason,
            "by": by,
        },
    )
    records.mark_changed(rating.intervention_id, by=by)
    return basis


@by_whom
def rate_without_synthesis(*, rating, by):
    """Let a rating rest on no synthesis any more; its level and its reason stay as they are."""
    rating = _locked(rating)
    policies.check_can_rate(rating, by=by)
    deleted, _of = RatingBasis.objects.filter(rating=rating).delete()
    if not deleted:
        raise policies.WrongState(_("This rating rests on no synthesis."))
    records.mark_changed(rating.intervention_id, by=by)
