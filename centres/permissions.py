"""Who may edit and review what. `check_x` raises the refusal with its reason, `can_x` asks."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from centres.models import Centre, Role


def _holds(person, centre, names):
    if not (person.is_active and person.is_staff):
        return False
    return person.is_superuser or person.roles.filter(centre=centre, name__in=names).exists()


def can_edit(person, centre):
    """Whether `person` may change records of `centre` (None: the network's own)."""
    return _holds(person, centre, [Role.Name.EDITOR, Role.Name.REVIEWER])


def check_can_edit(person, centre):
    """Raise PermissionDenied unless `person` may change records of `centre`."""
    if not can_edit(person, centre):
        raise PermissionDenied(
            _("You are not an editor of %(centre)s. Ask its manager for the role.")
            % {"centre": centre or _("the network")}
        )


def can_review(person, centre):
    """Whether `person` may decide on submissions of `centre` (never on their own)."""
    return _holds(person, centre, [Role.Name.REVIEWER])


def check_can_review(person, centre):
    """Raise PermissionDenied unless `person` may decide on submissions of `centre`."""
    if not can_review(person, centre):
        raise PermissionDenied(
            _("You are not a reviewer of %(centre)s. Ask its manager for the role.")
            % {"centre": centre or _("the network")}
        )


def centres_of(person):
    """The centres whose working records `person` may see, as a queryset."""
    if not (person.is_active and person.is_staff):
        return Centre.objects.none()
    if person.is_superuser:
        return Centre.objects.all()
    return Centre.objects.filter(roles__person=person).distinct()


def works_for_network(person):
    """Whether `person` may see and change the network's own records."""
    return can_edit(person, None)
