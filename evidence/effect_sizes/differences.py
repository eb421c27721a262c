"""Mean differences in the outcome's own unit."""

from evidence.effect_sizes.errors import NoSpread, effective_sizes, number, people, spread
from evidence.effect_sizes.intervals import multiplier, read_interval
from evidence.effect_sizes.results import BORENSTEIN, COCHRANE, EffectSize


def mean_difference(*, mean_1, sd_1, n_1, mean_2, sd_2, n_2):
    """Mean of arm 1 less mean of arm 2, in their unit, without assuming that both arms are spread alike.

    Raises CannotCompute: a number missing, a negative SD, fewer than 2 people, no spread in either arm.
    Source: Borenstein et al. 2009, chapter 4.
    """
    difference = number("mean of arm 1", mean_1) - number("mean of arm 2", mean_2)
    s_1, s_2 = spread("standard deviation of arm 1", sd_1), spread("standard deviation of arm 2", sd_2)
    n1, n2 = people("number of people in arm 1", n_1), people("number of people in arm 2", n_2)
    if s_1 == s_2 == 0:
        raise NoSpread(
            "standard deviation of arm 1",
            "Both standard deviations are zero",
            "Check whether they were left out of the report; without spread there is no variance",
        )
    return EffectSize(
        "MD",
        difference,
        s_1 * s_1 / n1 + s_2 * s_2 / n2,
        formula="Difference of means; variance SD1²/n1 + SD2²/n2",
        source=BORENSTEIN.format(4),
        assumptions=effective_sizes(n1, n2),
    )


def mean_difference_from_interval(*, lower, upper, effect=None, level=0.95, n_1=None, n_2=None):
    """A mean difference from its confidence interval of share `level`, all in the outcome's unit.

    With both numbers of people the interval is read by the t curve of n1 + n2 − 2 degrees of freedom,
    without them by the normal one; without `effect` its middle is taken. Raises CannotCompute: a number
    missing, ends the wrong way round, an effect outside its interval or not in its middle.
    Source: Cochrane Handbook 6.5.2.3.
    """
    estimate, half_width, assumptions = read_interval(lower, upper, effect)
    if n_1 is None and n_2 is None:
        df, curve = None, "normal curve"
    else:
        n1, n2 = people("number of people in arm 1", n_1), people("number of people in arm 2", n_2)
        df, curve = n1 + n2 - 2, "t curve of n1 + n2 − 2 degrees of freedom"
        assumptions += effective_sizes(n1, n2)
    error = half_width / multiplier(level, df)
    return EffectSize(
        "MD",
        estimate,
        error * error,
        formula="Mean difference and its standard error from a confidence interval",
        source=COCHRANE.format("6.5.2.3"),
        assumptions=(f"The interval is symmetrical and was made with the {curve}.", *assumptions),
        conversions=("Standard error = half the interval's width / its quantile.",),
    )
