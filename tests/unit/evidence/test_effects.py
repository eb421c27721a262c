"""Published check values of every conversion, and what must hold of all of them.

Sources: EEF's months tables (Oak National Academy's copy of the Toolkit data of April 2026; EEF's older
page on attainment), the What Works Clearinghouse's handbook 2.0, Chinn 2000, Hasselblad and Hedges 1995,
the Cochrane Handbook 5.1 chapter 12, Furukawa and Leucht 2011. Values not printed there are their
formulas computed once with R (pnorm, qnorm, log, exp).
"""

import dataclasses
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import effects

EFFECTS = st.floats(-5, 5)
SHARES = st.floats(0.01, 0.99)

NEWER = [(0.00, 0), (0.05, 0), (0.06, 1), (0.09, 1)]
OLDER = [(0.00, 0), (0.01, 0), (-0.01, 0), (0.02, 1), (-0.02, -1), (0.09, 1)]
# From two months on both editions agree: the first and the last effect size of each month.
BOTH = [
    *((0.10, 2), (0.18, 2), (0.19, 3), (0.26, 3), (0.27, 4), (0.35, 4), (0.36, 5), (0.44, 5), (0.45, 6), (0.52, 6)),
    *((0.53, 7), (0.61, 7), (0.62, 8), (0.69, 8), (0.70, 9), (0.78, 9), (0.79, 10), (0.87, 10), (0.88, 11)),
    *((0.95, 11), (0.96, 12), (1.00, 12)),
]


@pytest.mark.parametrize(
    ("edition", "g", "months"),
    [("2026-04", *row) for row in NEWER + BOTH] + [("older", *row) for row in OLDER + BOTH],
)
def test_months_at_both_ends_of_every_row(edition, g, months):
    assert effects.months_progress(g, edition).value == months
    assert effects.months_progress(-g, edition).value == -months


@pytest.mark.parametrize(
    ("g", "months"), [(0.094, 1), (0.095, 2), (0.185, 3), (0.1849999, 2), (-0.055, -1), (-0.004, 0), (1e308, 12)]
)
def test_effect_size_is_rounded_to_two_decimals_first(g, months):
    assert effects.months_progress(g).value == months


def test_older_edition_says_nothing_beyond_its_end():
    beyond = effects.months_progress(1.01, "older")
    assert (beyond.value, beyond.withheld) == (None, "This edition's table ends at an effect size of 1.00.")
    assert effects.months_progress(1.01).value == 12


def test_small_effects_depend_on_the_edition_and_name_it():
    newer, older = effects.months_progress(0.03), effects.months_progress(0.03, "older")
    assert (newer.value, older.value) == (0, 1)
    assert "April 2026" in newer.rule
    assert "older page" in older.rule


# The improvement index of 0.25 is printed as 10 by the What Works Clearinghouse.
@pytest.mark.parametrize(("g", "index"), [(0.25, 9.8706), (0.50, 19.1462), (-0.25, -9.8706), (0, 0), (40, 50)])
def test_improvement_index(g, index):
    assert effects.improvement_index(g).value == pytest.approx(index, abs=5e-5)


@pytest.mark.parametrize(
    ("g", "u3", "chance", "overlap"), [(0.5, 0.691462, 0.638163, 0.802587), (0.8, 0.788145, 0.714196, 0.689157)]
)
def test_u3_and_its_relations(g, u3, chance, overlap):
    assert effects.u3(g).value == pytest.approx(u3, abs=5e-7)
    assert effects.chance_of_doing_better(g).value == pytest.approx(chance, abs=5e-7)
    assert effects.overlap(g).value == effects.overlap(-g).value == pytest.approx(overlap, abs=5e-7)


@pytest.mark.parametrize(
    ("odds_ratio", "route", "g"),
    [
        *((2, "logistic", 0.382152), (2, "chinn", 0.382954), (2, "cox", 0.420089)),
        *((0.75, "logistic", -0.158607), (0.75, "chinn", -0.158940), (0.75, "cox", -0.174353)),
    ],
)
def test_odds_ratio_to_smd(odds_ratio, route, g):
    assert effects.smd_from_odds_ratio(odds_ratio, route).value == pytest.approx(g, abs=5e-7)


