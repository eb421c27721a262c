"""Effects counted in people: the number needed to treat, and people in a hundred.

A number needed to treat runs through infinity where the effect's range crosses zero, so these
functions take the range with the effect and answer no number at all where it does.
"""

import math
from dataclasses import dataclass

from evidence.effects.conversion import (
    NORMAL,
    TWO_NORMAL_CURVES,
    CannotConvert,
    Conversion,
    Source,
    base_rate_assumed,
    finite,
    ratio,
    share,
)

FURUKAWA = Source(
    "Furukawa and Leucht, How to obtain NNT from Cohen's d: comparison of two methods, PLoS ONE 6(4), e19070",
    "2011",
    "https://doi.org/10.1371/journal.pone.0019070",
)
FROM_RISK_RATIO = Source(
    "Cochrane Handbook for Systematic Reviews of Interventions, 12.5.4.2",
    "version 5.1, 2011",
    "https://handbook-5-1.cochrane.org/chapter_12/12_5_4_2_computing_absolute_risk_reduction_or_nnt_from_a_risk.htm",
)
CROSSES = "No number is given: the effect's range takes in no difference, so the number has no upper limit."
TOO_SMALL = "No number is given: the difference is too small to be counted in people."


@dataclass(frozen=True)
class PeopleInAHundred(Conversion):
    """Of 100 people, how many have the good outcome with the intervention (`value`) and `without` it."""

    without: float = 0.0


def number_needed_to_treat(g, low, high, base_rate):
    """How many people must take part for one more good outcome (Furukawa), with its range.

    `g` and its range `low` to `high` are standardised mean differences, positive being better;
    `base_rate` is the share (0 to 1) of the comparison group with the good outcome. An effect that is
    harmful throughout gives a number needed to harm. The value is None where the range takes in zero.
    Raises CannotConvert for what is no number, a range that does not hold the effect, or a base rate
    outside 0 to 1.
    """
    base = share("The base rate", base_rate)
    return needed(
        (g, low, high),
        lambda effect: more_good_outcomes(effect, base),
        "1 / (Φ(g + Φ⁻¹(p)) − p), where p is the share of the comparison group with the good outcome (Furukawa).",
        (base_rate_assumed(base, "good outcome"), *TWO_NORMAL_CURVES),
    )


def number_needed_to_treat_without_base_rate(g, low, high):
    """How many people must take part for one more to do better (Kraemer and Kupfer), with its range.

    Takes and raises what number_needed_to_treat does, but no base rate; it is the less exact of the two.
    """
    return needed(
        (g, low, high),
        lambda effect: math.erf(effect / 2),
        "1 / (2Φ(g/√2) − 1) (Kraemer and Kupfer).",
        (
            *TWO_NORMAL_CURVES,
            "It takes no base rate, and for that reason misses: in 10 trials 56 % of its values lay in the range "
            "observed, against 97 % of Furukawa's.",
        ),
    )


def number_needed_to_treat_from_risk_ratio(risk_ratio, low, high, base_rate):
    """How many people must take part for one fewer to have an unwanted outcome, with its range.

    The risk ratio and its range are ratios (below 1 being fewer); `base_rate` is the share (0 to 1) of
    the comparison group with the unwanted outcome. The value is None where the range takes in 1.
    Raises CannotConvert for ratios that are not above 0, a range that does not hold the ratio, or a
    base rate outside 0 to 1.
    """
    base = share("The base rate", base_rate)
    ratios = (ratio("The risk ratio", each) for each in (risk_ratio, high, low))
    return needed(
        [1 - each for each in ratios],
        lambda difference: base * difference,
        "1 / (p × |1 − RR|), where p is the share of the comparison group with the outcome.",
        (
            base_rate_assumed(base, "outcome"),
            "The outcome is one that people are better without.",
        ),
        FROM_RISK_RATIO,
    )


def people_in_a_hundred(g, base_rate):
    """Of 100 people, how many have the good outcome without the intervention and, by effect size `g`, with it.

    `base_rate` is the share (0 to 1) of the comparison group with the good outcome; positive `g` is
    better. Raises CannotConvert unless `g` is a number and the base rate between 0 and 1.
    """
    effect, base = finite("The effect size", g), share("The base rate", base_rate)
    return PeopleInAHundred(
        value=100 * NORMAL.cdf(effect + NORMAL.inv_cdf(base)),
        unit="people in a hundred",
        rule="100 × Φ(g + Φ⁻¹(p)) with the intervention and 100 × p without it, where p is the share of the "
        "comparison group with the good outcome.",
        assumptions=(base_rate_assumed(base, "good outcome"), *TWO_NORMAL_CURVES),
        source=FURUKAWA,
        without=100 * base,
    )


def more_good_outcomes(effect, base):
    return NORMAL.cdf(effect + NORMAL.inv_cdf(base)) - base


def needed(effects, share_helped, rule, assumptions, source=FURUKAWA):
    """The conversion of (effect, low, high) by a function giving the share of people helped."""
    effect, low, high = (finite("The effect size and its range", each) for each in effects)
    if not low <= effect <= high:
        raise CannotConvert(f"The range from {low:g} to {high:g} does not hold its effect, {effect:g}")
    helped = [abs(share_helped(each)) for each in (effect, low, high)]
    withheld = CROSSES if low <= 0 <= high else TOO_SMALL if min(helped) < 1e-9 else ""
    value, *ends = (None, None, None) if withheld else (1 / each for each in helped)
    return Conversion(
        value=value,
        unit="people to reach for one to be worse off" if high < 0 else "people to reach for one to be better off",
        rule=rule,
        assumptions=assumptions,
        source=source,
        low=None if withheld else min(ends),
        high=None if withheld else max(ends),
        withheld=withheld,
    )
