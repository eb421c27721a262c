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
from toolkits.public.synthesis_numbers import nothing_of, rounded

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


def _side(weight, largest):
    """The side of a square whose area is in proportion to the weight."""
    return round(max(SMALLEST_SIDE, LARGEST_SIDE * math.sqrt(float(weight or 0) / largest)), 2) if largest else 6.0


def _ends(intervals):
    return [end for interval in intervals for end in (interval.low, interval.high) if end]


def _averages(document):
    """Every interval that is an average, or where a new study is expected."""
    groups = [group.shown for group in document.subgroups.groups] if document.subgroups else []
    return [interval for interval in (document.pooled.shown, document.pooled.prediction, *groups) if interval]


def forest_plot(document):
    """The ForestPlot of a synthesis (payloads.Synthesis); None where nothing is pooled."""
    if document.pooled is None:
        return None
    rows = [row.finding.shown for row in document.included]
    pooled = [interval for interval in (document.pooled.shown, document.pooled.prediction) if interval]
    certain = [*(interval.value for interval in (*rows, *pooled)), *_ends(pooled)]
    return _plot(document, document.included, Scale(document, certain, _ends([*rows, *_averages(document)])))


def averages_plot(document):
    """The ForestPlot of the averages alone, on a scale of their own; None where nothing is pooled."""
    if document.pooled is None:
        return None
    averages = _averages(document)
    return _plot(document, [], Scale(document, [*(each.value for each in averages), *_ends(averages)]))


def _plot(document, rows, scale):
    largest = max((float(row.finding.weight or 0) for row in rows), default=0)

    def study(row):
        shown, weight = row.finding.shown, row.finding.weight
        return Line(
            name=row.study.label,
            interval=shown,
            strip=scale.strip(shown, _side(weight, largest)),
            weight=rounded(weight, 1),
            study=row.study.record,
        )

    def pooled(name, interval):
        return Line(name=name, interval=interval, strip=scale.strip(interval))

    groups = {group.name: group for group in document.subgroups.groups} if document.subgroups else {}
    names = list(dict.fromkeys(row.subgroup for row in document.included)) if groups else [""]
    blocks = [
        Block(
            name,
            [study(row) for row in rows if not groups or row.subgroup == name],
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
