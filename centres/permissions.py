"""Who may edit, review and manage what. `check_x` raises the refusal with its reason, `can_x` asks.

Rights follow from roles in force today. A centre that has ended is kept as it was: only a network
administrator may still change what it left.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Left, Length
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import Centre, Membership, Person, Role

EDITING = (Role.Name.EDITOR, Role.Name.REVIEWER)


def may_sign_in(person):
    """Whether `person` belongs to the editorial side at all."""
    return person.is_active and person.is_staff


def roles_in_force(person):
    """{(centre's number or None for the network, role, whether that centre goes on)}: what `person` holds today."""
    if not may_sign_in(person):
        return frozenset()
    remembered = getattr(person, "roles_of_this_request", None)
    if remembered is not None:
        return remembered
    goes_on = Exists(going_on(Centre.objects.filter(pk=OuterRef("centre"))))
    roles = Role.objects.current().filter(person=person).annotate(goes_on=goes_on)
    return frozenset(roles.values_list("centre", "name", "goes_on"))


def remember_roles(person):
    """Read what `person` holds once, for as long as this object lives: one request, in which it is asked a hundred times."""
    person.roles_of_this_request = roles_in_force(person)


def _numbers(person, names, *, going_on_only=False):
    """The numbers of the centres in which `person` holds one of the roles."""
    return [
        centre for centre, name, goes_on in roles_in_force(person) if name in names and (goes_on or not going_on_only)
    ]


def is_administrator(person):
    """Whether `person` is a network administrator."""
    return may_sign_in(person) and (person.is_superuser or bool(_numbers(person, [Role.Name.ADMINISTRATOR])))


def _holds(person, centre, names):
    return is_administrator(person) or (centre and centre.pk) in _numbers(person, names)


def going_on(centres):
    """Those of `centres` (a queryset) that go on today: neither closed nor carried on by another, and still a member
    where their membership is recorded."""
    today = timezone.localdate().isoformat()
    spells = Membership.objects.filter(centre=OuterRef("pk"))
    # Dates of which only the year or month is known compare as text, cut to the same length.
    lasting = spells.filter(Q(ended="") | Q(ended__gte=Left(Value(today), Length("ended"))))
    centres = centres.filter(closed="").exclude(endings__date__lte=today)
    return centres.filter(Exists(lasting) | ~Exists(spells))


def has_ended(centre):
    """Whether a centre has closed, is carried on by another, or has left the network."""
    return not going_on(Centre.objects.filter(pk=centre.pk)).exists()


def _works_at(person, centre, names):
    """Whether `person` holds one of the roles in a centre that goes on, or administers the network."""
    return is_administrator(person) or centre.pk in _numbers(person, names, going_on_only=True)


def can_edit(person, centre):
    """Whether `person` may see and change records of `centre` (None: the network's own)."""
    if centre is None:
        return works_for_network(person)
    return _works_at(person, centre, EDITING)


def check_can_edit(person, centre):
    """Raise PermissionDenied unless `person` may change records of `centre`."""
    if can_edit(person, centre):
        return
    if centre is not None and has_ended(centre):
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
    return _works_at(person, centre, [Role.Name.REVIEWER])


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


def _centres_with(person, names, *, going_on_only=False):
    if is_administrator(person):
        return Centre.objects.all()
    return Centre.objects.filter(pk__in=_numbers(person, names, going_on_only=going_on_only))


def centres_of(person):
    """The centres whose working records `person` may see and change, as a queryset."""
    return _centres_with(person, EDITING, going_on_only=True)


def reviewed_centres(person):
    """The centres whose submissions `person` may decide on (never on their own), as a queryset."""
    return _centres_with(person, [Role.Name.REVIEWER], going_on_only=True)


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
