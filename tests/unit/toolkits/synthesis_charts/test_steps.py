"""What leave-one-out and cumulative results show, and where they are drawn."""

import pytest

from tests.unit.toolkits.synthesis_charts.documents import document
from toolkits import payloads
from toolkits.public.synthesis_charts.scale import EDGE, WIDTH
from toolkits.public.synthesis_charts.steps import cumulative, leave_one_out

SETTLED = (0.5, 0.2, 0.8)
OPEN = (0.3, -0.1, 0.7)


def steps(intervals, **years):
    return [
        payloads.Without(
            study=place,
            label=f"Study {place}",
            shown=repr(value),
            low="" if low is None else repr(low),
            high="" if high is None else repr(high),
            year=2000 + place if years.get("years", True) else None,
        )
        for place, (value, low, high) in enumerate(intervals)
    ]


def titles(pooled, intervals):
    found = steps(intervals)
    made = document([pooled, *[(0, -1, 1)] * 3], leave_one_out=found, cumulative=found)
    return leave_one_out(made).title, cumulative(made).title


def test_an_answer_that_no_study_decides():
    without, grown = titles(SETTLED, [SETTLED, (0.4, 0.1, 0.7), (0.6, 0.3, 0.9)])
    assert without.startswith("No single study decides it: without any one, the average is from 0.40 to 0.60")
    assert "stays clear" in without
    assert grown == "From the first study on, the range has stayed clear of the line of no difference."


def test_an_answer_that_hangs_on_one_study():
    without, grown = titles(SETTLED, [SETTLED, OPEN, SETTLED])
    assert "without Study 1, the range crosses the line" in without
    assert grown == "Only with the last study, Study 2, did the range come clear of the line of no difference."


def test_an_open_answer():
    without, grown = titles(OPEN, [OPEN, OPEN, OPEN])
    assert "still crosses" in without
    assert grown == "At no time did the range stay clear of the line of no difference."
    assert "since Study 1 was added it crosses it" in titles(OPEN, [SETTLED, OPEN, OPEN])[1]


def test_more_than_a_few_are_counted_and_not_named():
    assert "without any one of 4 of the 4 studies" in titles(SETTLED, [OPEN] * 4)[0]


def test_documents_of_before_ranges_were_kept_say_less():
    without, grown = titles(SETTLED, [(0.4, None, None), (0.5, None, None), (0.6, None, None)])
    assert without == "Without any one study the average is from 0.40 to 0.60."
    assert grown == "Study 0 alone said 0.40; all together say 0.60."


@pytest.mark.parametrize("k", [1, 2])
def test_too_few_studies_are_not_drawn(k):
    made = document([SETTLED] * k, leave_one_out=steps([SETTLED] * k), cumulative=steps([SETTLED] * k))
    assert leave_one_out(made) is None
    assert cumulative(made) is None


def test_a_year_stands_beside_a_label_that_does_not_say_it():
    made = document([SETTLED] * 3, cumulative=steps([SETTLED] * 3))
    assert [line.name for line in cumulative(made).lines][0] == "Study 0 (2000)"
    undated = document([SETTLED] * 3, cumulative=steps([SETTLED] * 3, years=False))
    assert cumulative(undated).lines[0].name == "Study 0 (year not recorded)"


def test_everything_stays_within_the_strip():
    made = document([SETTLED] * 3, leave_one_out=steps([(1e9, -1e12, 1e12), (0.5, 0.5, 0.5), (-1e9, None, None)]))
    plot = leave_one_out(made)
    for strip in [*(line.strip for line in plot.lines), plot.pooled.strip]:
        assert EDGE <= strip.left <= strip.x <= strip.right <= WIDTH - EDGE
