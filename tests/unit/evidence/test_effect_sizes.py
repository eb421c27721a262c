"""Effect sizes against worked examples of the literature.

Examples: Borenstein, Hedges, Higgins and Rothstein 2009, chapters 4 to 6; the Cochrane Handbook, chapter 6
(7 in version 5.1); the BCG trials as tabulated with R's metafor (Viechtbauer 2010). The arithmetic stands
beside each, so that it can be redone by hand.
"""

import dataclasses
import math
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence import effect_sizes
from evidence.effect_sizes import student_t
from evidence.effect_sizes.standardised import hedges_j
from tests.unit.evidence.effect_size_examples import ARMS, BCG, COUNTS


def near(value, digits=4):
    """As printed: to so many decimals."""
    return pytest.approx(value, abs=0.51 * 10**-digits)


def test_standardised_mean_difference_from_means():
    # Pooled SD √((49 × 30.25 + 49 × 20.25)/98) = 5.0249; d = 3/5.0249 = 0.5970; J = 0.9923; g = 0.5924.
    # V of d = 100/2500 + 0.5970²/200 = 0.0418; V of g = 0.9923² × 0.0418 = 0.0411.
    g = effect_sizes.smd_from_means(**ARMS)
    assert (g.metric, g.effect, g.variance) == ("SMD", near(0.5924), near(0.0411))
    assert g.standard_error == near(0.2028)
    assert "pooled SD" in g.formula
    assert "Hedges' correction" in g.conversions[0]


@pytest.mark.parametrize(("df", "j"), [(2, 0.5642), (4, 0.7979), (10, 0.9227), (98, 0.9923)])
def test_hedges_correction_is_exact(df, j):
    # df 2: Γ(1)/(√1 Γ(½)) = 1/√π = 0.5642, where 1 − 3/(4 × 2 − 1) would say 0.5714; df 4: 1/(√2 × 0.8862) = 0.7979;
    # df 10: Γ(5)/(√5 Γ(4.5)) = 24/(2.2361 × 11.6317) = 0.9227.
    assert hedges_j(df) == near(j)


def test_standardised_mean_difference_from_the_t_f_and_p_of_the_same_study():
    # t = 3/(5.0249 × √(2/50)) = 2.9851, whose two-sided p at 98 degrees of freedom is 0.0036.
    t = 3 / (math.sqrt((49 * 30.25 + 49 * 20.25) / 98) * math.sqrt(2 / 50))
    p = student_t.two_sided_p(t, 98)
    assert (t, p) == (near(2.9851), near(0.0036))
    g = effect_sizes.smd_from_means(**ARMS)
    for other in (
        effect_sizes.smd_from_t(t=t, n_1=50, n_2=50),
        effect_sizes.smd_from_f(f=t * t, n_1=50, n_2=50, arm_1_higher=True),
        effect_sizes.smd_from_p(p=p, n_1=50, n_2=50, arm_1_higher=True),
    ):
        assert (other.effect, other.variance) == (pytest.approx(g.effect), pytest.approx(g.variance))


def test_f_and_p_have_the_sign_that_is_said():
    up = effect_sizes.smd_from_f(f=4, n_1=20, n_2=20, arm_1_higher=True)
    down = effect_sizes.smd_from_f(f=4, n_1=20, n_2=20, arm_1_higher=False)
    assert up.effect == -down.effect > 0
    assert effect_sizes.smd_from_p(p=0.03, n_1=20, n_2=20, arm_1_higher=False).effect < 0
    nothing = effect_sizes.smd_from_p(p=1, n_1=20, n_2=20, arm_1_higher=False).effect
    assert (nothing, math.copysign(1, nothing)) == (0, 1)


@pytest.mark.parametrize(
    ("p", "df", "t"),
    [
        (0.05, 24, 2.0639),  # Cochrane Handbook, SD of one group from its interval: 4.128 / 2
        (0.008, 45, 2.7755),  # and 25 + 22 people with p = 0.008: t = 2.78
        (0.05, 10, 2.2281),  # printed tables
        (0.01, 5, 4.0321),
        (0.05, 120, 1.9799),
        (0.05, 10**9, 1.9600),
        (1, 7, 0),
    ],
)
def test_t_that_has_a_p(p, df, t):
    assert student_t.t_for_two_sided_p(p, df) == near(t)


@given(exponent=st.floats(-299, -0.0001))
def test_t_equals_its_closed_form_at_two_degrees_of_freedom(exponent):
    p = 10**exponent
    assert student_t.t_for_two_sided_p(p, 2) == pytest.approx((1 - p) * math.sqrt(2 / (p * (2 - p))), rel=1e-10)


