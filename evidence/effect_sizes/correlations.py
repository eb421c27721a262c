"""Correlations, as Fisher's z."""

import math

from evidence.effect_sizes.errors import ImpossibleCorrelation, effective_sizes, number, people
from evidence.effect_sizes.results import BORENSTEIN, EffectSize


def fisher_z(*, r, n):
    """Fisher's z from Pearson's r (−1 to 1, both excluded) and the number of people.

    Raises CannotCompute: a number missing, a correlation of 1 or more either way, fewer than 4 people.
    Source: Borenstein et al. 2009, chapter 6.
    """
    correlation = number("correlation", r)
    if not -1 < correlation < 1:
        raise ImpossibleCorrelation(
            "correlation",
            f"The correlation is {correlation:g}, which is not between −1 and 1",
            "Check whether it is a regression coefficient; one rounded to 1 needs more decimals",
        )
    count = people("number of people", n, least=4)
    return EffectSize(
        "Fisher z",
        math.atanh(correlation),
        1 / (count - 3),
        formula="Fisher's z = ½ ln((1 + r)/(1 − r)); variance 1/(n − 3)",
        source=BORENSTEIN.format(6),
        assumptions=("Both measures are normally distributed.", *effective_sizes(count)),
        conversions=("r turned into Fisher's z.",),
    )
