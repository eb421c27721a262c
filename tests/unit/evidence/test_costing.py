"""What a plan costs, and with what range."""

from dataclasses import replace
from math import sqrt

import pytest

from evidence.costing import NOTHING, Plan, Spread, Staff, per_unit_of_effect, simulate


def sure(value):
    return Spread(value, value, value)


KNOWN = Plan(
    people=100,
    groups=10,
    years=2,
    uptake=sure(50),
    staff=(Staff("Teaching assistant", sure(20), sure(15)),),
    materials=sure(4),
    setup=sure(1000),
)
UNSURE = replace(KNOWN, uptake=Spread(40, 50, 80), materials=Spread(2, 4, 10), setup=Spread(500, 1000, 3000))


def test_a_plan_without_doubt_costs_what_it_adds_up_to():
    result = simulate(KNOWN)
    assert (result.staff, result.materials, result.setup) == (6000, 400, 1000)
    assert (result.total.low, result.total.likely, result.total.high) == (7400, 7400, 7400)
    assert (result.per_person.low, result.per_person.likely, result.per_person.high) == (74, 74, 74)


def test_the_same_seed_gives_the_same_range_and_another_nearly_the_same():
    first, second, other = simulate(UNSURE, seed=1), simulate(UNSURE, seed=1), simulate(UNSURE, seed=2)
    assert first == second
    assert other.total != first.total
    assert other.total.low == pytest.approx(first.total.low, rel=0.02)


def test_percentiles_are_those_of_the_triangular_distribution():
    plan = replace(KNOWN, staff=(), materials=NOTHING, setup=Spread(0, 400, 1000))
    found = simulate(plan, draws=100_000).total
    assert found.low == pytest.approx(sqrt(0.05 * 1000 * 400), rel=0.03)
    assert found.high == pytest.approx(1000 - sqrt(0.05 * 1000 * 600), rel=0.03)
    assert found.likely == 400


def test_whatever_grows_makes_it_no_cheaper():
    before = simulate(UNSURE).total
    for more in (
        replace(UNSURE, groups=11),
        replace(UNSURE, materials=Spread(3, 5, 11)),
        replace(UNSURE, setup=Spread(600, 1100, 3100)),
        replace(UNSURE, uptake=Spread(45, 55, 85)),
    ):
        after = simulate(more).total
        assert (after.low, after.likely, after.high) > (before.low, before.likely, before.high)
        assert after.high > before.high


def test_a_known_effect_divides_the_cost_and_an_unsure_one_widens_the_range():
    result = simulate(KNOWN)
    exact, wide = per_unit_of_effect(result, sure(2)), per_unit_of_effect(result, Spread(1, 2, 3))
    assert (exact.low, exact.likely, exact.high) == (37, 37, 37)
    assert wide.low < 37 < wide.high


@pytest.mark.parametrize("wrong", [(2, 1, 3), (1, 3, 2), (-1, 1, 2)])
def test_a_spread_in_the_wrong_order_is_none(wrong):
    with pytest.raises(ValueError, match="spread"):
        Spread(*wrong)


def test_nobody_has_no_cost_each_and_no_effect_no_price():
    with pytest.raises(ValueError, match="take part"):
        simulate(replace(KNOWN, uptake=Spread(0, 10, 20)))
    with pytest.raises(ValueError, match="nothing"):
        per_unit_of_effect(simulate(KNOWN), Spread(0, 1, 2))
