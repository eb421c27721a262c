"""From numbers to words: published conversions of an effect size, each with its rule, assumptions and source.

Every function takes plain numbers and answers a `Conversion`, which a page prints whole: a converted
number without its rule and its assumptions says more than the studies do. Throughout, an effect size
is a standardised mean difference whose positive side is the better one. Pure: no Django.
"""

from evidence.effects.conversion import CannotConvert, Conversion, Source
from evidence.effects.curves import chance_of_doing_better, improvement_index, overlap, u3
from evidence.effects.months import LATEST_EDITION, MONTHS_EDITIONS, months_progress
from evidence.effects.odds import (
    ROUTES,
    USUAL_ROUTE,
    odds_ratio_from_smd,
    risk_ratio_from_odds_ratio,
    smd_from_odds_ratio,
)
from evidence.effects.people import (
    PeopleInAHundred,
    number_needed_to_treat,
    number_needed_to_treat_from_risk_ratio,
    number_needed_to_treat_without_base_rate,
    people_in_a_hundred,
)
from evidence.effects.reduction import per_cent_reduction, per_cent_reduction_from_odds_ratio

__all__ = [
    "LATEST_EDITION",
    "USUAL_ROUTE",
    "MONTHS_EDITIONS",
    "ROUTES",
    "CannotConvert",
    "Conversion",
    "PeopleInAHundred",
    "Source",
    "chance_of_doing_better",
    "improvement_index",
    "months_progress",
    "number_needed_to_treat",
    "number_needed_to_treat_from_risk_ratio",
    "number_needed_to_treat_without_base_rate",
    "odds_ratio_from_smd",
    "overlap",
    "people_in_a_hundred",
    "per_cent_reduction",
    "per_cent_reduction_from_odds_ratio",
    "risk_ratio_from_odds_ratio",
    "smd_from_odds_ratio",
    "u3",
]
