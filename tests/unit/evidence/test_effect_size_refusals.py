"""Every input that no study can have is refused by name, with how to mend it."""

import math
from decimal import Decimal

import pytest

from evidence import effect_sizes
from tests.unit.evidence.effect_size_examples import ARMS, COUNTS


def means(**changed):
    return lambda: effect_sizes.smd_from_means(**(ARMS | changed))


def counts(**changed):
    return lambda: effect_sizes.log_odds_ratio(**(COUNTS | changed))


def by_p(p):
    return lambda: effect_sizes.smd_from_p(p=p, n_1=20, n_2=20, arm_1_higher=True)


def interval(**given):
    return lambda: effect_sizes.smd_from_interval(**given)


def ratio(**given):
    return lambda: effect_sizes.log_risk_ratio_from_interval(**given)


@pytest.mark.parametrize(
    ("compute", "error", "number"),
    [
        (means(mean_1=None), "MissingNumber", "mean of arm 1"),
        (means(sd_2=""), "MissingNumber", "standard deviation of arm 2"),
        (means(mean_2="high"), "NotANumber", "mean of arm 2"),
        (means(mean_2=True), "NotANumber", "mean of arm 2"),
        (means(mean_2=math.nan), "NotANumber", "mean of arm 2"),
        (means(mean_2=10**400), "NotANumber", "mean of arm 2"),
        (means(mean_2=Decimal("sNaN")), "NotANumber", "mean of arm 2"),
        (means(sd_1=-1), "NegativeSpread", "standard deviation of arm 1"),
        (means(sd_1=0, sd_2=0), "NoSpread", "standard deviation of arm 1"),
        (means(n_2=1), "TooFewPeople", "number of people in arm 2"),
        (means(n_2=10**11), "ImpossibleCount", "number of people in arm 2"),
        (means(mean_1=1e300, sd_1=1e-300, sd_2=1e-300), "OutOfRange", "effect"),
        (lambda: effect_sizes.mean_difference(**(ARMS | {"sd_1": 0, "sd_2": 0})), "NoSpread", None),
        (lambda: effect_sizes.mean_difference(**(ARMS | {"sd_1": 1e-200, "sd_2": 0})), "OutOfRange", "effect"),
        (lambda: effect_sizes.smd_from_t(t=None, n_1=9, n_2=9), "MissingNumber", "t"),
        (lambda: effect_sizes.smd_from_f(f=-1, n_1=9, n_2=9, arm_1_higher=True), "ImpossibleStatistic", "F"),
        (
            lambda: effect_sizes.smd_from_f(f=1, n_1=9, n_2=9, arm_1_higher=None),
            "MissingNumber",
            "which arm was the higher",
        ),
        (by_p(0), "ImpossibleProbability", "p value"),
        (by_p(1.01), "ImpossibleProbability", "p value"),
        (by_p(-0.05), "ImpossibleProbability", "p value"),
        (counts(events_1=101), "ImpossibleCount", "number of events in arm 1"),
        (counts(events_2=-1), "ImpossibleCount", "number of events in arm 2"),
        (counts(n_1=1, events_1=0), "TooFewPeople", "number of people in arm 1"),
        (counts(events_1=0, events_2=0), "NothingToCompare", "number of events in arm 1"),
        (counts(events_1=100, events_2=100), "NothingToCompare", "number of events in arm 1"),
        (interval(lower=0.5, upper=0.1), "ImpossibleInterval", "lower end of the interval"),
        (interval(lower=0.5, upper=0.5), "ImpossibleInterval", "lower end of the interval"),
        (interval(lower=None, upper=0.5), "MissingNumber", "lower end of the interval"),
        (interval(lower=0.1, upper=0.5, effect=0.6), "OutsideInterval", "effect"),
        (interval(lower=0.10, upper=0.52, effect=0.4), "DisagreesWithInterval", "effect"),
        (interval(lower=0.1, upper=0.5, level=95), "ImpossibleProbability", "confidence level"),
        (interval(lower=0.1, upper=0.5, level=0), "ImpossibleProbability", "confidence level"),
        # Printed with an exponent for their size; that says nothing about rounding.
        (interval(lower=-1e22, upper=1e22, effect=1e21), "DisagreesWithInterval", "effect"),
        (interval(lower=0.1, upper=0.5, corrected=False), "MissingNumber", "number of people in arm 1"),
        (ratio(lower=-0.5, upper=0.5), "ImpossibleRatio", "lower end of the interval"),
        (ratio(lower=0.5, upper=2, ratio=0), "ImpossibleRatio", "risk ratio"),
        (ratio(lower=0.5, upper=2, ratio=3), "OutsideInterval", "effect"),
        (lambda: effect_sizes.mean_difference_from_interval(lower=1, upper=2, n_1=9), "MissingNumber", None),
        (lambda: effect_sizes.fisher_z(r=1, n=50), "ImpossibleCorrelation", "correlation"),
        (lambda: effect_sizes.fisher_z(r=0.5, n=3), "TooFewPeople", "number of people"),
        (lambda: effect_sizes.as_given("SMD", 0.5), "MissingNumber", "variance"),
        (lambda: effect_sizes.as_given("SMD", 0.5, variance=-1), "NegativeSpread", "variance"),
        (lambda: effect_sizes.as_given("SMD", 0.5, standard_error=0), "NoSpread", "variance"),
        (lambda: effect_sizes.as_given("SMD", 0.5, variance=0.2, standard_error=0.2), "UncertaintiesDisagree", None),
        (
            lambda: effect_sizes.align(effect_sizes.fisher_z(r=0.5, n=9), higher_is_better=None),
            "MissingNumber",
            "whether a higher figure is better",
        ),
    ],
)
def test_impossible_input_is_refused_by_name_with_how_to_mend_it(compute, error, number):
    with pytest.raises(effect_sizes.CannotCompute) as refusal:
        compute()
    assert type(refusal.value).__name__ == error
    assert number in (None, refusal.value.number)
    assert refusal.value.mend in str(refusal.value)
