"""The pooled result in plain units: which units a result is said in, and when a number is withheld."""

import pytest

from evidence import effects
from toolkits import payloads
from toolkits.snapshots.plain_numbers import NO_BASE_RATE, NO_RANGE, plain_numbers

POOLED = {"k": 3, "people": None, "people_not_recorded": 3, "se": "0.1", "p": "0.01", "prediction": None, "tau2": "0"}
REST = {"tau2_low": "", "tau2_high": "", "i2": "0", "q": "1", "q_df": 2, "q_p": "0.6"}


def numbers(metric, shown, better="higher", *, base_rate="", outcome="attainment"):
    """{key: PlainNumber} of a synthesis whose pooled result is shown as (value, low, high)."""
    interval = payloads.Interval(*shown)
    document = payloads.Synthesis(
        record=8001,
        slug="s",
        name="S",
        question="Does it?",
        centre=None,
        illustrative=False,
        interventions=[],
        outcome=payloads.Term(slug=outcome, name=outcome),
        outcome_measured="What was measured",
        comparison="",
        metric=metric,
        unit="",
        better=better,
        method="REML",
        test="knapp_hartung",
        prediction="default",
        rows=[],
        pooled=payloads.Pooled(estimate=shown[0], shown=interval, fixed=interval, **POOLED, **REST),
        base_rate=base_rate,
        base_rate_source="A table" if base_rate else "",
    )
    return {number.key: number for number in plain_numbers(document).plain}


def test_a_difference_in_attainment_has_the_months_of_both_editions():
    found = numbers("SMD", ("0.05", "0.01", "0.2"))
    assert (found["months-2026-04"].value, found["months-older"].value) == ("0", "1")
    assert (found["months-older"].low, found["months-older"].high) == ("0", "3")


def test_another_outcome_has_no_months():
    assert not [key for key in numbers("SMD", ("0.05", "0.01", "0.2"), outcome="crime") if key.startswith("months")]


def test_a_lower_figure_that_is_better_is_turned_round():
    higher = numbers("SMD", ("0.3", "0.1", "0.5"), outcome="crime")
    lower = numbers("SMD", ("-0.3", "-0.5", "-0.1"), "lower", outcome="crime")
    for key in ("percentile", "improvement", "odds-ratio"):
        assert lower[key] == higher[key]
    assert float(higher["percentile"].value) == pytest.approx(effects.u3(0.3).value)
    assert float(higher["percentile"].low) == pytest.approx(effects.u3(0.1).value)


def test_the_stated_base_rate_gives_people_and_per_cent():
    found = numbers("SMD", ("-0.3", "-0.5", "-0.1"), "lower", base_rate="25", outcome="crime")
    assert float(found["per-cent-reduction"].value) == pytest.approx(effects.per_cent_reduction(0.3, 0.25).value)
    assert float(found["needed"].value) == pytest.approx(effects.number_needed_to_treat(0.3, 0.1, 0.5, 0.75).value)


@pytest.mark.parametrize("base_rate", ["", "0", "100"])
def test_without_a_base_rate_the_number_is_withheld_and_says_why(base_rate):
    found = numbers("SMD", ("-0.3", "-0.5", "-0.1"), "lower", base_rate=base_rate, outcome="crime")
    for key in ("per-cent-reduction", "needed"):
        assert found[key].value == ""
        assert found[key].withheld == NO_BASE_RATE
        assert found[key].rule
        assert found[key].assumptions == []


def test_a_range_that_takes_in_no_difference_gives_no_number_needed():
    found = numbers("logOR", ("0.8", "0.5", "1.2"), "lower", base_rate="25")
    assert found["needed"].value == ""
    assert "no upper limit" in found["needed"].withheld


def test_a_result_without_a_range_gives_no_number_needed():
    assert numbers("SMD", ("0.3", "", ""), base_rate="25")["needed"].withheld == NO_RANGE


def test_odds_of_a_wanted_outcome_count_as_those_of_its_opposite():
    wanted = numbers("logOR", ("2", "1.5", "3"), base_rate="75")
    unwanted = numbers("logOR", ("0.5", "0.3333333333333333", "0.6666666666666666"), "lower", base_rate="25")
    assert float(wanted["needed"].value) == pytest.approx(float(unwanted["needed"].value))
    assert float(wanted["smd"].value) == pytest.approx(float(unwanted["smd"].value))
    assert float(unwanted["per-cent-reduction"].value) == pytest.approx(
        effects.per_cent_reduction_from_odds_ratio(0.5, 0.25).value
    )


def test_a_risk_ratio_counts_people_at_the_base_rate():
    found = numbers("logRR", ("0.8", "0.7", "0.9"), "lower", base_rate="20")
    assert found["needed"].value == "25"


@pytest.mark.parametrize(("metric", "better"), [("MD", "lower"), ("COR-z", "higher"), ("SMD", "neither")])
def test_other_results_are_said_in_their_own_unit_only(metric, better):
    assert numbers(metric, ("0.3", "0.1", "0.5"), better) == {}
