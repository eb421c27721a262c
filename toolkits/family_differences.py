"""Why two members of a family are rated differently: whose it is to say, to agree to and to change.

A difference has two sides, the centres of its two interventions. Whoever works for either may change it, and so may
the network's editors, who can agree for neither; nobody else is told that it is there. What a centre left that has
ended is a network administrator's, as everywhere.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from centres import permissions
from evidence.models import Family, FamilyDifference
from toolkits import policies

SIDES = FamilyDifference.SIDES


def families_of(person):
    """The families in which `person` may say why ratings differ."""
    if permissions.works_for_network(person):
        return Family.objects.all()
    mine = permissions.centres_of(person)
    return Family.objects.filter(members__intervention__centre__in=mine).distinct()


def visible_to(person):
    """The differences that are any of `person`'s business, with their two interventions and those who agreed."""
    found = FamilyDifference.objects.standing().select_related(
        "family", "first__centre", "second__centre", "first_agreed_by", "second_agreed_by"
    )
    if permissions.works_for_network(person):
        return found
    mine = permissions.centres_of(person)
    return found.filter(Q(first__centre__in=mine) | Q(second__centre__in=mine))


def waiting_for(person):
    """The differences that `person` may agree to for a centre, the oldest first: somebody else agreed for the other."""
    mine = permissions.centres_of(person)

    def open_to(side, other):
        still_open = Q(**{f"{side}__centre__in": mine, f"{side}_agreed_at__isnull": True})
        return still_open & ~Q(**{f"{other}_agreed_at__isnull": False, f"{other}_agreed_by": person})

    first, second = SIDES
    return visible_to(person).filter(open_to(first, second) | open_to(second, first)).order_by("pk")


def centre_of(difference, side):
    """The centre on one side of a difference."""
    return getattr(difference, side).centre


def other_side(side):
    """The side across from `side`."""
    first, second = SIDES
    return second if side == first else first


def sides_of(difference, person):
    """The sides of a difference whose centre `person` works for."""
    return [side for side in SIDES if permissions.can_edit(person, centre_of(difference, side))]


def own_side(difference, person):
    """The one side that `person` speaks for by writing its words; None where that is neither, or could be either."""
    mine = sides_of(difference, person)
    of_one_centre = difference.first.centre_id == difference.second.centre_id
    return mine[0] if len(mine) == 1 or (mine and of_one_centre) else None


def check_can_change(first, second, *, by):
    """Raise unless `by` may say, in whatever words, why two interventions are rated differently."""
    if not (permissions.works_for_network(by) or permissions.can_edit(by, first.centre)):
        permissions.check_can_edit(by, second.centre)


def check_can_propose(family, first, second, *, by):
    """Raise unless `by` may propose a difference between two members of a family."""
    check_can_change(first, second, by=by)
    if first == second:
        raise policies.WrongState(_("Choose two different interventions."))
    if family.members.filter(intervention__in=[first, second]).count() < 2:
        raise policies.WrongState(_("Both interventions have to be members of “%(name)s”.") % {"name": family})


def check_is_as_seen(difference, seen):
    """Raise Outdated where the words are others than those with the `wording` that somebody acted on."""
    if difference.wording != seen:
        raise policies.Outdated(_("The words were changed since you opened this page. Read them as they are now."))


def check_can_agree(difference, side, *, by):
    """Raise unless `by` may agree to a difference for the centre on one side: that takes two people."""
    permissions.check_can_edit(by, centre_of(difference, side))
    if getattr(difference, f"{side}_agreed_at"):
        raise policies.AlreadyDecided(_("%(centre)s has agreed already.") % {"centre": centre_of(difference, side)})
    if getattr(difference, f"{other_side(side)}_agreed_by_id") == by.pk:
        raise policies.NotAnother(
            _("You agreed for %(centre)s. Somebody else has to agree for this side.")
            % {"centre": centre_of(difference, other_side(side))}
        )


def can_agree(difference, side, *, by):
    """Whether `check_can_agree` would let this pass."""
    try:
        check_can_agree(difference, side, by=by)
    except (policies.Refusal, permissions.PermissionDenied):
        return False
    return True


def check_still_agreed(kind, record, payload):
    """Raise Outdated where the stored document of a family says something to which its centres no longer agree."""
    if kind != Family.KIND:
        return
    agreed = FamilyDifference.objects.filter(family=record).standing().agreed()
    standing = set(agreed.values_list("first", "second", "cause", "text"))
    for said in payload.get("differences", ()):
        if (said["first"], said["second"], said["cause"], said["text"]) not in standing:
            raise policies.Outdated(
                _("The centres no longer agree why %(first)s and %(second)s are rated differently. Submit again.")
                % {"first": said["first"], "second": said["second"]}
            )
