"""One study, two, equal ones, impossible ones: a defined answer or a named error."""

import json
import math

import pytest

from evidence import synthesis
from evidence.synthesis import report

NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("effects", "variances", "error", "position", "quantity"),
    [
        ([1, NAN], [1, 1], synthesis.NotFinite, 1, "effect"),
        ([None, 1], [1, 1], synthesis.NotFinite, 0, "effect"),
        (["much", 1], [1, 1], synthesis.NotFinite, 0, "effect"),
        ([1, 10**400], [1, 1], synthesis.NotFinite, 1, "effect"),
        ([1, 1], [1, INFINITE], synthesis.NotFinite, 1, "variance"),
        ([1, 1], [0, 1], synthesis.VarianceNotPositive, 0, "variance"),
        ([1, 1], [1, -0.1], synthesis.VarianceNotPositive, 1, "variance"),
        ([1, 1e31], [1, 1], synthesis.OutOfRange, 1, "effect"),
        ([1, 1], [1e31, 1], synthesis.OutOfRange, 0, "variance"),
        ([1, 1], [1, 1e-31], synthesis.OutOfRange, 1, "variance"),
    ],
)
def test_a_study_that_cannot_be_used_is_named(effects, variances, error, position, quantity):
    with pytest.raises(error, match=f"^Study {position + 1}: the {quantity} ") as caught:
        synthesis.pool(effects, variances)
    assert type(caught.value) is error
    assert (caught.value.position, caught.value.quantity) == (position, quantity)


@pytest.mark.parametrize(
    "function",
    [
        synthesis.pool,
        synthesis.tau2,
        synthesis.cochran,
        synthesis.i2_h2,
        synthesis.q_profile,
        synthesis.egger,
        synthesis.trim_and_fill,
        synthesis.leave_one_out,
    ],
)
def test_every_synthesis_refuses_what_is_no_set_of_studies(function):
    with pytest.raises(synthesis.NoStudies):
        function([], [])
    with pytest.raises(synthesis.NotTheSameLength):
        function([1, 2], [1])
    with pytest.raises(synthesis.VarianceNotPositive):
        function([1, 2], [1, 0])
    with pytest.raises(synthesis.VariancesTooFarApart):
        function([1, 2], [1e-6, 1e5])


@pytest.mark.parametrize(
    "call",
    [
        lambda: synthesis.pool([1, 2], [1, 1], "ML"),
        lambda: synthesis.pool([1, 2], [1, 1], test="t"),
        lambda: synthesis.pool([1, 2], [1, 1], level=95),
        lambda: synthesis.q_profile([1, 2], [1, 1], level=1),
        lambda: synthesis.prediction_interval(synthesis.pool([1, 2], [1, 1]), "k-3"),
        lambda: synthesis.egger([1, 2, 3], [1, 2, 3], "begg"),
        lambda: synthesis.trim_and_fill([1, 2], [1, 2], estimator="Q0"),
        lambda: synthesis.trim_and_fill([1, 2], [1, 2], side="up"),
        lambda: synthesis.leave_one_out([1, 2], [1, 2], "HE"),
        lambda: synthesis.subgroup_test([1, 2], [1, 2], "ab", test="F"),
    ],
)
def test_a_choice_that_is_not_there_is_refused(call):
    with pytest.raises(synthesis.UnknownChoice):
        call()


@pytest.mark.parametrize("method", synthesis.METHODS)
def test_one_study_is_its_own_estimate_and_says_nothing_about_spread(method):
    pooled = synthesis.pool([0.5], [0.04], method, "z")
    assert (pooled.estimate, pooled.tau2, pooled.df) == (0.5, 0, None)
    assert pooled.se == pytest.approx(0.2)
    assert pooled.ci_lb == pytest.approx(0.5 - 1.959963984540054 * 0.2)
    assert synthesis.prediction_interval(pooled) is None
    assert synthesis.i2_h2([0.5], [0.04]) == synthesis.i2_h2([0.5], [0.04], 0.0) == (None, None)
    assert synthesis.cochran([0.5], [0.04]) == synthesis.Cochran(0, 0, 1)


