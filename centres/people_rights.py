"""Who may change whose roles, sessions and account. `check_x` raises the refusal with its reason, `can_x` asks.

A centre's manager answers for the people who work, or worked, for that centre; an administrator for everybody.
Nobody, an administrator included, gives themselves anything.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from centres import permissions
from centres.models import OF_A_CENTRE, OF_THE_NETWORK, Person, Role
from centres.permissions import is_administrator


class Refusal(Exception):
    """Something about a person that the state of things does not allow; its text says why, and what to do instead."""


def _asks(check):
    """The question that belongs to a check: True where it would not refuse."""

    def can(*args, **kwargs):
        try:
            check(*args, **kwargs)
        except (Refusal, PermissionDenied):
            return False
        return True

    can.__doc__ = f"Whether this holds: {check.__doc__}"
    return can


def answers_for_people(person):
    """Whether `person` answers for anybody at all."""
    return is_administrator(person) or permissions.managed_centres(person).exists()


def seen_by(person):
    """Everybody whom `person` may see among the people: who holds or held a role in a centre that `person` manages."""
    people = Person.objects.filter(is_loader=False)
    if is_administrator(person):
        return people
    roles = Role.objects.filter(centre__in=permissions.managed_centres(person))
    return people.filter(pk__in=roles.values("person"))


def roles_seen_by(person):
    """The roles that `person` may see: all, or those in centres that `person` manages."""
    if is_administrator(person):
        return Role.objects.all()
    return Role.objects.filter(centre__in=permissions.managed_centres(person))


def names_to_give(person):
    """The kinds of role that `person` may give."""
    return (*OF_A_CENTRE, *OF_THE_NETWORK) if is_administrator(person) else OF_A_CENTRE


def check_manages(by, centre):
    """`by` changes the people of `centre` (None: of the network)."""
    if not permissions.can_manage(by, centre):
        raise PermissionDenied(
            _("You do not manage the people of %(centre)s.") % {"centre": centre or _("the network")}
        )


def check_fits(centre, name):
    """A role for one centre names it, and one for the network names none."""
    if (name in OF_A_CENTRE) != (centre is not None):
        raise Refusal(
            _("This role is held in one centre: choose the centre.")
            if centre is None
            else _("This role is held in the network as a whole: leave the centre empty.")
        )


def check_may_give(by, centre, name):
    """`by` gives the role `name` in `centre` (None: the network) to somebody else."""
    check_manages(by, centre)
    check_fits(centre, name)


def check_may_give_to(by, person, centre, name):
    """`by` gives `person` the role `name` in `centre`."""
    check_may_give(by, centre, name)
    if person == by:
        raise PermissionDenied(_("Nobody gives themselves a role. Ask another manager, or an administrator."))
    if not seen_by(by).filter(pk=person.pk).exists():
        raise PermissionDenied(_("You do not manage this person."))
    if not permissions.may_sign_in(person):
        raise Refusal(_("%(person)s has left. Invite them again.") % {"person": person})


def _check_leaves_an_administrator(person):
    """Somebody else can still give the first role when `person` no longer is an administrator."""
    others = Person.objects.filter(is_active=True, is_staff=True).exclude(pk=person.pk)
    holders = Role.objects.current().filter(name=Role.Name.ADMINISTRATOR)
    if not others.filter(Q(is_superuser=True) | Q(pk__in=holders.values("person"))).exists():
        raise Refusal(_("This is the network's last administrator. Give somebody else that role first."))


def check_may_end(by, role):
    """`by` ends `role`."""
    check_manages(by, role.centre)
    if role.name == Role.Name.ADMINISTRATOR and not role.person.is_superuser:
        _check_leaves_an_administrator(role.person)


def check_may_look_after(by, person):
    """`by` sees and ends the sessions of `person`: one who works for a centre that `by` manages."""
    if is_administrator(by):
        return
    here = Role.objects.current().filter(person=person, centre__in=permissions.managed_centres(by))
    if not here.exists():
        raise PermissionDenied(_("You do not manage this person."))


def check_may_let_leave(by, person):
    """`by` ends the work of `person`: in the centres that `by` manages, or, an administrator, altogether."""
    if person == by:
        raise PermissionDenied(_("Ask another manager, or an administrator, to let you leave."))
    check_may_look_after(by, person)
    if not person.is_active:
        raise Refusal(_("%(person)s has left already.") % {"person": person})
    if is_administrator(by) and is_administrator(person):
        _check_leaves_an_administrator(person)


def leaves_altogether(by, person):
    """Whether `person` keeps no right elsewhere when `by` lets them leave."""
    if is_administrator(by):
        return True
    elsewhere = Role.objects.current().filter(person=person).exclude(centre__in=permissions.managed_centres(by))
    return not person.is_superuser and not elsewhere.exists()


def check_may_correct(by, person):
    """`by` changes another person's name and e-mail address, or removes their second factors."""
    if not is_administrator(by):
        raise PermissionDenied(_("Only a network administrator changes this."))


def check_may_forget_second_factors(by, person):
    """`by` removes the second factors of `person`, who then sets one up anew."""
    check_may_correct(by, person)
    if person == by:
        raise PermissionDenied(_("Remove your own on your account's page: you have to show that it is you."))


can_end = _asks(check_may_end)
can_look_after = _asks(check_may_look_after)
can_let_leave = _asks(check_may_let_leave)
can_correct = _asks(check_may_correct)
can_forget_second_factors = _asks(check_may_forget_second_factors)