@given(g=EFFECTS, route=st.sampled_from(sorted(effects.ROUTES)))
def test_odds_ratio_and_smd_undo_each_other(g, route):
    there = effects.odds_ratio_from_smd(g, route).value
    assert effects.smd_from_odds_ratio(there, route).value == pytest.approx(g, abs=1e-12)


@pytest.mark.parametrize(
    ("g", "base_rate", "reduction"),
    [(0.2, 0.25, 24.6970), (0.2, 0.50, 17.9417), (0.3, 0.25, 35.1636), (0.3, 0.50, 26.5550)],
)
def test_per_cent_reduction_depends_on_the_base_rate_and_says_which(g, base_rate, reduction):
    shown = effects.per_cent_reduction(g, base_rate)
    assert shown.value == pytest.approx(reduction, abs=5e-5)
    assert f"{100 * base_rate:g} in a hundred" in shown.assumptions[0]


def test_reduction_from_an_odds_ratio():
    # Cochrane Handbook 5.1, 12.5.4.3: OR 0.73 at a risk of 0.3 is 62 fewer in a thousand, 62/300 of them.
    shown = effects.per_cent_reduction_from_odds_ratio(0.73, 0.3)
    assert round(1000 * 0.3 * shown.value / 100) == 62
    assert effects.risk_ratio_from_odds_ratio(0.73, 0.3).value == pytest.approx(1 - shown.value / 100)


@given(g=EFFECTS, base_rate=SHARES)
def test_reduction_is_alike_by_effect_size_and_by_its_odds_ratio(g, base_rate):
    odds_ratio = effects.odds_ratio_from_smd(-g).value
    by_odds = effects.per_cent_reduction_from_odds_ratio(odds_ratio, base_rate).value
    assert effects.per_cent_reduction(g, base_rate).value == pytest.approx(by_odds, abs=1e-9)
    assert math.copysign(1, by_odds) == math.copysign(1, g) or abs(g) < 1e-9


@pytest.mark.parametrize(
    ("g", "kraemer", "furukawa_20", "furukawa_50"), [(0.5, 3.6189, 6.0126, 5.2230), (0.25, 7.1268, 12.9782, 10.1311)]
)
def test_number_needed_to_treat(g, kraemer, furukawa_20, furukawa_50):
    assert effects.number_needed_to_treat_without_base_rate(g, g, g).value == pytest.approx(kraemer, abs=5e-5)
    assert effects.number_needed_to_treat(g, g, g, 0.20).value == pytest.approx(furukawa_20, abs=5e-5)
    assert effects.number_needed_to_treat(g, g, g, 0.50).value == pytest.approx(furukawa_50, abs=5e-5)


def test_number_needed_to_treat_from_a_risk_ratio():
    # Cochrane Handbook 5.1, 12.5.4.2: RR 0.92 at a risk of 0.3 gives an NNT of 42 (1 / 0.024 = 41.67, rounded up).
    shown = effects.number_needed_to_treat_from_risk_ratio(0.92, 0.9, 0.95, 0.3)
    assert math.ceil(shown.value) == 42
    assert (shown.low, shown.high) == (pytest.approx(1 / 0.03), pytest.approx(1 / 0.015))
    assert shown.unit == "people to reach for one to be better off"


def test_number_needed_to_treat_comes_with_its_range():
    shown = effects.number_needed_to_treat(0.5, 0.25, 0.5, 0.2)
    assert (shown.low, shown.value) == (pytest.approx(6.0126, abs=5e-5), pytest.approx(6.0126, abs=5e-5))
    assert shown.high == pytest.approx(12.9782, abs=5e-5)


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0, 0.5), (-0.3, 0.25)])
def test_no_number_needed_to_treat_where_the_range_takes_in_zero(low, high):
    for shown in (
        effects.number_needed_to_treat(0.25, low, high, 0.2),
        effects.number_needed_to_treat_without_base_rate(0.25, low, high),
        effects.number_needed_to_treat_from_risk_ratio(0.75, 1 - high, 1 - low, 0.2),
    ):
        assert (shown.value, shown.low, shown.high) == (None, None, None)
        assert "takes in no difference" in shown.withheld


