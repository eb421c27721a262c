"""What is to be rated again: interventions with ratings on a scale that a newer version has taken the place of."""

from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from centres import permissions
from evidence.models import Intervention, Rating
from toolkits.scheme_versions import superseded

# Stands for "overall", so that ratings without an outcome compare as equal.
OVERALL = Value("")


def ratings_to_renew(person):
    """The ratings that `person` may give again: on a superseded scale, and not yet on a later version of it for the
    same outcome and aspect. The network's readings are its own editors' to renew."""
    ratings = Rating.objects.alias(about=Coalesce("outcome", OVERALL))
    due = Q(pk__in=[])
    for scheme, later in superseded().items():
        again = ratings.filter(
            intervention=OuterRef("intervention"),
            about=OuterRef("about"),
            aspect=OuterRef("aspect"),
            level__scheme__in=later,
        )
        due |= Q(level__scheme=scheme) & ~Exists(again)
    found = ratings.filter(due, intervention__centre__in=permissions.centres_of(person))
    return found if permissions.works_for_network(person) else found.filter(level__scheme__centre__isnull=False)


def _of(ratings):
    return Intervention.objects.filter(pk__in=ratings.values("intervention"))


def to_rerate(person):
    """The interventions of the person's centres with a rating to renew, as a queryset."""
    return _of(ratings_to_renew(person))


def with_ratings_to_renew(person):
    """`to_rerate`, by centre and name, each with its ratings to renew as `renewals`."""
    ratings = ratings_to_renew(person)
    renewals = ratings.select_related("level__scheme", "outcome")
    return (
        _of(ratings)
        .select_related("centre", "record__keeper")
        .prefetch_related(Prefetch("ratings", queryset=renewals, to_attr="renewals"))
        .order_by("centre__short_name", "name", "pk")
    )
