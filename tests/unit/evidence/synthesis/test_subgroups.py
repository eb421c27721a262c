"""The moderator test, against what metafor's documentation prints for the BCG vaccine trials."""

import math

import pytest

from evidence import synthesis

# Colditz et al. (1994), JAMA 271, 698-702: vaccinated with and without tuberculosis, controls with and without.
TRIALS = [
    (4, 119, 11, 128, "random"),
    (6, 300, 29, 274, "random"),
    (3, 228, 11, 209, "random"),
    (62, 13536, 248, 12619, "random"),
    (33, 5036, 47, 5761, "alternate"),
    (180, 1361, 372, 1079, "alternate"),
    (8, 2537, 10, 619, "random"),
    (505, 87886, 499, 87892, "random"),
    (29, 7470, 45, 7232, "random"),
    (17, 1699, 65, 1600, "systematic"),
    (186, 50448, 141, 27197, "systematic"),
    (5, 2493, 3, 2338, "systematic"),
    (27, 16886, 29, 17825, "systematic"),
]
EFFECTS = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d, _ in TRIALS]
VARIANCES = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d, _ in TRIALS]
ALLOCATION = [allocation for *_, allocation in TRIALS]
RANDOM = [allocation == "random" for allocation in ALLOCATION]


def test_shared_tau2_is_the_published_meta_regression():
    result = synthesis.subgroup_test(EFFECTS, VARIANCES, ALLOCATION, test="z")
    assert (round(result.statistic, 4), result.df, result.df_residual) == (1.7675, 2, None)
    assert round(result.p, 4) == 0.4132
    assert list(result.groups) == ["random", "alternate", "systematic"]
    alternate, random = result.groups["alternate"], result.groups["random"]
    assert round(alternate.tau2, 4) == round(random.tau2, 4) == 0.3615
    assert (round(alternate.estimate, 4), round(alternate.se, 4), alternate.k) == (-0.5180, 0.4412, 2)
    assert round(random.estimate - alternate.estimate, 4) == -0.4478


def test_separate_tau2_is_the_published_comparison_of_two_analyses():
    result = synthesis.subgroup_test(EFFECTS, VARIANCES, RANDOM, test="z", shared_tau2=False)
    random, other = result.groups[True], result.groups[False]
    assert (round(random.estimate, 4), round(random.se, 4)) == (-0.9710, 0.2760)
    assert (round(other.estimate, 4), round(other.se, 4)) == (-0.4813, 0.2170)
    assert (round(math.sqrt(result.statistic), 4), round(result.p, 4)) == (1.3949, 0.1630)


def test_knapp_hartung_makes_it_an_f_test():
    result = synthesis.subgroup_test(EFFECTS, VARIANCES, ALLOCATION)
    assert (result.df, result.df_residual) == (2, 10)
    one = synthesis.subgroup_test(EFFECTS, VARIANCES, RANDOM)
    # With two groups F is the square of the difference's t statistic.
    random, other = one.groups[True], one.groups[False]
    t = (random.estimate - other.estimate) / math.hypot(random.se, other.se)
    assert one.statistic == pytest.approx(t**2)


def test_of_equally_precise_studies_the_f_test_is_the_analysis_of_variance():
    """Groups 1 2 3, 2 4 6 and 5 7 9 by hand: sum of squares 38 between, 2 df, and 18 within, 6 df."""
    effects, groups = [1, 2, 3, 2, 4, 6, 5, 7, 9], list("aaabbbccc")
    result = synthesis.subgroup_test(effects, [0.1] * 9, groups, "FE")
    assert (result.df, result.df_residual) == (2, 6)
    assert result.statistic == pytest.approx((38 / 2) / (18 / 6))
    assert result.p == pytest.approx((1 + 38 / 18) ** -3)  # the F distribution's tail in closed form, for df 2


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("test", synthesis.TESTS)
def test_the_first_group_named_makes_no_difference(shared, test):
    one, other = (
        synthesis.subgroup_test(*columns, test=test, shared_tau2=shared)
        for columns in ((EFFECTS, VARIANCES, ALLOCATION), (EFFECTS[::-1], VARIANCES[::-1], ALLOCATION[::-1]))
    )
    assert other.p == pytest.approx(one.p)
    assert other.groups["random"].estimate == pytest.approx(one.groups["random"].estimate)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(synthesis.OneGroup):
        synthesis.subgroup_test([1, 2], [1, 1], ["a", "a"])
    with pytest.raises(synthesis.NotTheSameLength):
        synthesis.subgroup_test([1, 2], [1, 1], ["a"])
    with pytest.raises(synthesis.TooFewStudies):
        synthesis.subgroup_test([1, 2], [1, 1], ["a", "b"])
    with pytest.raises(synthesis.TooFewStudies, match="b has one"):
        synthesis.subgroup_test([1, 2, 3], [1, 1, 1], ["a", "a", "b"], shared_tau2=False)


def test_groups_of_one_study_are_compared_without_knapp_hartung():
    result = synthesis.subgroup_test([0.0, 2.0], [0.5, 0.5], ["a", "b"], test="z")
    assert (result.statistic, result.df) == (pytest.approx(4), 1)


def test_groups_within_which_all_agree_have_no_f_test():
    result = synthesis.subgroup_test([1, 1, 2, 2], [0.5, 0.5, 0.5, 0.5], ["a", "a", "b", "b"])
    assert result.groups["a"].estimate == pytest.approx(1)
    result = synthesis.subgroup_test([1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5], ["a", "a", "b", "b"])
    assert (result.statistic, result.p) == (None, None)
    with pytest.raises(synthesis.VarianceNotPositive):
        synthesis.subgroup_test([1, 1, 2, 2], [0.5, 0.5, 0.5, 0.5], ["a", "a", "b", "b"], shared_tau2=False)
