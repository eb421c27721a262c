"""Where everything of a funnel plot is drawn: effects across, standard errors down, small studies at the bottom."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.metrics import METRICS
from toolkits.public.synthesis_charts.scale import Label, Scale, Tick, nothing_words, round_numbers, written
from toolkits.public.synthesis_numbers import nothing_of, rounded

FEWEST = 3
WIDTH, HEIGHT = 360, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 352, 52, 248
INSIDE = 8  # what is kept free along the edges, so that no dot is on a line
QUANTILE = 1.959963984540054  # of the normal distribution, for 95 %
EQUAL = 1e-8  # standard errors that differ by a smaller share are equal
LABEL_ROOM = 50  # what half of a line's label takes


@dataclass(frozen=True)
class Dot:
    """A study at its place, with its numbers; `name` is empty for one that trim and fill puts in."""

    x: float
    y: float
    name: str = ""
    study: int | None = None
    value: str = ""
    error: str = ""


@dataclass(frozen=True)
class Funnel:
    """Everything that the template draws: two lines, the limits about the average, and a dot a study."""

    dots: list[Dot]
    filled: list[Dot]
    limits: str
    average: float
    average_label: Label
    average_words: str
    nothing: float
    nothing_label: Label
    nothing_words: str
    ticks: list[Tick]
    errors: list[Tick]
    outside: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM

    @property
    def words(self):
        """How many studies lie within the limits, for those who do not see it as well."""
        if not self.outside:
            return _("All of them lie within.")
        inside = len(self.dots) - self.outside
        return ngettext(
            "%(inside)s of the %(number)s lies within.",
            "%(inside)s of the %(number)s lie within.",
            inside,
        ) % {"inside": inside, "number": len(self.dots)}


def _errors(document):
    return [math.sqrt(float(row.finding.variance)) for row in document.included]


def why_not(document):
    """Why there is no picture, in a sentence; empty where there is one."""
    if document.pooled is None:
        return _("There is no pooled result to draw it about.")
    if document.pooled.k < FEWEST:
        return _("It takes three studies or more to see whether small ones find something else.")
    errors = _errors(document)
    if max(errors) - min(errors) <= EQUAL * max(errors):
        return _("All studies are equally precise: there are no small ones that might find something else.")
    return ""


def funnel(document):
    """The Funnel of a synthesis (payloads.Synthesis); None where `why_not` says why."""
    if why_not(document):
        return None
    display, estimate = METRICS[document.metric].display, float(document.pooled.estimate)
    widest = max(_errors(document))
    filled = document.bias.filled_studies if document.bias else []
    corners = [display(estimate + sign * QUANTILE * widest) for sign in (-1, 1)]
    shown = [row.finding.shown.value for row in document.included]
    scale = Scale(
        document,
        [document.pooled.shown.value, *shown, *(display(float(study.effect)) for study in filled)],
        corners,
        start=LEFT + INSIDE,
        end=RIGHT - INSIDE,
    )

    def down(error):
        return round(TOP + error / widest * (BOTTOM - INSIDE - TOP), 2)

    def dot(effect, variance, row=None):
        error = math.sqrt(float(variance))
        place = scale.place(display(float(effect))), down(error)
        if row is None:
            return Dot(*place)
        value = rounded(row.finding.shown.value)
        return Dot(*place, row.study.label, row.study.record, value, rounded(repr(error)))

    average, nothing = scale.place(document.pooled.shown.value), scale.place(nothing_of(document))
    return Funnel(
        dots=[dot(row.finding.effect, row.finding.variance, row) for row in document.included],
        filled=[dot(study.effect, study.variance) for study in filled],
        limits=_limits(scale, display, estimate, widest, down),
        average=average,
        average_label=Label.at(average, WIDTH, LABEL_ROOM),
        average_words=_("average %(value)s") % {"value": rounded(document.pooled.shown.value)},
        nothing=nothing,
        nothing_label=Label.at(nothing, WIDTH, LABEL_ROOM, away_from=average),
        nothing_words=nothing_words(document),
        ticks=scale.ticks(),
        errors=[Tick(down(error), written(error)) for error in round_numbers(0, widest)],
        outside=sum(
            abs(float(row.finding.effect) - estimate) > QUANTILE * error
            for row, error in zip(document.included, _errors(document), strict=True)
        ),
    )


def _limits(scale, display, estimate, widest, down):
    """The two lines within which 95 % of studies would lie if only chance set them apart, cut off at the edges."""
    points = []
    for sign in (-1, 1):
        edge = scale.first if sign < 0 else scale.last
        cut = min(widest, max(0.0, sign * (edge - estimate) / QUANTILE))
        points.append(f"{scale.place(display(estimate + sign * QUANTILE * cut))},{down(cut)}")
    return f"{points[0]} {scale.place(display(estimate))},{TOP} {points[1]}"
