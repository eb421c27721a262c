"""Where everything of a forest plot is drawn: one strip for each study, all on one scale."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.synthesis_charts.scale import (
    HEIGHT,
    MIDDLE,
    WIDTH,
    Label,
    Line,
    Scale,
    Tick,
    directions,
    nothing_words,
)
from toolkits.public.synthesis_numbers import nothing_of, rounded, span

SMALLEST_SIDE, LARGEST_SIDE = 3.0, 14.0
# A plot of more studies is a page long: where it is not the subject it is folded, and its averages stand for it.
LONG = 12
NOTHING_ROOM = 50  # what half of "no difference" takes under the axis


@dataclass(frozen=True)
class Block:
    """The studies of a subgroup, or all, with their pooled effect where that is one."""

    name: str
    lines: list[Line]
    pooled: Line | None = None


@dataclass(frozen=True)
class ForestPlot:
    """Everything that the template draws; `nothing` is where the line of no difference stands."""

    blocks: list[Block]
    pooled: Line
    prediction: Line | None
    ticks: list[Tick]
    nothing: float
    nothing_label: Label
    nothing_words: str
    lower: str
    higher: str
    width: int = WIDTH
    height: int = HEIGHT
    middle: float = MIDDLE

    @property
    def k(self):
        """How many studies it draws."""
        return sum(len(block.lines) for block in self.blocks)

    @property
    def is_long(self):
        """Whether it is too long to stand in the middle of another page."""
        return self.k > LONG

    @property
    def averages(self):
        """The pooled effects of its subgroups."""
        return [(block.name, block.pooled) for block in self.blocks if block.pooled]


def _side(weight, largest):
    """The side of a square whose area is in proportion to the weight."""
    return round(max(SMALLEST_SIDE, LARGEST_SIDE * math.sqrt(float(weight or 0) / largest)), 2) if largest else 6.0


def _scale(document):
    rows = [row.finding.shown for row in document.included]
    pooled = [interval for interval in (document.pooled.shown, document.pooled.prediction) if interval]
    certain = [interval.value for interval in rows]
    certain += [end for interval in pooled for end in (interval.value, interval.low, interval.high) if end]
    return Scale(document, certain, [end for interval in rows for end in (interval.low, interval.high) if end])


def forest_plot(document):
    """The ForestPlot of a synthesis (payloads.Synthesis); None where nothing is pooled."""
    if document.pooled is None:
        return None
    scale = _scale(document)
    largest = max(float(row.finding.weight or 0) for row in document.included)

    def study(row):
        shown, weight = row.finding.shown, row.finding.weight
        strip = scale.strip(shown, _side(weight, largest))
        return Line(row.study.label, strip, rounded(shown.value), span(shown), rounded(weight, 1), row.study.record)

    def pooled(name, interval):
        return Line(name, scale.strip(interval), rounded(interval.value), span(interval))

    groups = {group.name: group for group in document.subgroups.groups} if document.subgroups else {}
    names = list(dict.fromkeys(row.subgroup for row in document.included)) if groups else [""]
    blocks = [
        Block(
            name,
            [study(row) for row in document.included if not groups or row.subgroup == name],
            pooled(_studies_together(groups[name].k), groups[name].shown) if name in groups else None,
        )
        for name in names
    ]
    result = document.pooled
    lower, higher = directions(document)
    nothing = scale.place(nothing_of(document))
    return ForestPlot(
        blocks=blocks,
        pooled=pooled(_("All studies together"), result.shown),
        prediction=pooled(_("In a new place"), result.prediction) if result.prediction else None,
        ticks=scale.ticks(),
        nothing=nothing,
        nothing_label=Label.at(nothing, WIDTH, NOTHING_ROOM),
        nothing_words=nothing_words(document),
        lower=lower,
        higher=higher,
    )


def _studies_together(k):
    return ngettext("This %(k)s study", "These %(k)s studies together", k) % {"k": k}
