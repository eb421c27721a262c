"""Where a funnel plot draws what, and when there is none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.toolkits.synthesis_charts.documents import document
from toolkits import payloads
from toolkits.public.synthesis_charts.funnel import BOTTOM, LEFT, RIGHT, TOP, funnel, why_not
from toolkits.public.synthesis_sure import asymmetry_words, small_studies_differ

THREE = [(0.2, 0.1, 0.3), (0.4, 0.0, 0.8), (0.9, 0.1, 1.7)]


def bias(statistic, p, filled=()):
    return payloads.Bias(
        egger_statistic=statistic,
        egger_p=p,
        filled=len(filled),
        side="left",
        filled_shown=payloads.Interval("0.1", "0", "0.2"),
        filled_studies=[payloads.FilledStudy(*study) for study in filled],
    )


def test_small_studies_are_at_the_bottom_and_effects_run_to_the_right():
    drawn = funnel(document(THREE))
    assert [dot.x for dot in drawn.dots] == sorted(dot.x for dot in drawn.dots)
    assert [dot.y for dot in drawn.dots] == sorted(dot.y for dot in drawn.dots)
    assert drawn.average == drawn.dots[0].x
    assert drawn.nothing < drawn.average


def test_it_counts_who_lies_outside_the_limits():
    assert funnel(document(THREE)).outside == 0
    assert funnel(document([*THREE, (2, 1.9, 2.1)])).outside == 1


def test_studies_that_trim_and_fill_puts_in_are_drawn_apart():
    drawn = funnel(document(THREE, bias=bias("2", "0.03", [("-0.5", "0.1666")])))
    assert len(drawn.dots) == 3
    (hollow,) = drawn.filled
    assert hollow.x < min(dot.x for dot in drawn.dots)


@pytest.mark.parametrize("effects", [THREE[:1], THREE[:2], [(0.1, 0, 0.2)] * 3])
def test_no_empty_picture_but_a_sentence(effects):
    made = document(effects)
    assert funnel(made) is None
    assert why_not(made).endswith(".")


@pytest.mark.parametrize(
    ("better", "statistic", "said"),
    [
        ("higher", "2", "better results"),
        ("higher", "-2", "worse results"),
        ("lower", "2", "worse results"),
        ("neither", "-2", "lower figures"),
    ],
)
def test_it_says_what_small_studies_found(better, statistic, said):
    assert said in small_studies_differ(document(THREE, better=better, bias=bias(statistic, "0.01")))


def test_a_test_that_is_not_defined_is_said_in_words():
    assert "not defined" in small_studies_differ(document(THREE, bias=bias("", "")))


def test_made_up_studies_are_called_so_or_counted_in_words():
    drawn = document(THREE, bias=bias("2", "0.03", [("-0.5", "0.1666")]))
    assert "The hollow dots" in " ".join(asymmetry_words(drawn))
    counted = replace(drawn, bias=replace(drawn.bias, filled_studies=[]))
    assert "They are not drawn." in asymmetry_words(counted)
    assert "1 made-up study" in asymmetry_words(counted)[0]


shown = st.floats(-1e9, 1e9)


@given(
    st.lists(st.tuples(shown, shown, shown).map(lambda three: (sorted(three)[1], min(three), max(three))), min_size=1),
    st.sampled_from(["SMD", "logOR", "COR-z", "MD"]),
)
def test_whatever_is_published_stays_within_the_frame(effects, metric):
    if metric == "logOR":
        effects = [tuple(math.exp(number / 2e6) for number in three) for three in effects]
    elif metric == "COR-z":
        effects = [tuple(math.tanh(number / 1e8) for number in three) for three in effects]
    made = document(effects, metric=metric)
    drawn = funnel(made)
    if drawn is None:
        assert why_not(made)
        return
    points = [tuple(map(float, point.split(","))) for point in drawn.limits.split()]
    for x, y in [*points, *((dot.x, dot.y) for dot in drawn.dots)]:
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM
    assert all(LEFT <= tick.x <= RIGHT for tick in drawn.ticks)
    assert all(TOP <= tick.x <= BOTTOM for tick in drawn.errors)