def test_one_study_has_no_knapp_hartung_interval():
    pooled = synthesis.pool([0.5], [0.04])
    assert pooled.estimate == 0.5
    assert (pooled.se, pooled.statistic, pooled.df, pooled.p, pooled.ci_lb, pooled.ci_ub) == (None,) * 6
    assert synthesis.prediction_interval(pooled) is None


@pytest.mark.parametrize("function", [synthesis.q_profile, synthesis.leave_one_out, synthesis.egger])
def test_one_study_is_too_few(function):
    with pytest.raises(synthesis.TooFewStudies):
        function([0.5], [0.04])


def test_two_studies_have_one_prediction_interval_of_the_two():
    """Two studies of equal variance v, d apart: tau2 is d squared / 2 - v by each of the three estimators."""
    for method in ("REML", "DL", "PM"):
        assert synthesis.tau2([0.0, 1.0], [0.1, 0.1], method) == pytest.approx(0.4, rel=1e-12)
    pooled = synthesis.pool([0.0, 1.0], [0.1, 0.1])
    assert (pooled.estimate, pooled.df) == (0.5, 1)
    assert pooled.se == pytest.approx(0.5)  # (0.5**2 + 0.5**2) / 1 / 2, rooted
    lower, upper = synthesis.prediction_interval(pooled)
    assert upper - 0.5 == 0.5 - lower == pytest.approx(12.706204736432095 * math.sqrt(0.25 + 0.4))
    assert synthesis.prediction_interval(pooled, "riley") is None
    with pytest.raises(synthesis.TooFewStudies):
        synthesis.egger([0.0, 1.0], [0.1, 0.2])


@pytest.mark.parametrize("estimator", synthesis.MISSING_ESTIMATORS)
@pytest.mark.parametrize("effect", [0.0, 0.1])
def test_equal_studies_have_no_spread_and_no_missing_ones(effect, estimator):
    data = [effect] * 4, [0.01, 0.02, 0.03, 0.07]
    for method in synthesis.METHODS:
        assert synthesis.pool(*data, method).tau2 == 0
        assert synthesis.trim_and_fill(*data, method, estimator).k0 == 0
    pooled = synthesis.pool(*data)
    assert (pooled.estimate, pooled.se, pooled.statistic, pooled.p) == (effect, 0, None, None)
    assert (pooled.ci_lb, pooled.ci_ub) == (effect, effect)
    assert synthesis.i2_h2(*data) == (0, 0)
    profile = synthesis.q_profile(*data)
    assert profile == synthesis.Profile(0, 0, 0, 0, 1, 1, empty=True)
    # "Never narrower" is what keeps the interval of such a set honest.
    assert synthesis.pool(*data, test="knapp_hartung_adhoc").se == synthesis.pool(*data, test="z").se > 0


def test_equally_precise_studies_have_no_asymmetry_to_look_for():
    with pytest.raises(synthesis.EqualStandardErrors):
        synthesis.egger([1, 2, 3], [0.2, 0.2, 0.2])
    assert synthesis.trim_and_fill([1, 2, 9], [0.2, 0.2, 0.2]).side == "left"


@pytest.mark.parametrize("form", synthesis.EGGER_FORMS)
def test_a_perfect_line_has_its_limit(form):
    test = synthesis.egger([1, 1, 1, 1], [0.01, 0.04, 0.09, 0.16], form)
    assert test.limit_estimate == pytest.approx(1)
    assert test.p is None or 0 <= test.p <= 1


def test_reml_keeps_zero_where_it_is_the_higher_of_two_maxima():
    effects, variances = [-4.8, -3.8, 3.1], [1.0, 0.01, 10.0]
    assert synthesis.tau2(effects, variances) == 0


def test_reml_keeps_the_upper_of_two_maxima_where_it_is_higher():
    effects, variances = [2.9, -3.8, 15.3, 3.1, 2.5], [0.01, 10.0, 10.0, 0.1, 0.001]
    assert 28 < synthesis.tau2(effects, variances) < 33


