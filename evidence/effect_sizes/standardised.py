"""Standardised mean differences with Hedges' correction, from means, t, F, p or an interval.

The variance is Borenstein et al.'s: Hedges' J squared times that of Cohen's d. J is exact (by the
gamma function, Hedges 1981), not 1 − 3/(4df − 1): the two part at the third decimal for ten people.
"""

import math

from evidence.effect_sizes import student_t
from evidence.effect_sizes.errors import (
    ImpossibleProbability,
    ImpossibleStatistic,
    NoSpread,
    direction,
    effective_sizes,
    number,
    people,
    spread,
)
from evidence.effect_sizes.intervals import multiplier, read_interval
from evidence.effect_sizes.results import BORENSTEIN, COCHRANE, EffectSize

CORRECTED = "Cohen's d × Hedges' correction J = Γ(df/2) / (√(df/2) Γ((df − 1)/2)), df = n1 + n2 − 2."
EQUAL_SPREAD = "The outcome is spread alike in both arms."
TWO_ARMS = "Two independent arms, compared once, with nothing adjusted for."
VARIANCE = "variance J² × ((n1 + n2)/(n1 n2) + d²/(2(n1 + n2)))"


def smd_from_means(*, mean_1, sd_1, n_1, mean_2, sd_2, n_2):
    """Hedges' g from means and standard deviations (any one unit, the same in both arms) and numbers of people.

    Raises CannotCompute: a number missing, a negative SD, fewer than 2 people, no spread in either arm.
    Source: Borenstein et al. 2009, chapter 4.
    """
    difference = number("mean of arm 1", mean_1) - number("mean of arm 2", mean_2)
    s_1, s_2 = spread("standard deviation of arm 1", sd_1), spread("standard deviation of arm 2", sd_2)
    n1, n2 = arms(n_1, n_2)
    # hypot, so that a spread in very small or large units is neither lost nor infinite when squared.
    df = n1 + n2 - 2
    pooled = math.hypot(*sorted((math.sqrt((n1 - 1) / df) * s_1, math.sqrt((n2 - 1) / df) * s_2)))
    if pooled == 0:
        raise NoSpread(
            "standard deviation of arm 1",
            "Both standard deviations are zero",
            "Check whether they were left out of the report; without spread there is no standardised difference",
        )
    return hedges_g(
        difference / pooled,
        (n1, n2),
        "Hedges' g from means and standard deviations: difference of means / pooled SD × J; " + VARIANCE,
        (EQUAL_SPREAD,),
        (),
    )


def smd_from_t(*, t, n_1, n_2):
    """Hedges' g from the t (signed, above zero where arm 1 is higher) of an independent two-group test.

    Raises CannotCompute: a number missing, fewer than 2 people in an arm.
    Source: Borenstein et al. 2009, chapter 4; Cochrane Handbook 6.5.2.3.
    """
    statistic, counts = number("t", t), arms(n_1, n_2)
    return from_t(statistic, counts, "t", ())


def smd_from_f(*, f, n_1, n_2, arm_1_higher):
    """Hedges' g from the F of a one-way analysis of two groups; F has no sign, so `arm_1_higher` gives it.

    Raises CannotCompute: a number missing, a negative F, fewer than 2 people in an arm.
    Source: as smd_from_t, with t = ±√F.
    """
    statistic, counts = number("F", f), arms(n_1, n_2)
    if statistic < 0:
        raise ImpossibleStatistic("F", f"F is negative ({statistic:g})", "Check whether it is a t")
    return from_t(signed(math.sqrt(statistic), arm_1_higher), counts, "F", ("t = ±√F, by which arm was higher.",))


def smd_from_p(*, p, n_1, n_2, arm_1_higher):
    """Hedges' g from the exact two-sided p of an independent t test; p has no sign, so `arm_1_higher` gives it.

    Raises CannotCompute: a number missing, a p outside (0, 1], fewer than 2 people in an arm.
    Source: Cochrane Handbook 6.5.2.3; the t by evidence.effect_sizes.student_t.
    """
    chance, counts = number("p value", p), arms(n_1, n_2)
    if not student_t.LEAST_P <= chance <= 1:
        raise ImpossibleProbability(
            "p value",
            f"The p value is {chance:g}, which is not above 0 and at most 1",
            'Enter the exact two-sided p; one printed as 0.000 or "< 0.001" is only a bound, so use means, t or F instead',
        )
    return from_t(
        signed(student_t.t_for_two_sided_p(chance, sum(counts) - 2), arm_1_higher),
        counts,
        "p",
        (
            "t is the one whose two-sided p at n1 + n2 − 2 degrees of freedom was given, its sign by which arm was higher.",
        ),
    )


def smd_from_interval(*, lower, upper, effect=None, level=0.95, corrected=True, n_1=None, n_2=None):
    """A standardised mean difference (standard deviations) from its confidence interval of share `level`.

    Without `effect` the middle is taken. `corrected` says whether the study had applied Hedges'
    correction; where it had not, the numbers of people are needed to apply it. Raises CannotCompute:
    a number missing, ends the wrong way round, an effect outside its interval or not in its middle.
    Source: Cochrane Handbook 6.5.2.2 and 6.3.1.
    """
    estimate, half_width, assumptions = read_interval(lower, upper, effect)
    error = half_width / multiplier(level)
    conversions = ("Standard error = half the interval's width / its normal quantile.",)
    if not corrected:
        counts = arms(n_1, n_2)
        j = hedges_j(sum(counts) - 2)
        estimate, error = j * estimate, j * error
        assumptions += effective_sizes(*counts)
        conversions += (CORRECTED,)
    return EffectSize(
        "SMD",
        estimate,
        error * error,
        formula="Standardised mean difference and its standard error from a confidence interval",
        source=COCHRANE.format("6.3.1 and 6.5.2.2"),
        assumptions=("The interval is symmetrical and was made with the normal curve.", *assumptions),
        conversions=conversions,
    )


def from_t(t, counts, what, conversions):
    n1, n2 = counts
    return hedges_g(
        t * math.sqrt(1 / n1 + 1 / n2),
        counts,
        f"Hedges' g from {what} of two independent groups: d = t × √(1/n1 + 1/n2), times J; {VARIANCE}",
        (EQUAL_SPREAD, TWO_ARMS),
        conversions,
    )


def hedges_g(d, counts, formula, assumptions, conversions):
    n1, n2 = counts
    j = hedges_j(n1 + n2 - 2)
    return EffectSize(
        "SMD",
        j * d,
        j * j * (1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2))),
        formula=formula,
        source=BORENSTEIN.format(4),
        assumptions=assumptions + effective_sizes(n1, n2),
        conversions=(*conversions, CORRECTED),
    )


def hedges_j(df):
    """Hedges' exact small-sample correction at `df` degrees of freedom (at least 2)."""
    return math.exp(student_t.log_gamma_step((df - 1) / 2)) / math.sqrt(df / 2)


def arms(n_1, n_2):
    return people("number of people in arm 1", n_1), people("number of people in arm 2", n_2)


def signed(t, arm_1_higher):
    # Not -t: a t of zero would be printed as −0.
    return t if direction("which arm was the higher", arm_1_higher) else 0.0 - t
