"""Rows of a list of interventions: what each is rated on the main axes, in its centre's own words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from toolkits import freshness
from toolkits.payloads import MAIN_AXES, Rating
from toolkits.public.listing import Row


@dataclass(frozen=True)
class RowAxis:
    """A main axis of a row: its ratings, and the words for having none (or none of the centre's own)."""

    axis: str
    label: str
    ratings: list[Rating]
    absence: str


def absence_of(document, axis):
    """What it means that `document` has no rating of its centre's own on `axis`, in words."""
    found = [absence.meaning for absence in document.absences if absence.axis == axis]
    return found[0] if found else _("no rating recorded here")


def _axis(document, axis, label):
    ratings = document.on(axis)
    rated = any(not rating.by_network for rating in ratings)
    return RowAxis(axis=axis, label=label, ratings=ratings, absence="" if rated else absence_of(document, axis))


def _matched(document, chosen, labels, value):
    """Which of several ratings on an axis is the one asked for, by its outcome or aspect."""
    for axis in MAIN_AXES:
        ratings = document.on(axis)
        if len(ratings) < 2 or not chosen.get(axis):
            continue
        for rating in ratings:
            if value(rating) in chosen[axis]:
                yield f"{labels[axis]} ({rating.outcome or rating.aspect or rating.scheme.name})"


def build_rows(pages, chosen, scope, labels, today):
    """A Row for each of `pages`; `labels` names the axes, `scope` says whether levels or bands were chosen."""

    def value(rating):
        return rating.level if scope == "toolkit" else rating.band

    return [
        Row(
            page=page,
            axes=[_axis(page.document, axis, labels[axis]) for axis in MAIN_AXES],
            matched=list(dict.fromkeys(_matched(page.document, chosen, labels, value))),
            scope=scope,
            out_of_date=freshness.out_of_date(page.document, today),
        )
        for page in pages
    ]
