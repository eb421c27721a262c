"""Which live pages belong together, without their documents: an intervention, its syntheses, its families, their members."""

from typing import NamedTuple

from toolkits.models.publishing import Kind, PublishedPage
from toolkits.published.pages import LIVE, _links, _records

BELONGING = (Kind.INTERVENTION, Kind.SYNTHESIS, Kind.FAMILY)


class Neighbour(NamedTuple):
    """A live page; `links` are the interventions that a synthesis or family leads to."""

    record: int
    version: int
    digest: str
    kind: str
    status: str
    links: list[int]


def neighbours(records):
    """The live syntheses and families that lead to any of some interventions, and the live members of these families."""
    leading_here = PublishedPage.objects.filter(
        LIVE, kind__in=[Kind.SYNTHESIS, Kind.FAMILY], links__overlap=list(records)
    )
    members = _links(leading_here.filter(kind=Kind.FAMILY))
    return _neighbours(PublishedPage.objects.filter(LIVE, record__in=_records(leading_here).union(members)))


def all_neighbours():
    """Every live intervention, synthesis and family."""
    return _neighbours(PublishedPage.objects.filter(LIVE, kind__in=BELONGING))


def _neighbours(queryset):
    return [Neighbour(*row) for row in queryset.order_by("record").values_list(*Neighbour._fields)]
