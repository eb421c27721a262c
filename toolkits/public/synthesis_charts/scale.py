"""From numbers to places in a drawing, and the strips that forest plots are made of.

A strip is a drawing of its own in a row of a table, so that it stays legible on a phone and on paper, and the
numbers stand beside it. Lengths are in units of the strip, `WIDTH` by `HEIGHT`.
"""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence.metrics import METRICS
from toolkits import payloads
from toolkits.public.synthesis_numbers import MINUS, nothing_of, rounded, span

WIDTH, HEIGHT, EDGE = 300, 20, 12
MIDDLE = HEIGHT / 2
# How far ranges may widen the scale beyond the effects, as a share of their spread; the rest is an arrow.
BEYOND = 0.6
NARROWEST = 1e-6  # where everything is at one place, it stands in the middle of a scale of two units
MOST_TICKS = 5
NEARLY_EVEN = 2.0  # ratios within such a factor of each other lie nearly evenly on paper
# A ratio of nothing and a correlation of one have no place on a logarithmic scale: they are drawn at its far end.
SMALLEST_RATIO, LARGEST_CORRELATION = 1e-12, 0.999999
LARGEST = 1e100  # beyond it the difference of two numbers may have no value


@dataclass(frozen=True)
class Strip:
    """A range from `left` to `right` with its effect at `x`; what is beyond the scale ends in an arrow."""

    x: float
    left: float
    right: float
    side: float = 0.0
    more_left: bool = False
    more_right: bool = False

    @property
    def square(self):
        """The left and upper edge of the square about the effect."""
        return round(self.x - self.side / 2, 2), round(MIDDLE - self.side / 2, 2)

    @property
    def diamond(self):
        """The corners of the diamond of a pooled effect."""
        top, bottom = MIDDLE - 7, MIDDLE + 7
        return f"{self.left},{MIDDLE} {self.x},{top} {self.right},{MIDDLE} {self.x},{bottom}"


@dataclass(frozen=True)
class Line:
    """A row of a plot: its name, its numbers as shown and their strip; `study` is its record, where it is one."""

    name: str
    interval: payloads.Interval
    strip: Strip
    weight: str = ""
    study: int | None = None

    @property
    def value(self):
        """The number as it is written."""
        return rounded(self.interval.value)

    @property
    def range(self):
        """Its range as it is written; empty where it has none."""
        return span(self.interval)


@dataclass(frozen=True)
class Tick:
    """A number on the scale."""

    x: float
    text: str


@dataclass(frozen=True)
class Label:
    """Words at a place of a drawing, and the end of them (SVG's text-anchor) that stands there."""

    x: float
    anchor: str

    @classmethod
    def at(cls, x, width, room, away_from=None):
        """The label of a line at `x` of `width`; it takes `room` to each side if it is in its middle.

        Where there is room enough it stands on the side of the line that is `away_from` another.
        """
        if away_from is not None and (2 * room < x if x < away_from else 2 * room < width - x):
            return cls(x, "end" if x < away_from else "start")
        return cls(x, "start" if x < room else "end" if x > width - room else "middle")


class Scale:
    """From numbers to places between `start` and `end`, even where ratios and correlations are even on paper.

    `certain` numbers, as shown, are within it; `ends` of ranges widen it, but not by more than BEYOND.
    """

    def __init__(self, document, certain, ends=(), *, start=EDGE, end=WIDTH - EDGE):
        self.metric = METRICS[document.metric]
        self.start, self.end = start, end
        inside = [self.even(nothing_of(document)), *map(self.even, certain)]
        first, last = min(inside), max(inside)
        reach = BEYOND * (last - first) or 1.0
        ends = [self.even(end) for end in ends]
        self.first = max(min([first, *ends]), first - reach)
        self.last = min(max([last, *ends]), last + reach)
        if self.last - self.first < NARROWEST:
            self.first, self.last = self.first - 1, self.last + 1

    def even(self, shown):
        """A number as shown on the scale where differences are even."""
        shown = float(shown)
        if self.metric.ratio:
            return math.log(min(max(shown, SMALLEST_RATIO), LARGEST))
        if self.metric.code == "COR-z":
            return math.atanh(min(max(shown, -LARGEST_CORRELATION), LARGEST_CORRELATION))
        return min(max(shown, -LARGEST), LARGEST)

    def place(self, shown):
        """The place of a number as shown, kept within the scale."""
        return self._place(self.even(shown))

    def _place(self, even):
        share = (min(max(even, self.first), self.last) - self.first) / (self.last - self.first)
        return round(self.start + share * (self.end - self.start), 2)

    def strip(self, interval, side=0.0):
        """The Strip of an interval as shown."""
        low, high = (self.even(end or interval.value) for end in (interval.low, interval.high))
        return Strip(
            x=self.place(interval.value),
            left=self._place(low),
            right=self._place(high),
            side=side,
            more_left=low < self.first,
            more_right=high > self.last,
        )

    def ticks(self):
        """At most `MOST_TICKS` round numbers on the scale."""
        low, high = self.metric.display(self.first), self.metric.display(self.last)
        found = round_ratios(low, high) if self.metric.ratio else round_numbers(low, high)
        return [Tick(self.place(number), written(number)) for number in found]


def written(number):
    """A round number as it stands on a scale."""
    return f"{number:.10g}".replace("-", MINUS)


def round_numbers(low, high):
    """Round numbers between `low` and `high`, evenly apart, at most `MOST_TICKS`."""
    power = 10 ** math.floor(math.log10(high - low))
    for step in (power * factor / 10 for factor in (2, 5, 10, 20, 50, 100)):
        count = math.floor(high / step) - math.ceil(low / step) + 1
        if count <= MOST_TICKS:
            return [place * step for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return []


def round_ratios(low, high):
    """Round ratios between `low` and `high`, at most `MOST_TICKS`; where they are close, evenly apart."""
    if high / low < NEARLY_EVEN:
        return round_numbers(low, high)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,)):
        found = [factor * 10**power for power in powers for factor in factors if low <= factor * 10**power <= high]
        if len(found) <= MOST_TICKS:
            return found
    every = math.ceil(len(powers) / MOST_TICKS)
    return [10**power for power in powers if power % every == 0 and low <= 10**power <= high]


def directions(document):
    """What lies to the left and to the right of no difference."""
    if document.metric == "COR-z":
        return _("one falls as the other rises"), _("the two rise together")
    if document.better == "higher":
        return _("worse with it"), _("better with it")
    if document.better == "lower":
        return _("better with it"), _("worse with it")
    return _("less of it"), _("more of it")


def nothing_words(document):
    """What the line of no difference is called."""
    return _("no relation") if document.metric == "COR-z" else _("no difference")
