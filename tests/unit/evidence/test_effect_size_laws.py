"""Laws that every effect size keeps, whatever the numbers: which arm is which, units, and finite results only."""

import dataclasses
import math
from statistics import NormalDist

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from evidence import effect_sizes

MEANS = st.floats(-1000, 1000)
SPREADS = st.floats(0.1, 100)
PEOPLE = st.integers(2, 5000)
TWO_ARMS = st.fixed_dictionaries(
    {"mean_1": MEANS, "sd_1": SPREADS, "n_1": PEOPLE, "mean_2": MEANS, "sd_2": SPREADS, "n_2": PEOPLE}
)


def swapped(arms):
    other = {"1": "2", "2": "1"}
    return {f"{name[:-1]}{other[name[-1]]}": value for name, value in arms.items()}


def assert_only_the_sign_differs(one, other):
    assert other == dataclasses.replace(one, effect=-one.effect)


@given(arms=TWO_ARMS, compute=st.sampled_from([effect_sizes.smd_from_means, effect_sizes.mean_difference]))
def test_swapping_arms_changes_the_sign_and_nothing_else(arms, compute):
    assert_only_the_sign_differs(compute(**arms), compute(**swapped(arms)))


@given(
    n_1=PEOPLE,
    n_2=PEOPLE,
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    compute=st.sampled_from([effect_sizes.log_odds_ratio, effect_sizes.log_risk_ratio]),
)
@example(n_1=10, n_2=12, shares=(0.0, 0.5), compute=effect_sizes.log_odds_ratio)
def test_swapping_arms_of_counts_changes_the_sign_and_nothing_else(n_1, n_2, shares, compute):
    arms = {"events_1": round(shares[0] * n_1), "n_1": n_1, "events_2": round(shares[1] * n_2), "n_2": n_2}
    assume(0 < arms["events_1"] + arms["events_2"] < n_1 + n_2)
    assert_only_the_sign_differs(compute(**arms), compute(**swapped(arms)))


@given(arms=TWO_ARMS, unit=st.floats(1e-6, 1e6), shift=MEANS)
def test_units_leave_the_standardised_difference_as_it_is(arms, unit, shift):
    scaled = {name: value if name.startswith("n_") else value * unit for name, value in arms.items()}
    scaled = {name: value + shift * unit if name.startswith("mean") else value for name, value in scaled.items()}
    one, other = effect_sizes.smd_from_means(**arms), effect_sizes.smd_from_means(**scaled)
    assert other.effect == pytest.approx(one.effect, rel=1e-9, abs=1e-9)
    assert other.variance == pytest.approx(one.variance, rel=1e-9)


@given(effect=st.floats(-3, 3), error=st.floats(0.01, 2), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_an_interval_gives_back_the_effect_it_was_made_of(effect, error, level):
    reach = error * -NormalDist().inv_cdf((1 - level) / 2)
    ends = {"lower": effect - reach, "upper": effect + reach, "level": level}
    for compute in (effect_sizes.smd_from_interval, effect_sizes.mean_difference_from_interval):
        back = compute(effect=effect, **ends)
        assert (back.effect, back.standard_error) == (effect, pytest.approx(error, rel=1e-9))
    ends = ends | {"lower": math.exp(ends["lower"]), "upper": math.exp(ends["upper"])}
    back = effect_sizes.log_odds_ratio_from_interval(ratio=math.exp(effect), **ends)
    assert (back.effect, back.standard_error) == (
        pytest.approx(effect, abs=1e-9),
        pytest.approx(error, rel=1e-9),
    )


ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.floats(-5, 5),
    st.floats(0, 1),
    st.integers(0, 100),
    st.integers(),
    st.decimals(),
    st.text(max_size=3),
)
INPUTS = {
    effect_sizes.smd_from_means: ("mean_1", "sd_1", "n_1", "mean_2", "sd_2", "n_2"),
    effect_sizes.smd_from_t: ("t", "n_1", "n_2"),
    effect_sizes.smd_from_f: ("f", "n_1", "n_2", "arm_1_higher"),
    effect_sizes.smd_from_p: ("p", "n_1", "n_2", "arm_1_higher"),
    effect_sizes.smd_from_interval: ("lower", "upper", "effect", "level", "corrected", "n_1", "n_2"),
    effect_sizes.mean_difference: ("mean_1", "sd_1", "n_1", "mean_2", "sd_2", "n_2"),
    effect_sizes.mean_difference_from_interval: ("lower", "upper", "effect", "level", "n_1", "n_2"),
    effect_sizes.log_odds_ratio: ("events_1", "n_1", "events_2", "n_2"),
    effect_sizes.log_risk_ratio: ("events_1", "n_1", "events_2", "n_2"),
    effect_sizes.log_odds_ratio_from_interval: ("lower", "upper", "ratio", "level"),
    effect_sizes.log_risk_ratio_from_interval: ("lower", "upper", "ratio", "level"),
    effect_sizes.fisher_z: ("r", "n"),
}
# Inputs that are likely to be right, so that one wrong number among them is met as often as all of them wrong.
LIKELY = {
    "n": st.integers(2, 60),
    "n_1": st.one_of(st.integers(2, 60), st.floats(2, 1e10)),
    "n_2": st.one_of(st.integers(2, 60), st.floats(2, 1e10)),
    "sd_1": st.floats(0, allow_infinity=False),
    "sd_2": st.floats(0, allow_infinity=False),
    "events_1": st.integers(0, 4),
    "events_2": st.integers(0, 4),
    "lower": st.one_of(st.floats(0, 1), st.floats(max_value=1, allow_infinity=False)),
    "upper": st.floats(1, allow_infinity=False),
    "p": st.floats(0, 1),
    "r": st.floats(-1, 1),
    "level": st.one_of(st.just(0.95), st.floats(0.5, 0.9999)),
    "arm_1_higher": st.booleans(),
    "corrected": st.booleans(),
    "effect": st.none() | st.floats(allow_nan=False),
    "ratio": st.none() | st.floats(0),
}


@st.composite
def calls(draw):
    compute = draw(st.sampled_from(list(INPUTS)))
    wrong = draw(st.sets(st.sampled_from(INPUTS[compute]), max_size=2))
    return compute, {
        name: draw(ANY if name in wrong else LIKELY.get(name, st.floats(allow_nan=False, allow_infinity=False)))
        for name in INPUTS[compute]
    }


@settings(max_examples=300, deadline=None)
@given(call=calls())
def test_every_input_gives_a_finite_result_or_a_named_refusal(call):
    compute, inputs = call
    try:
        result = compute(**inputs)
    except effect_sizes.CannotCompute as refusal:
        assert type(refusal) is not effect_sizes.CannotCompute  # noqa: PT017 - a refusal is as right as a result
        assert refusal.problem  # noqa: PT017
        assert refusal.mend  # noqa: PT017
    else:
        assert math.isfinite(result.effect)
        assert math.isfinite(result.variance)
        assert result.variance > 0
        assert result.formula
        assert result.source
