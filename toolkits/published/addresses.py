"""Every address that has a page of its own, and when it last changed: for machines that look for pages and data."""

import datetime
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, Max, Min, Q, Value

from toolkits.models.publishing import Kind, PublishedPage

LIVE = Q(state=PublishedPage.State.LIVE)


class Address(NamedTuple):
    """A live page: its record, what it is, where it is, and the date that readers are told."""

    record: int
    kind: str
    path: str
    changed: datetime.datetime


class Dates(NamedTuple):
    """Of all live pages of a kind in a toolkit (empty: in none): when the first came, and when one last changed."""

    kind: str
    toolkit: str
    first: datetime.datetime
    changed: datetime.datetime


def addresses():
    """Every live page (Address), in the order of their record numbers."""
    rows = PublishedPage.objects.filter(LIVE).order_by("record")
    return [Address(*row) for row in rows.values_list("record", "kind", "path", "published_at")]


def studies_changed():
    """({study: when a synthesis with it last changed}, {intervention: when one shown on it did}), of live syntheses."""
    live = PublishedPage.objects.filter(LIVE, kind=Kind.SYNTHESIS).order_by()
    study = Func(
        F("payload"),
        Value("$.rows[*].study.record"),
        function="jsonb_path_query",
        template="%(function)s(%(expressions)s::jsonpath)::int",
        output_field=IntegerField(),
    )
    link = Func(F("links"), function="unnest", output_field=IntegerField())
    studies, interventions = {}, {}
    for found, rows in (
        (studies, live.annotate(one=study).values_list("one", "published_at")),
        (interventions, live.annotate(one=link).values_list("one", "published_at")),
    ):
        for record, changed in rows:
            found[record] = max(changed, found.get(record, changed))
    return studies, interventions


def dates():
    """Dates of every kind of page in every toolkit."""
    rows = PublishedPage.objects.filter(LIVE).order_by().values("kind", "toolkit")
    rows = rows.annotate(first=Min("first_published_at"), changed=Max("published_at"))
    return [Dates(**row) for row in rows.order_by("kind", "toolkit")]
