"""Odds ratios, risk ratios and standardised mean differences, one into another.

An odds ratio is turned without changing sides: above 1 gives a positive effect size. Where the
outcome is one that people are better without, its caller has reversed the sign or not, and says so.
"""

import math
from dataclasses import dataclass

from evidence.effects.conversion import Conversion, Source, answer, base_rate_assumed, finite, ratio, share


@dataclass(frozen=True)
class Route:
    """A published factor between a log odds ratio and a standardised mean difference: g = ln(OR) / divisor."""

    key: str
    divisor: float
    rule: str
    assumption: str
    source: Source


ROUTES = {
    route.key: route
    for route in (
        Route(
            "logistic",
            math.pi / math.sqrt(3),
            "g = ln(OR) × √3/π.",
            "Behind the yes or no lies an outcome on a scale that follows a logistic curve of equal spread in both "
            "groups.",
            Source(
                "Hasselblad and Hedges, Meta-analysis of screening and diagnostic tests, "
                "Psychological Bulletin 117, 167-178",
                "1995",
                "https://doi.org/10.1037/0033-2909.117.1.167",
            ),
        ),
        Route(
            "chinn",
            1.81,
            "g = ln(OR) / 1.81.",
            "Behind the yes or no lies an outcome on a scale that follows a logistic curve of equal spread in both "
            "groups; its factor is rounded to 1.81.",
            Source(
                "Chinn, A simple method for converting an odds ratio to effect size, "
                "Statistics in Medicine 19, 3127-3131",
                "2000",
                "https://handbook-5-1.cochrane.org/chapter_12/"
                "12_6_3_re_expressing_smds_by_transformation_to_odds_ratio.htm",
            ),
        ),
        Route(
            "cox",
            1.65,
            "g = ln(OR) / 1.65 (the Cox index).",
            "The factor 1.65 is the What Works Clearinghouse's convention for yes or no outcomes.",
            Source(
                "What Works Clearinghouse, Procedures Handbook",
                "version 5.0, 2022",
                "https://zl1212-ship-it.github.io/baselinr/reference/cox_index.html",
            ),
        ),
    )
}
USUAL_ROUTE = "logistic"

RISK_RATIO_SOURCE = Source(
    "Cochrane Handbook for Systematic Reviews of Interventions, 12.5.4.4",
    "version 5.1, 2011",
    "https://handbook-5-1.cochrane.org/chapter_12/12_5_4_4_computing_risk_ratio_from_an_odds_ratio_or.htm",
)


def smd_from_odds_ratio(odds_ratio, route=USUAL_ROUTE):
    """Standardised mean difference of an odds ratio, by one of ROUTES; above 1 gives above 0.

    Raises CannotConvert unless the ratio is above 0, KeyError for a route that is not in ROUTES.
    """
    way = ROUTES[route]
    return Conversion(
        value=math.log(ratio("The odds ratio", odds_ratio)) / way.divisor,
        unit="standard deviations",
        rule=way.rule,
        assumptions=(way.assumption,),
        source=way.source,
    )


def odds_ratio_from_smd(g, route=USUAL_ROUTE):
    """Odds ratio of a standardised mean difference, by one of ROUTES; above 0 gives above 1.

    Raises CannotConvert when `g` is no number or its odds ratio too large or small for one, KeyError
    for a route that is not in ROUTES.
    """
    way = ROUTES[route]
    return Conversion(
        value=odds_of(finite("The effect size", g), way.divisor),
        unit="odds ratio",
        rule=f"The reverse of {way.rule}",
        assumptions=(way.assumption,),
        source=way.source,
    )


def risk_ratio_from_odds_ratio(odds_ratio, base_rate):
    """Risk ratio of an odds ratio where `base_rate` (a share) of the comparison group has the outcome.

    Raises CannotConvert unless the ratio is above 0 and the base rate between 0 and 1.
    """
    odds, base = ratio("The odds ratio", odds_ratio), share("The base rate", base_rate)
    return Conversion(
        value=answer("The odds ratio", odds / (1 - base + base * odds)),
        unit="risk ratio",
        rule="RR = OR / (1 − p + p × OR), where p is the comparison group's risk.",
        assumptions=(base_rate_assumed(base, "outcome"),),
        source=RISK_RATIO_SOURCE,
    )


def odds_of(g, divisor=ROUTES[USUAL_ROUTE].divisor):
    """exp(g × divisor), or CannotConvert where no float holds it."""
    try:
        return ratio("The odds ratio", math.exp(g * divisor))
    except OverflowError:
        return answer("The effect size", math.inf)
