"""Studies that were probably entered twice, as far as a person may see them, and what they may do about it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from evidence.duplicates import (
    DOI,
    REGISTRATION,
    TITLE,
    YEARS_APART,
    likeness,
    pairs,
    plain_doi,
)
from evidence.models import Study
from toolkits import study_policies
from toolkits.editorial.queue import owned_by
from toolkits.study_files.known import public_numbers

TOLD_BY = (TITLE, "centre_id", DOI, REGISTRATION, "label", "year")


@dataclass(frozen=True)
class Pair:
    """Two studies that are probably one, by what, and whether this person may merge them."""

    first: Any
    second: Any
    tell: str
    may_merge: bool

    @property
    def told_by(self):
        """By what they are the same, in words."""
        return {DOI: _("DOI"), REGISTRATION: _("registration")}.get(self.tell, _("title and year"))


def _seen_by(person):
    return Study.objects.filter(owned_by(person) | Q(pk__in=public_numbers()), merged_into__isnull=True)


def copies_for(person):
    """Every Pair of which this person keeps one study, or which they may merge."""
    studies = _seen_by(person).select_related("centre").only("centre__short_name", *TOLD_BY)
    own = set(Study.objects.filter(owned_by(person)).values_list("pk", flat=True))
    may = study_policies.merger(person)
    found = [Pair(a, b, tell, may(a) and may(b)) for a, b, tell in pairs(list(studies.order_by("pk")))]
    return [pair for pair in found if pair.may_merge or pair.first.pk in own or pair.second.pk in own]


def copies_of(study, person):
    """A Pair for every study that is probably the same as `study`."""
    near = Q(pk__in=[])
    if study.year:
        near |= Q(year__range=(study.year - YEARS_APART, study.year + YEARS_APART))
    if study.doi:
        near |= Q(doi__icontains=plain_doi(study.doi))
    if study.registration:
        near |= ~Q(registration="")
    others = _seen_by(person).filter(near).exclude(pk=study.pk).select_related("centre")
    may = study_policies.merger(person)
    told = ((other, likeness(study, other)) for other in others.only("centre__short_name", *TOLD_BY).order_by("pk"))
    return [Pair(study, other, tell, may(study) and may(other)) for other, tell in told if tell]
