"""Standard errors from confidence intervals, and whether an interval and its effect belong together."""

from decimal import Decimal
from statistics import NormalDist

from evidence.effect_sizes.errors import (
    DisagreesWithInterval,
    ImpossibleInterval,
    ImpossibleProbability,
    OutsideInterval,
    number,
)
from evidence.effect_sizes.student_t import t_for_two_sided_p


def interval_ends(lower, upper):
    """Both ends as floats; raises ImpossibleInterval unless the lower is below the upper."""
    low, high = number("lower end of the interval", lower), number("upper end of the interval", upper)
    if not low < high:
        raise ImpossibleInterval(
            "lower end of the interval",
            f"The interval's lower end ({low:g}) is not below its upper end ({high:g})",
            "Swap them if they were entered the wrong way round; rounded to one number they give no standard error",
        )
    return low, high


def multiplier(level, df=None):
    """How many standard errors each side of a `level` (share) interval reaches, by the normal or the t curve."""
    share = number("confidence level", level)
    if not 0.5 <= share <= 0.9999:
        raise ImpossibleProbability(
            "confidence level", f"The confidence level is {share:g}", "Enter a share: 0.95 for 95 per cent"
        )
    return NormalDist().inv_cdf((1 + share) / 2) if df is None else t_for_two_sided_p(1 - share, df)


def read_interval(lower, upper, effect):
    """(effect, half the width, assumptions) of an interval that is symmetrical about its effect, given or not.

    Raises CannotCompute for a missing number, ends the wrong way round, or an effect that is not in the middle.
    """
    low, high = interval_ends(lower, upper)
    half_width = high / 2 - low / 2
    if effect is None:
        return low / 2 + high / 2, half_width, ("The effect is the middle of its interval.",)
    estimate = number("effect", effect)
    check_agreement(effect, lower, upper)
    return estimate, half_width, ()


def check_agreement(effect, lower, upper, *, middle="middle", scale=lambda value: value):
    """Raises unless `effect` lies inside its interval and, within the rounding of what is printed, in its middle.

    All three are taken as printed: to as many decimals as the one with the most. `scale` is what the
    interval is symmetrical on (the logarithm, for ratios).
    """
    e, low, high = (float(value) for value in (effect, lower, upper))
    if not low <= e <= high:
        raise OutsideInterval(
            "effect",
            f"The effect ({e:g}) lies outside its own interval ({low:g} to {high:g})",
            "Check the three numbers, above all their signs and decimal points",
        )
    # Half a unit of the last decimal, and what floats lose in being computed.
    half = half_unit(effect, lower, upper)
    (e_from, e_to), (low_from, low_to), (high_from, high_to) = (
        (scale(value - half - 1e-9 * abs(value)), scale(value + half + 1e-9 * abs(value))) for value in (e, low, high)
    )
    if e_to < low_from / 2 + high_from / 2 or e_from > low_to / 2 + high_to / 2:
        raise DisagreesWithInterval(
            "effect",
            f"The effect ({e:g}) is not in the {middle} of its interval ({low:g} to {high:g}), beyond rounding",
            "Check the three numbers; if the interval is not of this kind (exact, bootstrapped), "
            "enter the effect with its standard error",
        )


def half_unit(*values):
    """Half a unit of the last decimal that any of `values` is printed to."""
    exponents = (Decimal(str(value)).as_tuple().exponent for value in values)
    return 0.5 * 10.0 ** min(0, *exponents)
