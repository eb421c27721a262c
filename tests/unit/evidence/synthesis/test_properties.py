"""What must hold whatever the studies are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import synthesis
from evidence.synthesis import report
from evidence.synthesis.least_squares import fits

STUDY = st.tuples(st.integers(-300, 300).map(lambda n: n / 100), st.integers(1, 400).map(lambda n: n / 1000))
STUDIES = st.lists(STUDY, min_size=3, max_size=12)
METHOD = st.sampled_from(synthesis.METHODS)
# Two maxima of equal height may change places by rounding, and with them the answer: REML is compared by height.
STEADY = st.sampled_from(["FE", "DL", "PM"])


def columns(studies):
    return np.array(studies).T


def close(one, other, tolerance=1e-9):
    return one == pytest.approx(other, rel=tolerance, abs=tolerance)


@given(STUDIES, STEADY, st.randoms(use_true_random=False))
def test_order_does_not_matter(studies, method, random):
    shuffled = random.sample(studies, len(studies))
    one, other = (synthesis.pool(*columns(rows), method) for rows in (studies, shuffled))
    assert close(other.estimate, one.estimate)
    assert close(other.tau2, one.tau2)
    assert close(other.se, one.se, 1e-7)


@given(STUDIES, METHOD, st.integers(-8, 8).map(lambda n: n / 4))
def test_a_shift_of_every_effect_shifts_the_estimate_and_nothing_else(studies, method, shift):
    y, v = columns(studies)
    before, after = synthesis.pool(y, v, method, "z"), synthesis.pool(y + shift, v, method, "z")
    assert close(after.estimate, before.estimate + shift, 1e-7)
    assert close(after.tau2, before.tau2, 1e-7)
    assert close(synthesis.cochran(y + shift, v).q, synthesis.cochran(y, v).q)


@given(STUDIES, METHOD, st.sampled_from([-4.0, -1.0, 0.25, 2.0, 64.0]))
def test_a_change_of_unit_changes_the_unit_only(studies, method, factor):
    """Powers of two, so that no effect is rounded on the way."""
    y, v = columns(studies)
    before, after = synthesis.pool(y, v, method), synthesis.pool(y * factor, v * factor**2, method)
    assert close(after.estimate, before.estimate * factor)
    assert close(after.tau2, before.tau2 * factor**2)
    assert close(after.se, before.se * abs(factor))
    assert close(synthesis.i2_h2(y * factor, v * factor**2, after.tau2)[0], synthesis.i2_h2(y, v, before.tau2)[0], 1e-7)
    profiles = synthesis.q_profile(y, v), synthesis.q_profile(y * factor, v * factor**2)
    assert close(profiles[1].tau2_ub, profiles[0].tau2_ub * factor**2)


@given(STUDIES, st.integers(-3, 3), st.sampled_from(["FE", "DL", "PM"]))
def test_a_study_of_zero_weight_changes_no_estimate_at_the_same_tau2(studies, effect, method):
    """A variance of 1e6 beside ones below 0.4: as close to no weight as a study can come."""
    y, v = columns(studies)
    with_it = np.append(y, effect), np.append(v, 1e6)
    for tau2 in (0.0, synthesis.tau2(y, v, method)):
        one, other = (fits(*data, [tau2]).coefficients[0, 0] for data in ((y, v), with_it))
        assert close(other, one, 1e-4)
    assert close(synthesis.cochran(*with_it).q, synthesis.cochran(y, v).q, 1e-4)


@given(STUDIES)
def test_reml_finds_the_highest_of_all_maxima(studies):
    y, v = columns(studies)
    found = synthesis.tau2(y, v, "REML")
    everywhere = np.concatenate([[0.0], np.geomspace(1e-7, 1e4, 4000)])
    assert fits(y, v, [found]).log_likelihood[0] >= fits(y, v, everywhere).log_likelihood.max() - 1e-10


@given(STUDIES)
def test_paule_mandel_brings_q_to_its_degrees_of_freedom(studies):
    y, v = columns(studies)
    found = synthesis.tau2(y, v, "PM")
    q = fits(y, v, [found]).q[0]
    assert close(q, len(y) - 1, 1e-7) if found else q <= len(y) - 1


@given(STUDIES)
def test_the_profile_holds_the_moment_estimate_and_never_narrower_is_not_narrower(studies):
    y, v = columns(studies)
    profile = synthesis.q_profile(y, v)
    assert 0 <= profile.tau2_lb <= profile.tau2_ub
    assert profile.empty or profile.tau2_lb <= synthesis.tau2(y, v, "PM") <= profile.tau2_ub
    plain, adhoc = (synthesis.pool(y, v, "REML", test) for test in ("knapp_hartung", "knapp_hartung_adhoc"))
    assert adhoc.se >= plain.se
    assert adhoc.se >= synthesis.pool(y, v, "REML", "z").se * (1 - 1e-12)


@given(STUDIES, METHOD)
def test_leaving_out_and_adding_up_are_the_same_synthesis_of_fewer(studies, method):
    y, v = columns(studies)
    order = list(range(len(y)))
    assert close(synthesis.leave_one_out(y, v, method)[-1], synthesis.pool(y[:-1], v[:-1], method).estimate)
    grown = synthesis.cumulative(y, v, order, method)
    assert grown[0] == y[0]
    assert close(grown[-2:], [synthesis.pool(y[:n], v[:n], method).estimate for n in order[-1:] + [len(y)]])


WIDE = st.tuples(
    st.floats(-1e30, 1e30) | st.sampled_from([0.0, 1.0, -1.0, 1e-30]),
    st.floats(1e-30, 1e30) | st.sampled_from([1e-30, 1.0, 1.0, 2.0, 1e30]),
)


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, float):
        yield value


@given(st.lists(WIDE, min_size=1, max_size=6))
def test_whatever_is_given_no_answer_is_infinite_or_not_a_number(studies):
    y, v = columns(studies)
    labels = [str(number) for number in range(len(y))]
    try:
        result = report.full_report("any", "SMD", labels, [None, *range(2000, 1999 + len(y))], y, v)
    except synthesis.VariancesTooFarApart:
        assert v.max() / v.min() > 1e10
    else:
        assert np.isfinite(list(numbers(result))).all()
