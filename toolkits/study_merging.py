"""What merging a second copy into a study would do, decided before anything is written.

A page shows it, and the action does it or refuses for the same reasons.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from centres import permissions
from evidence.models import Estimate, Inclusion

FIELDS = (
    *("label", "title", "citation", "year", "country", "uk_nation", "design", "setting", "ages"),
    *("participants", "missing_people", "registration", "doi", "funder", "interests", "protocol"),
)


class Fate(StrEnum):
    """What becomes of a result or of a place in a synthesis when the copy goes."""

    MOVES = "moves"  # to the kept study
    GOES = "goes"  # the kept study has the same already
    REPLACES = "replaces"  # the kept study was left out there, and the copy was not


@dataclass
class Merge:
    """What becomes of a copy's results and places: `results` [(Estimate, Fate, the kept study's same Estimate or None)],
    `places` [(Inclusion, Fate)], and what stands in the way, in sentences for `person`."""

    kept: object
    copy: object
    person: object
    results: list = field(default_factory=list)
    places: list = field(default_factory=list)
    obstacles: list = field(default_factory=list)

    def __post_init__(self):
        self._decide_on_results()
        self._decide_on_places()

    def _decide_on_results(self):
        own = {_key(estimate): estimate for estimate in _results(self.kept)}
        for estimate in _results(self.copy):
            same = own.get(_key(estimate))
            if same is None:
                self.results.append((estimate, Fate.MOVES, None))
            elif _numbers(same) == _numbers(estimate):
                self.results.append((estimate, Fate.GOES, same))
            else:
                words = {"what": in_words(estimate), "kept": same.effect, "copy": estimate.effect}
                self.obstacles.append(
                    _(
                        "Both have the result “%(what)s”, with different numbers: %(kept).4g in the study that is kept, "
                        "%(copy).4g in its copy. Find out which is right and correct the other, or say in its outcome or "
                        "follow-up how they differ."
                    )
                    % words
                )

    def _decide_on_places(self):
        own = defaultdict(list)
        for place in _places(self.kept):
            own[place.synthesis_id].append(place)
        for place in _places(self.copy):
            here = own[place.synthesis_id]
            included = [one for one in here if one.included]
            if not here:
                self.places.append((place, Fate.MOVES))
            elif not place.included or any(_numbers(one.estimate) == _numbers(place.estimate) for one in included):
                self.places.append((place, Fate.GOES))
            elif not included:
                self.places.append((place, Fate.REPLACES))
            else:
                self.obstacles.append(
                    _(
                        "Both are included in “%(synthesis)s”, with different results. Leave one of them out there, with "
                        "the reason that it is the same study, and merge them then."
                    )
                    % {"synthesis": name_for(place.synthesis, self.person)}
                )


def _results(study):
    return list(study.estimates.select_related("outcome", "centre"))


def _places(study):
    return list(study.inclusions.select_related("synthesis__centre", "estimate").order_by("synthesis", "pk"))


def _key(estimate):
    """What the database holds to be one result of a study (its constraint `estimate_once`)."""
    names = ("centre_id", "intervention_id", "outcome_id", "outcome_reported", "follow_up", "metric")
    return tuple(getattr(estimate, name) for name in names)


def _numbers(estimate):
    return estimate.metric, estimate.effect, estimate.variance


def in_words(estimate):
    """A result by what it measured, and when."""
    what = estimate.outcome_reported or str(estimate.outcome or estimate.get_metric_display())
    return f"{what}, {estimate.follow_up}" if estimate.follow_up else what


def name_for(synthesis, person):
    """A synthesis's title, for whoever may see its draft; for others only whose it is."""
    if permissions.can_edit(person, synthesis.centre):
        return synthesis.title
    return _("a synthesis of %(centre)s") % {"centre": synthesis.centre or _("the network")}


def carry_out(merge):
    """Move the copy's results and places to the study that is kept; the caller has found no obstacle."""
    # Places first: a result that a synthesis rests on cannot go.
    same = {estimate.pk: own for estimate, fate, own in merge.results if fate == Fate.GOES}
    for place, fate in merge.places:
        if fate == Fate.GOES:
            place.delete()
            continue
        if fate == Fate.REPLACES:
            Inclusion.objects.filter(synthesis=place.synthesis_id, study=merge.kept, included=False).delete()
        place.study, place.estimate = merge.kept, same.get(place.estimate_id, place.estimate)
        place.save()
    for estimate, fate, own in merge.results:
        if fate == Fate.MOVES:
            estimate.study = merge.kept
            estimate.save()
        else:
            _keep_appraisals(estimate, own)
            estimate.delete()


def _keep_appraisals(estimate, own):
    """Keep what was read of a result with the same one of the kept study, for each tool that nobody used there."""
    used = set(own.appraisals.values_list("tool", flat=True))
    estimate.appraisals.exclude(tool__in=used).update(estimate=own)


def losing_appraisals(merge):
    """The results of the copy whose appraisals go, as the same one of the kept study was appraised with the same tool."""
    pairs = [(estimate, own) for estimate, fate, own in merge.results if fate == Fate.GOES]
    tools = defaultdict(set)
    for estimate, tool in Estimate.objects.filter(pk__in=[one.pk for pair in pairs for one in pair]).values_list(
        "pk", "appraisals__tool"
    ):
        tools[estimate] |= {tool} - {None}
    return [estimate for estimate, own in pairs if tools[estimate.pk] & tools[own.pk]]
