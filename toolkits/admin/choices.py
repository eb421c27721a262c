"""Lists to choose from, by what a person may choose."""

from itertools import groupby

from django.db.models import Case, Q, When

from centres import permissions
from evidence.models import RatingLevel, RatingScheme
from toolkits.models import Toolkit
from toolkits.scheme_versions import superseded

EMPTY = ("", "---------")


def levels(person, intervention=None):
    """The levels that `person` may give: those of the centre's own scales; the network's reading is its editors'.

    The newest version comes first, be it public or a draft; one that a newer public one has taken the place of is
    offered only where it is in use.
    """
    if intervention is not None:
        allowed = Q(scheme__centre=intervention.centre_id)
    else:
        allowed = Q(scheme__centre__in=permissions.centres_of(person))
    if permissions.works_for_network(person):
        allowed |= Q(scheme__centre__isnull=True)
    current = ~Q(scheme__in=superseded())
    if intervention is not None:
        current |= Q(scheme__levels__ratings__intervention=intervention)
    found = RatingLevel.objects.filter(allowed & current).select_related("scheme__centre").distinct()
    # A version has a higher number than the one before it.
    axes = [When(scheme__axis=axis, then=place) for place, axis in enumerate(RatingScheme.Axis.values)]
    return found.order_by(Case(*axes), "-scheme", "position", "pk")


def grouped_levels(queryset):
    """Choices of levels, by scale."""
    groups = groupby(queryset, lambda level: level.scheme)
    return [EMPTY, *((_scale(scheme), [(level.pk, _level(level)) for level in levels]) for scheme, levels in groups)]


def named(queryset):
    """Choices of rows by their names, and of none of them."""
    return [EMPTY, *((row.pk, str(row)) for row in queryset)]


def _scale(scheme):
    version = f", {scheme.version}" if scheme.version else ""
    return f"{scheme.get_axis_display()}: {scheme.name}{version}"


def _level(level):
    # Two levels of a scale may have the same words; the key tells them apart.
    return level.label if level.key in level.label.lower() else f"{level.label} ({level.key})"


def toolkits(person, intervention=None):
    """The toolkits that `person` may put an intervention into."""
    if intervention is not None:
        return Toolkit.objects.filter(centre=intervention.centre_id)
    return Toolkit.objects.filter(centre__in=permissions.centres_of(person))
