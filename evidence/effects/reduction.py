"""Per cent reduction: how much less often an unwanted outcome happens, at a stated base rate.

This is the standard route. How the Youth Endowment Fund gets from an effect size to its published
percentages, above all which base rate it assumes, is in no source we could read, so no figure made
here may be called theirs.
"""

from evidence.effects.conversion import Conversion, Source, finite
from evidence.effects.odds import ROUTES, USUAL_ROUTE, odds_of, risk_ratio_from_odds_ratio

SOURCE = Source(
    "Cochrane Handbook for Systematic Reviews of Interventions, 12.6.3 and 12.5.4.4",
    "version 5.1, 2011",
    "https://handbook-5-1.cochrane.org/chapter_12/12_6_3_re_expressing_smds_by_transformation_to_odds_ratio.htm",
)
UNIT = "per cent fewer"
UNWANTED = "The outcome is one that people are better without."
NOT_YEF = "The Youth Endowment Fund's own percentages may rest on another base rate."


def per_cent_reduction(g, base_rate):
    """Per cent reduction of an unwanted outcome by effect size `g`, positive being better (fewer of them).

    `base_rate` is the share (0 to 1) of the comparison group with the unwanted outcome. A negative
    answer is an increase. Raises CannotConvert unless `g` is a number and the base rate between 0 and 1.
    """
    risk_ratio = risk_ratio_from_odds_ratio(odds_of(-finite("The effect size", g)), base_rate)
    return Conversion(
        value=100 * (1 - risk_ratio.value),
        unit=UNIT,
        rule="The effect size becomes an odds ratio, exp(−g × π/√3); the odds ratio a risk ratio at the base rate p, "
        "OR / (1 − p + p × OR); the reduction is 100 × (1 − RR).",
        assumptions=(*risk_ratio.assumptions, UNWANTED, ROUTES[USUAL_ROUTE].assumption, NOT_YEF),
        source=SOURCE,
    )


def per_cent_reduction_from_odds_ratio(odds_ratio, base_rate):
    """Per cent reduction of an unwanted outcome whose odds ratio is known (below 1 being fewer of them).

    `base_rate` is the share (0 to 1) of the comparison group with the unwanted outcome. A negative
    answer is an increase. Raises CannotConvert unless the ratio is above 0 and the base rate between 0 and 1.
    """
    risk_ratio = risk_ratio_from_odds_ratio(odds_ratio, base_rate)
    return Conversion(
        value=100 * (1 - risk_ratio.value),
        unit=UNIT,
        rule="The odds ratio becomes a risk ratio at the base rate p, OR / (1 − p + p × OR); "
        "the reduction is 100 × (1 − RR).",
        assumptions=(*risk_ratio.assumptions, UNWANTED, NOT_YEF),
        source=risk_ratio.source,
    )
