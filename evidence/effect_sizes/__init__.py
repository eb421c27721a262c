"""Effect sizes and their variances, computed from what a study gives.

Every function answers an `EffectSize` that names its formula, what was assumed and what was
converted, or raises a `CannotCompute` that names the number at fault and how to mend it; never
another error, never a result that is not finite. Arm 1 is the intervention, arm 2 the comparison, and
an effect above zero means that arm 1's figure is the higher; `align` turns it so that "better" is
positive. Numbers may be int, float or Decimal. Pure: no Django; never imported by the public side.
"""

from evidence.effect_sizes.correlations import fisher_z
from evidence.effect_sizes.differences import mean_difference, mean_difference_from_interval
from evidence.effect_sizes.errors import (
    CannotCompute,
    DisagreesWithInterval,
    ImpossibleCorrelation,
    ImpossibleCount,
    ImpossibleInterval,
    ImpossibleProbability,
    ImpossibleRatio,
    ImpossibleStatistic,
    MissingNumber,
    NegativeSpread,
    NoSpread,
    NotANumber,
    NothingToCompare,
    OutOfRange,
    OutsideInterval,
    TooFewPeople,
    UncertaintiesDisagree,
)
from evidence.effect_sizes.ratios import (
    log_odds_ratio,
    log_odds_ratio_from_interval,
    log_risk_ratio,
    log_risk_ratio_from_interval,
)
from evidence.effect_sizes.results import METRICS, EffectSize, align, as_given
from evidence.effect_sizes.standardised import (
    smd_from_f,
    smd_from_interval,
    smd_from_means,
    smd_from_p,
    smd_from_t,
)

__all__ = [
    "METRICS",
    "CannotCompute",
    "DisagreesWithInterval",
    "EffectSize",
    "ImpossibleCorrelation",
    "ImpossibleCount",
    "ImpossibleInterval",
    "ImpossibleProbability",
    "ImpossibleRatio",
    "ImpossibleStatistic",
    "MissingNumber",
    "NegativeSpread",
    "NoSpread",
    "NotANumber",
    "NothingToCompare",
    "OutOfRange",
    "OutsideInterval",
    "TooFewPeople",
    "UncertaintiesDisagree",
    "align",
    "as_given",
    "fisher_z",
    "log_odds_ratio",
    "log_odds_ratio_from_interval",
    "log_risk_ratio",
    "log_risk_ratio_from_interval",
    "mean_difference",
    "mean_difference_from_interval",
    "smd_from_f",
    "smd_from_interval",
    "smd_from_means",
    "smd_from_p",
    "smd_from_t",
]
