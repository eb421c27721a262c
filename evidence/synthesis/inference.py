"""From an estimate and its standard error to a test and an interval. scipy.special throughout:
scipy.stats gives the same numbers, twenty times slower to call and a second slower to import."""

from scipy import special

from evidence.synthesis import errors


def quantile(level, df=None):
    """How many standard errors reach to either side at `level` (0.95): normal, or t with `df`."""
    if not 0 < level < 1:
        raise errors.UnknownChoice(f"The level of an interval lies between 0 and 1, not {level!r}.")
    upper = (1 + level) / 2
    return float(special.ndtri(upper) if df is None else special.stdtrit(df, upper))


def two_sided_p(statistic, df=None):
    """The two-sided p value of a standard normal statistic, or of one with t distribution and `df`."""
    distance = -abs(statistic)
    return float(2 * (special.ndtr(distance) if df is None else special.stdtr(df, distance)))


def wald(estimate, se, df, level):
    """(statistic, p, lower bound, upper bound) of `estimate`; `df` None means the normal distribution.

    With a standard error of 0 the interval is the estimate itself, and no test is defined: both are None.
    """
    reach = quantile(level, df) * se
    if se == 0:
        return None, None, estimate, estimate
    statistic = estimate / se
    return statistic, two_sided_p(statistic, df), estimate - reach, estimate + reach
