"""Where a forest plot draws what."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.toolkits.synthesis_charts.documents import document
from toolkits import payloads
from toolkits.public.synthesis_charts.forest_plot import LARGEST_SIDE, averages_plot, forest_plot
from toolkits.public.synthesis_charts.scale import EDGE, WIDTH


def strips(plot):
    return [line.strip for block in plot.blocks for line in block.lines]


def test_equal_weights_are_equal_squares_and_four_times_the_weight_is_twice_the_side():
    same = strips(forest_plot(document([(0, -1, 1), (1, 0, 2)])))
    assert same[0].side == same[1].side == LARGEST_SIDE
    unequal = strips(forest_plot(document([(0, -1, 1), (1, 0, 2)], weights=[20, 80])))
    assert unequal[1].side == pytest.approx(2 * unequal[0].side)


def test_ratios_are_even_on_paper():
    plot = forest_plot(document([(1, 0.5, 2), (4, 2, 8)], metric="logOR"))
    first, second = strips(plot)
    assert first.x - first.left == pytest.approx(first.right - first.x, abs=0.02)
    assert second.x - first.x == pytest.approx(2 * (first.right - first.x), abs=0.03)
    assert plot.nothing == first.x
    assert "1" in [tick.text for tick in plot.ticks]


def test_a_range_that_goes_on_ends_in_an_arrow():
    short, long = strips(forest_plot(document([(0.1, 0, 0.2), (0.2, -50, 50)])))
    assert (short.more_left, short.more_right) == (False, False)
    assert (long.more_left, long.more_right) == (True, True)
    assert (long.left, long.right) == (EDGE, WIDTH - EDGE)


@pytest.mark.parametrize(
    ("better", "sides"),
    [
        ("higher", ("worse with it", "better with it")),
        ("lower", ("better with it", "worse with it")),
        ("neither", ("less of it", "more of it")),
    ],
)
def test_it_says_which_side_is_better(better, sides):
    plot = forest_plot(document([(0, -1, 1)], better=better))
    assert (plot.lower, plot.higher) == sides


def test_each_subgroup_is_a_block_with_its_own_diamond():
    shown = payloads.Interval("0.5", "0.1", "0.9")
    groups = [payloads.Subgroup(name=name, k=1, shown=shown) for name in ("girls", "boys")]
    told = payloads.Subgroups(groups=groups, statistic="1", p="0.3")
    plot = forest_plot(document([(0, -1, 1), (1, 0, 2), (2, 1, 3)], names=["boys", "girls", "boys"], subgroups=told))
    assert [(block.name, len(block.lines), block.pooled.value) for block in plot.blocks] == [
        ("boys", 2, "0.50"),
        ("girls", 1, "0.50"),
    ]


def test_the_averages_alone_have_a_scale_of_their_own():
    made = document([(0.2, 0.1, 0.3), (5, 4, 6)])
    whole, averages = forest_plot(made).pooled.strip, averages_plot(made).pooled.strip
    assert averages_plot(made).k == 0
    assert averages.right - averages.left > 2 * (whole.right - whole.left)


def test_nothing_pooled_is_nothing_drawn():
    whole = document([(0, -1, 1)])
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__} | {"pooled": None}
    assert forest_plot(payloads.Synthesis(**fields)) is None


shown = st.floats(-1e6, 1e6)


@given(
    st.lists(st.tuples(shown, shown, shown).map(lambda three: (sorted(three)[1], min(three), max(three))), min_size=1),
    st.sampled_from(["SMD", "logOR", "COR-z", "MD"]),
)
def test_whatever_is_published_stays_within_the_strip(effects, metric):
    if metric == "logOR":
        effects = [tuple(math.exp(number / 1e5) for number in three) for three in effects]
    elif metric == "COR-z":
        effects = [tuple(math.tanh(number / 1e5) for number in three) for three in effects]
    plot = forest_plot(document(effects, metric=metric))
    for strip in [*strips(plot), plot.pooled.strip]:
        assert EDGE <= strip.left <= strip.x <= strip.right <= WIDTH - EDGE
    assert all(EDGE <= tick.x <= WIDTH - EDGE for tick in plot.ticks)
    assert len(plot.ticks) <= 5
