"""Where everything of a forest plot is drawn: one strip for each study, all on one scale.

Each strip is a drawing of its own in a row of a table, so that it stays legible on a phone and on paper, and the
numbers stand beside it. Lengths are in units of the strip, `WIDTH` by `HEIGHT`.
"""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence.metrics import METRICS
from toolkits import payloads
from toolkits.public.synthesis_numbers import nothing_of, rounded, span

WIDTH, HEIGHT, EDGE = 300, 20, 12
MIDDLE = HEIGHT / 2
SMALLEST_SIDE, LARGEST_SIDE = 3.0, 14.0
# How far a study's range may widen the scale beyond the effects, as a share of their spread; the rest is an arrow.
BEYOND = 0.6
NARROWEST = 1e-6  # where everything is at one place, it stands in the middle of a scale of two units
MOST_TICKS = 5
# A ratio of nothing and a correlation of one have no place on a logarithmic scale: they are drawn at its far end.
SMALLEST_RATIO, LARGEST_CORRELATION = 1e-12, 0.999999


@dataclass(frozen=True)
class Strip:
    """A range from `left` to `right` with its effect at `x`; what is beyond the scale ends in an arrow."""

    x: float | None
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
    """A row of the plot: its name, strip and numbers; `row` is the study's, where it is one."""

    name: str
    strip: Strip
    value: str
    range: str
    weight: str = ""
    row: payloads.StudyRow | None = None


@dataclass(frozen=True)
class Block:
    """The studies of a subgroup, or all, with their pooled effect where that is one."""

    name: str
    lines: list[Line]
    pooled: Line | None = None


@dataclass(frozen=True)
class Tick:
    """A number on the scale."""

    x: float
    text: str


@dataclass(frozen=True)
class ForestPlot:
    """Everything that the template draws; `nothing` is where the line of no difference stands."""

    blocks: list[Block]
    pooled: Line | None
    prediction: Line | None
    ticks: list[Tick]
    nothing: float
    lower: str
    higher: str
    width: int = WIDTH
    height: int = HEIGHT
    middle: float = MIDDLE


class _Scale:
    """From numbers as shown to places in the strip, even where ratios and correlations are even on paper."""

    def __init__(self, document):
        self.metric = METRICS[document.metric]
        self.zero = self._even(nothing_of(document))
        rows = [row.finding.shown for row in document.included]
        pooled = [interval for interval in (document.pooled.shown, document.pooled.prediction) if interval]
        certain = [self.zero, *(self._even(float(interval.value)) for interval in rows)]
        certain += [self._even(float(end)) for interval in pooled for end in (interval.low, interval.high) if end]
        first, last = min(certain), max(certain)
        reach = BEYOND * (last - first) or 1.0
        ends = [self._even(float(end)) for interval in rows for end in (interval.low, interval.high) if end]
        self.first = max(min([first, *ends]), first - reach)
        self.last = min(max([last, *ends]), last + reach)
        if self.last - self.first < NARROWEST:
            self.first, self.last = self.first - 1, self.last + 1

    def _even(self, shown):
        if self.metric.ratio:
            return math.log(max(shown, SMALLEST_RATIO))
        if self.metric.code == "COR-z":
            return math.atanh(min(max(shown, -LARGEST_CORRELATION), LARGEST_CORRELATION))
        return shown

    def _place(self, even):
        share = (min(max(even, self.first), self.last) - self.first) / (self.last - self.first)
        return round(EDGE + share * (WIDTH - 2 * EDGE), 2)

    def place(self, shown):
        """The place of a number as shown, kept within the strip."""
        return self._place(self._even(float(shown)))

    def strip(self, interval, side=0.0):
        """The Strip of an interval as shown."""
        low, high = (self._even(float(end or interval.value)) for end in (interval.low, interval.high))
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
        found = _ratios(low, high) if self.metric.ratio else _steps(low, high)
        return [Tick(self.place(number), f"{number:.10g}".replace("-", "\N{MINUS SIGN}")) for number in found]


def _steps(low, high):
    """Round numbers between `low` and `high`, evenly apart, at most `MOST_TICKS`."""
    power = 10 ** math.floor(math.log10(high - low))
    for step in (power * factor / 10 for factor in (2, 5, 10, 20, 50, 100)):
        count = math.floor(high / step) - math.ceil(low / step) + 1
        if count <= MOST_TICKS:
            return [round(place * step, 12) for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return []


def _ratios(low, high):
    """Round ratios between `low` and `high`, 1 among them, at most `MOST_TICKS`."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        found = [factor * 10**power for power in powers for factor in factors if low <= factor * 10**power <= high]
        if len(found) <= MOST_TICKS:
            return found
    every = math.ceil(len(powers) / MOST_TICKS)
    return [10**power for power in powers if power % every == 0 and low <= 10**power <= high]


def _side(weight, largest):
    """The side of a square whose area is in proportion to the weight."""
    return round(max(SMALLEST_SIDE, LARGEST_SIDE * math.sqrt(float(weight or 0) / largest)), 2) if largest else 6.0


def _directions(better):
    """What lies to the left and to the right of no difference."""
    if better == "higher":
        return _("worse with it"), _("better with it")
    if better == "lower":
        return _("better with it"), _("worse with it")
    return _("less of it"), _("more of it")


def forest_plot(document):
    """The ForestPlot of a synthesis (payloads.Synthesis); None where nothing is pooled."""
    if document.pooled is None:
        return None
    scale = _Scale(document)
    largest = max(float(row.finding.weight or 0) for row in document.included)

    def study(row):
        shown, weight = row.finding.shown, row.finding.weight
        strip = scale.strip(shown, _side(weight, largest))
        return Line(row.study.label, strip, rounded(shown.value), span(shown), rounded(weight, 1), row)

    def pooled(name, interval):
        return Line(name, scale.strip(interval), rounded(interval.value), span(interval))

    groups = {group.name: group for group in document.subgroups.groups} if document.subgroups else {}
    names = list(dict.fromkeys(row.subgroup for row in document.included)) if groups else [""]
    blocks = [
        Block(
            name,
            [study(row) for row in document.included if not groups or row.subgroup == name],
            pooled(_("Together"), groups[name].shown) if name in groups else None,
        )
        for name in names
    ]
    result = document.pooled
    lower, higher = _directions(document.better)
    return ForestPlot(
        blocks=blocks,
        pooled=pooled(_("All studies together"), result.shown),
        prediction=pooled(_("In a new place"), result.prediction) if result.prediction else None,
        ticks=scale.ticks(),
        nothing=scale.place(nothing_of(document)),
        lower=lower,
        higher=higher,
    )