def test_a_weight_that_dwarfs_all_others_keeps_the_digits():
    """By hand, to one part in 1e9: the mean is the first effect, and each weight of 1 / 0.7 counts twice in C."""
    variances = [3e-10, 0.7, 0.7]
    assert synthesis.cochran([1e8 + 0.5, 1e8 + 1.5, 1e8 - 0.5], variances).q == pytest.approx(2 / 0.7, rel=5e-9)
    expected = (18 / 0.7 - 2) / (4 / 0.7)
    assert synthesis.tau2([0.5, 3.5, -2.5], variances, "DL") == pytest.approx(expected, rel=5e-9)


@pytest.mark.parametrize(
    ("effects", "variances"),
    [
        ([0.0, 6.002060491017891e16], [1.0, 1.0]),
        ([0.0, 0.0, 4.3123961909878065e29], [4.3123961909878086e29, 4.312396190987814e29, 4.869178831917376e22]),
    ],
)
def test_a_root_that_rounding_puts_on_its_bound_is_found(effects, variances):
    labels = list("abc")[: len(effects)]
    result = report.full_report("bound", "SMD", labels, [None] * len(effects), effects, variances)
    assert all(math.isfinite(result[model]["tau2"]) for model in ("reml", "dl", "pm"))


def test_studies_that_agree_better_than_chance_have_an_i2_of_zero_and_an_h2_below_one():
    assert synthesis.i2_h2([0.0, 0.5], [1.0, 1.0]) == (0, pytest.approx(0.125))


def test_studies_missing_on_the_right_are_the_mirror_of_those_missing_on_the_left():
    effects, variances = [0.1, 0.2, 0.9, 1.4, 2.0], [0.01, 0.02, 0.2, 0.3, 0.4]
    left = synthesis.trim_and_fill(effects, variances)
    right = synthesis.trim_and_fill([-effect for effect in effects], variances)
    assert (left.side, right.side) == ("left", "right")
    assert left.k0 == right.k0 > 0
    assert left.effects.tolist() == pytest.approx((-right.effects).tolist())
    assert left.pooled.k == len(left.variances) == 5 + left.k0


def test_trim_and_fill_that_goes_round_in_a_circle_says_so():
    effects, variances = [0.7, -0.4, 0.3, -0.6], [5.0, 0.01, 0.1, 5.0]
    with pytest.raises(synthesis.DidNotConverge):
        synthesis.trim_and_fill(effects, variances, "DL", "R0")
    effects, variances = [-1.8, -1.4, -2.3, -2.3], [0.01, 5.0, 0.1, 1.0]
    result = report.full_report("circle", "SMD", list("abcd"), [None] * 4, effects, variances)
    assert result["trim_and_fill"]["dl"] is None
    assert result["reml"]["estimate"] < 0


def test_an_effect_mirrored_past_the_limit_of_what_is_accepted_is_still_pooled():
    filled = synthesis.trim_and_fill([0.0, -5.000000000000001e29], [1.0, 2.0])
    assert math.isfinite(filled.pooled.estimate)


def test_years_put_ties_in_the_order_given_and_missing_ones_last():
    assert synthesis.by_year([2001, None, 1999, 2001, None]) == [2, 0, 3, 1, 4]
    with pytest.raises(synthesis.NoYears):
        synthesis.by_year([None, None])
    with pytest.raises(synthesis.NotTheSameLength):
        synthesis.cumulative([1, 2], [1, 1], [0, 0])


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_report_of_few_studies_has_the_same_keys_and_null_for_what_is_not_defined(k, reference):
    labels, years = ["a", "b", "c"][:k], [2001, 2002, 2003][:k]
    result = report.full_report("few", "SMD", labels, years, [0.1, 0.5, 0.9][:k], [0.01, 0.02, 0.04][:k])
    full = reference["bachmann2010"]
    assert list(result) == list(full)
    assert list(result["egger"]) == list(full["egger"])
    assert list(result["reml"]) == list(full["reml"])
    json.dumps(result, allow_nan=False)
    assert (result["leave_one_out"] is None) == (result["reml_heterogeneity_ci"] is None) == (k == 1)
    assert all((test is None) == (k < 3) for test in result["egger"].values())
    assert result["cumulative_by_year"]["order"] == labels


def test_a_report_needs_a_label_and_a_year_for_each():
    with pytest.raises(synthesis.NotTheSameLength):
        report.full_report("few", "SMD", ["a"], [None, None], [0.1, 0.5], [0.01, 0.02])