def test_no_number_needed_to_treat_for_a_difference_too_small_to_count():
    assert effects.number_needed_to_treat(1e-20, 1e-20, 1, 0.5).withheld.endswith("counted in people.")


def test_harm_throughout_is_a_number_needed_to_harm():
    shown = effects.number_needed_to_treat(-0.5, -0.6, -0.25, 0.5)
    assert shown.value == pytest.approx(5.2230, abs=5e-5)
    assert shown.low < shown.value < shown.high
    assert shown.unit == "people to reach for one to be worse off"


def test_people_in_a_hundred():
    # 100 × Φ(0.5 − 0.841621) = 100 × Φ(−0.341621) = 36.63, against 20 without; 16.63 = 100 / 6.0126, as NNT says.
    shown = effects.people_in_a_hundred(0.5, 0.2)
    assert (shown.without, shown.value) == (20, pytest.approx(36.6318, abs=5e-5))
    assert shown.value - shown.without == pytest.approx(100 / 6.0126, abs=5e-4)


EVERY = [
    lambda g, p: effects.months_progress(g),
    lambda g, p: effects.months_progress(g, "older"),
    lambda g, p: effects.improvement_index(g),
    lambda g, p: effects.u3(g),
    lambda g, p: effects.chance_of_doing_better(g),
    lambda g, p: effects.overlap(g),
    lambda g, p: effects.smd_from_odds_ratio(g),
    lambda g, p: effects.odds_ratio_from_smd(g),
    lambda g, p: effects.risk_ratio_from_odds_ratio(g, p),
    lambda g, p: effects.per_cent_reduction(g, p),
    lambda g, p: effects.per_cent_reduction_from_odds_ratio(g, p),
    lambda g, p: effects.number_needed_to_treat(g, g, g, p),
    lambda g, p: effects.number_needed_to_treat_without_base_rate(g, g, g),
    lambda g, p: effects.number_needed_to_treat_from_risk_ratio(g, g, g, p),
    lambda g, p: effects.people_in_a_hundred(g, p),
]


@pytest.mark.parametrize("convert", EVERY)
def test_every_conversion_says_its_rule_assumptions_and_source_and_cannot_be_changed(convert):
    shown = convert(0.4, 0.3)
    assert shown.rule.endswith(".")
    assert shown.unit
    assert shown.assumptions
    assert all(assumption.endswith((".", "figure.")) for assumption in shown.assumptions)
    assert shown.source.title
    assert shown.source.dated
    assert shown.source.address.startswith("https://")
    with pytest.raises(dataclasses.FrozenInstanceError):
        shown.value = 1


@settings(max_examples=300, deadline=None)
@given(g=st.floats(), base_rate=st.floats(), convert=st.sampled_from(EVERY))
def test_any_number_gives_a_finite_answer_a_reason_or_a_refusal(g, base_rate, convert):
    try:
        shown = convert(g, base_rate)
    except effects.CannotConvert as refusal:
        assert str(refusal)  # noqa: PT017 - either outcome is right; only its shape is asserted
    else:
        numbers = [shown.value, shown.low, shown.high]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert (shown.value is None) == bool(shown.withheld)


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: effects.months_progress(math.nan), "effect size must be a number"),
        (lambda: effects.improvement_index("much"), "effect size must be a number"),
        (lambda: effects.u3(10**400), "effect size must be a number"),
        (lambda: effects.smd_from_odds_ratio(0), "odds ratio must be above 0"),
        (lambda: effects.odds_ratio_from_smd(1000), "too far out"),
        (lambda: effects.per_cent_reduction(0.2, 25), "base rate must lie between 0 and 1"),
        (lambda: effects.people_in_a_hundred(0.2, 0), "base rate must lie between 0 and 1"),
        (lambda: effects.number_needed_to_treat(0.2, 0.3, 0.4, 0.5), "does not hold its effect"),
    ],
)
def test_what_cannot_be_converted_is_refused_by_name(call, what):
    with pytest.raises(effects.CannotConvert, match=what):
        call()
