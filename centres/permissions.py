"""Who may edit, review and manage what. `check_x` raises the refusal with its reason, `can_x` asks.

Rights follow from roles in force today. A centre that has ended is kept as it was: only a network
administrator may still change what it left.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from centres.models import Centre, Person, Role

EDITING = (Role.Name.EDITOR, Role.Name.REVIEWER)


def may_sign_in(person):
    """Whether `person` belongs to the editorial side at all."""
    return person.is_active and person.is_staff


def _roles(person):
    return Role.objects.current().filter(person=person) if may_sign_in(person) else Role.objects.none()


def is_administrator(person):
    """Whether `person` is a network administrator."""
    return may_sign_in(person) and (person.is_superuser or _roles(person).filter(name=Role.Name.ADMINISTRATOR).exists())


def _holds(person, centre, names):
    if is_administrator(person):
        return True
    return _roles(person).filter(centre=centre, name__in=names).exists()


def can_edit(person, centre):
    """Whether `person` may see and change records of `centre` (None: the network's own)."""
    if centre is None:
        return works_for_network(person)
    return is_administrator(person) or (not centre.closed and _holds(person, centre, EDITING))


def check_can_edit(person, centre):
    """Raise PermissionDenied unless `person` may change records of `centre`."""
    if can_edit(person, centre):
        return
    if centre is not None and centre.closed:
        raise PermissionDenied(
            _("%(centre)s has ended: its pages stay as they were. Ask a network administrator.") % {"centre": centre}
        )
    raise PermissionDenied(
        _("You are not an editor of %(centre)s. Ask its manager for the role.") % {"centre": centre or _("the network")}
    )


def can_review(person, centre):
    """Whether `person` may decide on submissions of `centre` (never on their own).

    The network's own records are decided on by another of its editors.
    """
    if centre is None:
        return works_for_network(person)
    return is_administrator(person) or (not centre.closed and _holds(person, centre, [Role.Name.REVIEWER]))


def check_can_review(person, centre):
    """Raise PermissionDenied unless `person` may decide on submissions of `centre`."""
    if not can_review(person, centre):
        raise PermissionDenied(
            _("You are not a reviewer of %(centre)s. Ask its manager for the role.")
            % {"centre": centre or _("the network")}
        )


def can_manage(person, centre):
    """Whether `person` may change the people and settings of `centre` (None: those of the network)."""
    return _holds(person, centre, [Role.Name.MANAGER] if centre else [])


def _centres_with(person, names):
    if is_administrator(person):
        return Centre.objects.all()
    return Centre.objects.filter(pk__in=_roles(person).filter(name__in=names).values("centre"))


def centres_of(person):
    """The centres whose working records `person` may see and change, as a queryset."""
    centres = _centres_with(person, EDITING)
    return centres if is_administrator(person) else centres.filter(closed="")


def managed_centres(person):
    """The centres whose people and settings `person` may change, as a queryset."""
    return _centres_with(person, [Role.Name.MANAGER])


def works_for_network(person):
    """Whether `person` may see and change the network's own records."""
    return _holds(person, None, [Role.Name.NETWORK_EDITOR])


def people_of(centre, names):
    """The people who hold one of the roles `names` in `centre` (None: the network) today, as a queryset."""
    roles = Role.objects.current().filter(centre=centre, name__in=names)
    return Person.objects.filter(is_active=True, is_staff=True, pk__in=roles.values("person"))
