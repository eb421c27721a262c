"""Why two centres rate the same idea differently: proposed by one, agreed to by both, put in other words, withdrawn."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres import permissions
from evidence.models import FamilyDifference, Intervention
from toolkits import actions, reading_age
from toolkits import family_differences as rules
from toolkits.editorial import suggestions
from toolkits.editorial.forms import AgreeForm, DifferenceForm, RewordForm, WithdrawDifferenceForm
from toolkits.editorial.gates import editors_only
from toolkits.editorial.views.common import carry_out, given, page
from toolkits.readiness.texts import READING_AGE


@dataclass(frozen=True)
class Side:
    """One of the two interventions of a difference: what the public calls it, whose it is, and whether that centre agreed."""

    name: str
    title: str
    record: int
    centre: str
    agreed_by: str
    agreed_at: object
    may_agree: bool


@dataclass(frozen=True)
class Shown:
    """A difference with its two sides, as this person may act on it."""

    difference: FamilyDifference
    sides: list[Side]

    @property
    def sides_to_agree(self):
        """The sides that this person may agree for."""
        return [side for side in self.sides if side.may_agree]


def _shown(differences, person):
    """A Shown for each of `differences`, with the names that are public: a centre's drafts stay its own."""
    numbers = {number for difference in differences for number in (difference.first_id, difference.second_id)}
    named = suggestions.named(numbers)
    return [
        Shown(difference, [_side(difference, side, named, person) for side in rules.SIDES])
        for difference in differences
    ]


def _side(difference, side, named, person):
    record, by = getattr(difference, f"{side}_id"), getattr(difference, f"{side}_agreed_by")
    return Side(
        name=side,
        title=named.get(record, _("%(n)s (not public)") % {"n": record}),
        record=record,
        centre=str(rules.centre_of(difference, side)),
        agreed_by=str(by or ""),
        agreed_at=getattr(difference, f"{side}_agreed_at"),
        may_agree=rules.can_agree(difference, side, by=person),
    )


def _members(family, person):
    """({record: public name} of all live members, the records of those `person` works for; all of them for the network)."""
    named = suggestions.named(family.members.values("intervention"))
    members = Intervention.objects.filter(pk__in=named)
    own = (
        members if permissions.works_for_network(person) else members.filter(centre__in=permissions.centres_of(person))
    )
    return named, set(own.values_list("pk", flat=True))


def _family_page(request, family):
    named, own = _members(family, request.user)
    differences = rules.visible_to(request.user).filter(family=family)
    return {
        "title": _("Why ratings differ: %(name)s") % {"name": family},
        "family": family,
        "of_network": permissions.works_for_network(request.user),
        "shown": _shown(differences, request.user),
        "can_propose": len(named) > 1 and bool(own),
        "propose_form": given(DifferenceForm, request, "family_differences", named=named, own=own),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def family_differences(request, record):
    """The differences of a family that concern this person, and the form that proposes another."""
    family = get_object_or_404(rules.families_of(request.user), pk=record)
    context = _family_page(request, family)
    form = context["propose_form"]
    if request.method != "POST":
        return page(request, "family_differences", context)
    difference = carry_out(actions.propose_difference, form, family=family, by=request.user)
    if difference is None:
        return page(request, "family_differences", context, form)
    messages.success(request, _("Proposed. The editors of both centres see it in their work list, and have been told."))
    return redirect("editorial:family_difference", difference.pk)


def _difference_or_404(person, number):
    difference = rules.visible_to(person).filter(pk=number).first()
    if difference is None:
        raise Http404
    return difference


def _difference_page(request, difference):
    age = reading_age.reading_age(difference.text)
    seen = {"seen": difference.wording}
    said = {"cause": difference.cause, "text": difference.text}
    return {
        "title": _("Why ratings differ: %(name)s") % {"name": difference.family},
        "difference": difference,
        "shown": _shown([difference], request.user)[0],
        "reading_age": age,
        "is_hard_to_read": age is not None and age > READING_AGE,
        "agree_form": given(AgreeForm, request, "agree_to_difference", initial=seen),
        "reword_form": given(RewordForm, request, "reword_difference", initial=seen | said),
        "withdraw_form": given(WithdrawDifferenceForm, request, "withdraw_difference", initial=seen),
    }


@require_safe
@editors_only
def family_difference(request, number):
    """A difference as it stands, and what this person may do with it."""
    return page(request, "family_difference", _difference_page(request, _difference_or_404(request.user, number)))


def _act(request, number, action, form_name, said):
    """Carry `action` out with the form of that name, and come back to the difference or, without it, to its family."""
    difference = _difference_or_404(request.user, number)
    context = _difference_page(request, difference)
    form = context[form_name]
    if carry_out(action, form, difference=difference, by=request.user) is None:
        return page(request, "family_difference", context, form)
    messages.success(request, said)
    if rules.visible_to(request.user).filter(pk=number).exists():
        return redirect("editorial:family_difference", number)
    return redirect("editorial:family_differences", difference.family_id)


@require_POST
@editors_only
def agree_to_difference(request, number):
    """Agree to the words as they stand, for one of the two centres."""
    if not rules.sides_of(_difference_or_404(request.user, number), request.user):
        raise PermissionDenied(_("The network's editors agree for neither centre."))
    return _act(request, number, actions.agree_to_difference, "agree_form", _("Agreed."))


@require_POST
@editors_only
def reword_difference(request, number):
    """Put it in other words, which clears what was agreed."""
    said = _("These are the words now. What was agreed to the former ones no longer counts.")
    return _act(request, number, actions.reword_difference, "reword_form", said)


@require_POST
@editors_only
def withdraw_difference(request, number):
    """Take it back."""
    said = _("Withdrawn. What was published of it stays in the family's versions.")
    return _act(request, number, actions.withdraw_difference, "withdraw_form", said)
