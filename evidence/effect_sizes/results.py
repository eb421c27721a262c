"""The answer of every computation, and what may be done to it: turning it, taking it as the study gives it."""

import math
from dataclasses import dataclass, replace

from evidence.effect_sizes.errors import (
    MissingNumber,
    NoSpread,
    OutOfRange,
    UncertaintiesDisagree,
    direction,
    number,
    spread,
)

METRICS = {
    "SMD": "standardised mean difference (standard deviations)",
    "MD": "mean difference (the outcome's own unit)",
    "log OR": "log odds ratio (natural logarithm)",
    "log RR": "log risk ratio (natural logarithm)",
    "Fisher z": "correlation as Fisher's z",
}

BORENSTEIN = "Borenstein, Hedges, Higgins and Rothstein, Introduction to Meta-Analysis, 2009, chapter {}"
COCHRANE = "Cochrane Handbook for Systematic Reviews of Interventions, version 6, {}"


@dataclass(frozen=True)
class EffectSize:
    """An effect and its sampling variance, both finite and the variance above zero, with how they came about.

    `effect` is in the unit of its metric (METRICS) and `variance` in that unit squared. `assumptions`
    are what the numbers could not tell; `conversions` the steps from what was given to this metric.
    """

    metric: str
    effect: float
    variance: float
    formula: str
    source: str
    assumptions: tuple[str, ...] = ()
    conversions: tuple[str, ...] = ()

    def __post_init__(self):
        if not (math.isfinite(self.effect) and math.isfinite(self.variance) and self.variance > 0):
            raise OutOfRange(
                "effect",
                "The numbers are too large, too small or too far apart for an effect and a variance",
                "Check the digits and units of each",
            )

    @property
    def standard_error(self):
        """The square root of the variance, in the metric's unit."""
        return math.sqrt(self.variance)


def align(effect_size, *, higher_is_better):
    """`effect_size` with "better" above zero: its sign reversed, and that recorded, where a lower figure is better.

    Raises CannotCompute unless `higher_is_better` is True or False.
    """
    if direction("whether a higher figure is better", higher_is_better):
        return effect_size
    return replace(
        effect_size,
        effect=0.0 - effect_size.effect,
        conversions=(*effect_size.conversions, "Sign reversed, because a lower figure is the better one."),
    )


def as_given(metric, effect, *, variance=None, standard_error=None):
    """An effect that the study itself gives in one of METRICS (ratios already as logarithms), with its uncertainty.

    Takes the variance or the standard error (the metric's unit, squared or not); with both they must
    agree. Raises CannotCompute: a number missing, below zero or zero, or two that disagree;
    KeyError for another metric.
    """
    if metric not in METRICS:
        raise KeyError(metric)
    given = number("effect", effect)
    if variance is None and standard_error is None:
        raise MissingNumber(
            "variance", "The effect has neither variance nor standard error", "Enter one, or its confidence interval"
        )
    own = None if variance is None else spread("variance", variance)
    error = None if standard_error is None else spread("standard error", standard_error)
    squared = error * error if own is None else own
    if 0 in (own, error):
        raise NoSpread(
            "variance", "The variance is zero", "Check it; a study is never certain, and small ones are rounded"
        )
    # Both to two digits at worst: a standard error printed as 0.10 is anything from 0.095 to 0.105.
    if own is not None and error is not None and not math.isclose(error, math.sqrt(own), rel_tol=0.1):
        raise UncertaintiesDisagree(
            "variance", "The variance is not the square of the standard error", "Enter only the one that is printed"
        )
    return EffectSize(
        metric,
        given,
        squared,
        formula="Effect and variance as the study gives them",
        source="the study itself",
        conversions=() if own is not None else ("The variance is the square of the standard error.",),
    )
