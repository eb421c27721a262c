"""Errors that were public, and their corrections: on their pages, and all of them in one list."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse

from toolkits.models.publishing import Conclusion, Kind, PublishedCorrection


@dataclass(frozen=True)
class PageCorrection:
    """A correction as its own page tells of it."""

    version: int
    at: datetime.datetime
    wrong: str
    note: str
    conclusion: str

    @property
    def before(self):
        """The number of the version that was wrong."""
        return self.version - 1

    @property
    def changes_conclusion(self):
        """Whether the page concludes something else than before."""
        return self.conclusion == Conclusion.DIFFERENT

    @property
    def conclusion_label(self):
        """What the correction does to the conclusion, in words."""
        return Conclusion(self.conclusion).label


@dataclass(frozen=True)
class Correction(PageCorrection):
    """A correction in the list of all. `differences` are [field, before, after] of everything that changed."""

    record: int
    kind: str
    title: str
    centre: str
    notified: int
    differences: Any = field(repr=False, compare=False)

    @property
    def kind_label(self):
        """What kind of record it is, in words."""
        return Kind(self.kind).label

    @property
    def path(self):
        """The permanent address of the version that put it right."""
        return reverse("public:record_version", args=[self.record, self.version])


CORRECTION_COLUMNS = list(Correction.__dataclass_fields__)


def page_corrections(told):
    """The PageCorrections of a page from the column that holds them."""
    return [PageCorrection(**{**row, "at": datetime.datetime.fromisoformat(row["at"])}) for row in told]


def corrections(*, centres=(), start=0, most):
    """Corrections, the newest first: `most` of them from `start` on, of some centres (slugs) or of all."""
    rows = PublishedCorrection.objects.order_by("-at", "-pk").values(*CORRECTION_COLUMNS)
    if centres:
        rows = rows.filter(centre__in=centres)
    return [Correction(**row) for row in rows[start : start + most]]


def corrections_by_centre():
    """{slug of a centre, empty for the network: how many corrections of its pages there are}."""
    rows = PublishedCorrection.objects.order_by().values_list("centre").annotate(number=Count("pk"))
    return dict(rows)
