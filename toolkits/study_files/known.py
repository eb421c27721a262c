"""Which studies a row may mean: those here already that its editors may see, told apart by evidence.duplicates."""

from collections import defaultdict

from django.db.models import Q

from evidence.duplicates import DOI, REGISTRATION, YEARS_APART, Told, likeness, plain_doi, plain_registration
from evidence.models import Estimate, Study
from toolkits.models import PublishedPage


def _live():
    return PublishedPage.objects.filter(kind="synthesis", state=PublishedPage.State.LIVE)


def public_numbers():
    """The numbers of the studies of live syntheses, which every centre may use."""
    return {number for page in _live().values_list("cites", flat=True) for number in page}


def visible_to(centre):
    """The studies that the editors of `centre` (None: the network's) may use: their own, and those of live syntheses."""
    return Study.objects.filter(Q(centre=centre) | Q(pk__in=public_numbers()), merged_into__isnull=True)


def estimates_for(centre):
    """The estimates that a synthesis of `centre`'s (None: the network's) may pool: its own, and those that a live
    synthesis pools. What another centre entered and has not published stays its own."""
    pooled = Q(inclusions__synthesis__in=_live().values("record"), inclusions__included=True)
    return Estimate.objects.filter(Q(centre=centre) | pooled).distinct()


def told(values):
    """What tells the study of a row from another."""
    return Told(
        doi=values.get("doi", ""),
        registration=values.get("registration", ""),
        title=values.get("title", ""),
        label=values.get("study", ""),
        year=values.get("year"),
    )


class Known:
    """Studies that were looked through once, so that each row is compared with a few of them only."""

    def __init__(self, studies):
        self._by_doi, self._by_registration = defaultdict(list), defaultdict(list)
        self._by_year = defaultdict(list)
        for study in studies:
            self.add(study)

    def add(self, study):
        """Look through one more."""
        for index, key in (
            (self._by_doi, plain_doi(study.doi)),
            (self._by_registration, plain_registration(study.registration)),
            (self._by_year, study.year),
        ):
            if key:
                index[key].append(study)

    def like(self, one):
        """(study, by what) of the nearest to `one` (Told); (None, "") where there is none."""
        near = [
            *self._by_doi.get(plain_doi(one.doi), ()),
            *self._by_registration.get(plain_registration(one.registration), ()),
        ]
        for year in range(one.year - YEARS_APART, one.year + YEARS_APART + 1) if one.year else ():
            near += self._by_year.get(year, ())
        found = {}
        for study in near:
            found.setdefault(likeness(one, study), study)
        for tell in (DOI, REGISTRATION, "title"):
            if tell in found:
                return found[tell], tell
        return None, ""