@settings(deadline=None)
@given(p=st.floats(1e-300, 0.999), df=st.integers(2, 100_000))
@example(p=1e-100, df=100)
@example(p=1e-300, df=2)
def test_t_and_p_undo_each_other(p, df):
    assert student_t.two_sided_p(student_t.t_for_two_sided_p(p, df), df) == pytest.approx(p, rel=1e-9, abs=0)


def test_the_two_ways_to_a_ratio_of_gamma_functions_meet():
    assert student_t.log_gamma_step(50) == pytest.approx(math.lgamma(50.5) - math.lgamma(50), abs=1e-12)


@pytest.mark.parametrize("p", [0.9, 0.05, 1e-9, 1e-60, 1e-300])
def test_the_two_ways_to_a_t_meet_where_one_takes_over(p):
    many = student_t.MANY_DEGREES
    assert student_t.t_for_two_sided_p(p, many) == pytest.approx(student_t.t_for_two_sided_p(p, many + 1e-6), rel=1e-10)


def test_p_of_a_difference_gives_the_handbook_its_standard_error():
    # Cochrane Handbook: MD 3.8, p = 0.008, 25 and 22 people; t = 2.78, SE = 3.8/2.78 = 1.37, SD = 1.37/√(1/25 + 1/22)
    # = 4.69 (from t unrounded: 4.684), so d = 3.8/4.684 = 0.8113 and g = 0.9833 × 0.8113 = 0.7978.
    g = effect_sizes.smd_from_p(p=0.008, n_1=25, n_2=22, arm_1_higher=True)
    assert g.effect == near(0.7978)


def test_standardised_mean_difference_from_an_interval():
    # Half the width 0.3920 / 1.959964 = 0.2; variance 0.04.
    g = effect_sizes.smd_from_interval(lower=0.108, upper=0.892, effect=0.5)
    assert (g.effect, g.variance) == (0.5, near(0.04))
    middle = effect_sizes.smd_from_interval(lower=0.108, upper=0.892)
    assert middle.effect == pytest.approx(0.5)
    assert "middle of its interval" in middle.assumptions[1]
    # d of 10 and 10 people: J at 18 degrees of freedom is 0.9576; 0.5 J = 0.4788, 0.04 J² = 0.0367.
    corrected = effect_sizes.smd_from_interval(lower=0.108, upper=0.892, effect=0.5, corrected=False, n_1=10, n_2=10)
    assert (corrected.effect, corrected.variance) == (near(0.4788), near(0.0367))


def test_mean_difference():
    # Borenstein et al. chapter 4: D = 103 − 100 = 3; V = 30.25/50 + 20.25/50 = 1.01.
    difference = effect_sizes.mean_difference(**ARMS)
    assert (difference.metric, difference.effect, difference.variance) == ("MD", 3, near(1.01, 9))


def test_mean_difference_from_an_interval_by_either_curve():
    # Half the width, at 45 degrees of freedom: 2.0141 / 2.0141 = 1.0000; by the normal curve 2.0141 / 1.9600 = 1.0276.
    by_t = effect_sizes.mean_difference_from_interval(lower=-0.0141, upper=4.0141, effect=2, n_1=25, n_2=22)
    by_normal = effect_sizes.mean_difference_from_interval(lower=-0.0141, upper=4.0141, effect=2)
    assert (by_t.standard_error, by_normal.standard_error) == (near(1.0000), near(1.0276))
    assert "t curve" in by_t.assumptions[0]
    assert "normal curve" in by_normal.assumptions[0]


def test_log_odds_ratio_and_log_risk_ratio():
    # OR = 5 × 90 / (95 × 10) = 0.4737, ln −0.7472, V = 1/5 + 1/95 + 1/10 + 1/90 = 0.3216.
    # RR = 0.05/0.10 = 0.5, ln −0.6931, V = 1/5 − 1/100 + 1/10 − 1/100 = 0.2800.
    odds, risk = effect_sizes.log_odds_ratio(**COUNTS), effect_sizes.log_risk_ratio(**COUNTS)
    assert (odds.metric, odds.effect, odds.variance) == ("log OR", near(-0.7472), near(0.3216))
    assert (risk.metric, risk.effect, risk.variance) == ("log RR", near(-0.6931), near(0.2800))
    assert odds.conversions == risk.conversions == ()


def test_log_risk_ratio_of_a_bcg_trial_is_metafors():
    # ln((6/306)/(29/303)) = −1.5854; 1/6 − 1/306 + 1/29 − 1/303 = 0.1946.
    risk = effect_sizes.log_risk_ratio(**BCG)
    assert (risk.effect, risk.variance) == (near(-1.5854), near(0.1946))


