"""What published rules make of a result: at their edges, off the scale, turned round, and where there is none."""

import pytest

from evidence.proposals import Proposal, Result, Rule, Scale, propose

MONTHS = (
    ("negative", "", "0.00"),
    ("0", "0.00", "0.06"),
    ("1", "0.06", "0.10"),
    ("2", "0.10", "0.19"),
    ("3", "0.19", "0.27"),
    ("4", "0.27", ""),
)
REDUCTION = (("harmful", "", "0"), ("low", "2", "10"), ("moderate", "10", "30"), ("high", "30", ""))


def scale(rows, quantity="effect size", *, numeric=False, more=()):
    rules = tuple(Rule(level, f"Level {level}", quantity, start, end, "April 2026") for level, start, end in rows)
    orders = {rule.level: place for place, rule in enumerate(rules)}
    return Scale((*rules, *more), orders, numeric)


def months(value, low="", high="", *, better="higher", metric="SMD", **more):
    result = Result(metric=metric, better=better, value=value, low=low, high=high, **more)
    return propose(scale(MONTHS, numeric=True), result)


def reduction(value, *, better="lower", metric="SMD", base_rate="25"):
    return propose(scale(REDUCTION, "per cent reduction"), Result(metric, better, value, base_rate=base_rate))


@pytest.mark.parametrize(
    ("value", "level"),
    [
        # The start of a row is in it, its end is not, once rounded half up by the digits.
        ("0.19", "3"),
        ("0.185", "3"),
        ("0.1849999999", "2"),
        ("0.2649999999", "3"),
        ("0.265", "4"),
        ("0.0549999999", "0"),
        ("0.055", "1"),
        ("0", "0"),
        ("-0.0049", "0"),
        ("-0.005", "negative"),
        ("1e+30", "4"),
    ],
)
def test_a_row_begins_where_it_says_and_ends_before_the_next(value, level):
    assert months(value).level == level


def test_every_step_has_its_number():
    found = months("0.236940442", "0.1041", "0.3697")
    assert [(step.what, step.number) for step in found.steps] == [
        ("Average effect of the synthesis", "0.2369"),
        ("Effect size", "0.24"),
        ("Starting level", "0.24"),
    ]
    assert found.steps[1].did == "rounded to two decimals before it is looked up"
    assert found.steps[2].did == "Level 3 (from 0.19 and below 0.27)"
    assert (found.rule.edition, found.rule.from_value) == ("April 2026", "0.19")
    assert (found.value, found.low, found.high) == ("3", "2", "4")


def test_the_range_of_a_scale_of_numbers_goes_below_zero_with_a_minus_sign():
    found = months("-0.11", "-0.2", "0.01")
    assert (found.level, found.value, found.low, found.high) == ("negative", "-2", "-3", "0")
    assert months("0.24").low == ""


def test_a_lower_figure_that_is_better_is_turned_round():
    found = months("-0.24", "-0.37", "-0.1", better="lower")
    assert (found.level, found.low, found.high) == ("3", "2", "4")
    assert "a lower figure is better" in found.steps[0].did


def test_an_odds_ratio_becomes_an_effect_size_by_a_rule_that_is_named():
    found = months("0.5", metric="logOR", better="lower")
    assert found.level == "4"
    assert (found.steps[1].what, found.steps[1].number) == ("As an effect size", "0.3822")
    assert "√3/π" in found.steps[1].did
    assert months("0.5", metric="logOR").level == "negative"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (months("0.3", metric="logRR"), "does not give"),
        (months("0.3", better="neither"), "Neither direction"),
        (months(""), "could not be pooled"),
        (months("0", metric="logOR"), "above 0"),
        (reduction("-0.2", base_rate=""), "is not stated"),
        (reduction("-0.2", base_rate="100"), "between 0 and 1"),
        (reduction("0.2", better="higher"), "nothing unwanted"),
        (reduction("0.2", metric="MD"), "does not give"),
    ],
)
def test_what_the_result_does_not_give_gets_no_level_and_a_reason(found, why):
    assert (found.level, found.rule) == ("", None)
    assert why in found.steps[-1].did
    assert found.steps[-1].did.endswith("So the rule gives no level.")


@pytest.mark.parametrize(
    ("risk", "number", "level"),
    [
        ("0.7", "30.00", "high"),
        ("0.70004", "30.00", "high"),
        ("0.7001", "29.99", "moderate"),
        ("1.2", "-20.00", "harmful"),
    ],
)
def test_a_reduction_is_read_off_the_ratio_of_risks(risk, number, level):
    found = reduction(risk, metric="logRR", base_rate="")
    assert (found.level, found.steps[-1].number) == (level, number)
    assert (found.value, found.low) == ("", "")


def test_a_reduction_at_a_base_rate_names_it():
    found = reduction("-0.2")
    assert (found.level, found.steps[2].number) == ("moderate", "24.70")
    assert "25 in a hundred" in found.steps[1].did
    assert reduction("-0.2", base_rate="50").steps[2].number == "17.94"


def test_between_published_rows_nothing_is_filled_in():
    found = reduction("0.99", metric="logRR")
    assert found.level == ""
    assert (found.steps[-1].what, found.steps[-1].number) == ("No level", "1.00")


def test_a_scale_without_rows_proposes_nothing():
    assert propose(Scale(), Result("SMD", "higher", "0.3")) == Proposal()


@pytest.mark.parametrize(("studies", "level", "step"), [("4", "1", "Step down"), ("12", "3", "No step")])
def test_a_further_quantity_only_takes_the_level_down(studies, level, step):
    more = (Rule("1", "Level 1", "studies", "", "5"), Rule("4", "Level 4", "studies", "5", ""))
    found = propose(scale(MONTHS, more=more), Result("SMD", "higher", "0.24", studies=studies))
    assert found.level == level
    assert (found.steps[-1].what, found.steps[-1].number) == (step, studies)


def test_of_two_editions_the_first_holds():
    older = (Rule("1", "Level 1", "effect size", "0.02", "0.10", "older"),)
    assert propose(scale(MONTHS, more=older), Result("SMD", "higher", "0.03")).level == "0"