def test_an_empty_cell_is_corrected_and_that_is_said():
    # 0 of 10 against 5 of 10, each cell + 0.5: ln(0.5/10.5) − ln(5.5/5.5) = −3.0445; V = 2 + 2/21 + 4/11 = 2.4589.
    # Risk ratio: ln(0.5/11) − ln(5.5/11) = −2.3979; V = 1/0.5 − 1/11 + 1/5.5 − 1/11 = 2.0000.
    empty = {"events_1": 0, "n_1": 10, "events_2": 5, "n_2": 10}
    odds, risk = effect_sizes.log_odds_ratio(**empty), effect_sizes.log_risk_ratio(**empty)
    assert (odds.effect, odds.variance) == (near(-3.0445), near(2.4589))
    assert (risk.effect, risk.variance) == (near(-2.3979), near(2.0))
    assert odds.conversions == risk.conversions
    assert "0.5 added to each of the four cells" in odds.conversions[0]


def test_ratio_from_its_interval():
    # exp(±1.959964 × 0.2) = 0.6757 and 1.4799 about 1: SE 0.2000, variance 0.0400.
    odds = effect_sizes.log_odds_ratio_from_interval(lower=0.6757, upper=1.4799, ratio=1)
    assert (odds.effect, odds.standard_error) == (0, near(0.2))
    risk = effect_sizes.log_risk_ratio_from_interval(lower=Decimal("0.50"), upper=Decimal("2.00"))
    assert (risk.metric, risk.effect, risk.standard_error) == ("log RR", near(0, 9), near(math.log(4) / 3.919928, 6))


def test_fisher_z():
    # ½ ln(1.5/0.5) = 0.5493; 1/97 = 0.0103.
    z = effect_sizes.fisher_z(r=0.5, n=100)
    assert (z.metric, z.effect, z.variance) == ("Fisher z", near(0.5493), near(0.0103))


def test_effect_as_given():
    by_error = effect_sizes.as_given("log OR", -0.5, standard_error=0.2)
    assert by_error.variance == pytest.approx(0.04)
    assert effect_sizes.as_given("log OR", -0.5, variance=0.04, standard_error=0.2).variance == 0.04
    with pytest.raises(KeyError):
        effect_sizes.as_given("HR", 1, variance=1)


def test_align_reverses_the_sign_and_says_so_only_where_lower_is_better():
    odds = effect_sizes.log_odds_ratio(**COUNTS)
    turned = effect_sizes.align(odds, higher_is_better=False)
    assert (turned.effect, turned.variance) == (-odds.effect, odds.variance)
    assert turned.conversions == ("Sign reversed, because a lower figure is the better one.",)
    assert effect_sizes.align(odds, higher_is_better=True) is odds


def test_numbers_that_are_not_whole_are_effective_numbers():
    assert not any("clustering" in each for each in effect_sizes.smd_from_means(**ARMS).assumptions)
    adjusted = effect_sizes.smd_from_means(**(ARMS | {"n_1": 23.5}))
    assert "already adjusted for clustering" in adjusted.assumptions[-1]


def test_results_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        effect_sizes.smd_from_means(**ARMS).effect = 1


@pytest.mark.parametrize(
    ("lower", "upper", "effect"),
    [
        (0.12, 0.88, 0.5),
        (0.12, 0.87, 0.5),  # the middle is 0.495, which is 0.5 within rounding
        (0.1, 1, 0.5),  # one decimal: 0.55 ± 0.05
        (1, 4, 2),  # whole numbers
        (Decimal("0.12"), Decimal("0.88"), Decimal("0.50")),
        (-0.1, 0.7000000000000001, 0.3),
    ],
)
def test_effect_in_the_middle_within_rounding_is_accepted(lower, upper, effect):
    assert effect_sizes.smd_from_interval(lower=lower, upper=upper, effect=effect).effect == float(effect)


def test_ratio_in_the_middle_within_rounding_is_accepted_on_the_logarithmic_scale():
    # √(0.02 × 0.98) = 0.14, but 0.02 may be 0.015 or 0.025: anything from 0.12 to 0.16.
    assert effect_sizes.log_odds_ratio_from_interval(lower=0.02, upper=0.98, ratio=0.16).effect == math.log(0.16)
    assert effect_sizes.log_odds_ratio_from_interval(lower=1e-12, upper=1.0, ratio=1e-6).effect == math.log(1e-6)
    with pytest.raises(effect_sizes.DisagreesWithInterval, match="logarithmic scale"):
        effect_sizes.log_odds_ratio_from_interval(lower=0.02, upper=0.98, ratio=0.5)
