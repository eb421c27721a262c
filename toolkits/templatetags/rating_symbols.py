"""The drawing of ratings: where each line and cell of a symbol lies, and the words beside it.

Plain arithmetic on plain numbers, so that one set of templates draws what the centre published.
Coordinates are text in the units of the symbol's `viewBox`: a float would be written with the
decimal comma of a reader's language and break the drawing.
"""

import re
from dataclasses import dataclass

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from toolkits.templatetags.written import written

register = template.Library()

# The ruler's length and the room left at each end, where the point may stand on the last step.
RULER_LENGTH = 120
RULER_MARGIN = 5

# Axes that every page speaks of, rated or not, and those shown only where a centre rates on them.
MAIN_AXES = ("impact", "strength", "cost")
HEADLINE_AXES = (*MAIN_AXES, "cost-effectiveness")

AXIS_LABELS = {
    "impact": gettext_lazy("Impact"),
    "strength": gettext_lazy("Strength of evidence"),
    "cost": pgettext_lazy("what an intervention costs", "Cost"),
    "cost-effectiveness": gettext_lazy("Cost-effectiveness"),
    "mechanism": gettext_lazy("Evidence on how it works"),
    "moderator": gettext_lazy("Evidence on where and for whom it works"),
    "implementation": gettext_lazy("Evidence on putting it in place"),
    "economics": gettext_lazy("Evidence on what it costs"),
    "study quality": gettext_lazy("Quality of a study"),
}

BANDS = {
    "benefit": gettext_lazy("benefit"),
    "mixed": gettext_lazy("mixed"),
    "no effect": gettext_lazy("no effect"),
    "harm": gettext_lazy("harm"),
    "unknown": gettext_lazy("unknown"),
    "very high": gettext_lazy("very high"),
    "high": gettext_lazy("high"),
    "moderate": gettext_lazy("moderate"),
    "low": gettext_lazy("low"),
    "very low": gettext_lazy("very low"),
    "lower": gettext_lazy("lower"),
    "middle": gettext_lazy("middle"),
    "higher": gettext_lazy("higher"),
}


@register.filter
def band_words(band):
    """A shared band in words, within a sentence."""
    return BANDS.get(band, band)


@dataclass(frozen=True)
class Ruler:
    """A ruler through zero, ready to draw; `side` is harm, benefit or none, `range` None or its two ends."""

    length: int
    zero: str
    point: str
    ticks: list
    bar_from: str
    bar_length: str
    side: str
    range: tuple | None
    harm_steps: int
    benefit_steps: int


def coordinate(number):
    """`number` with at most two decimals, as SVG reads it in every language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def as_number(text):
    """The number that `text` is, or None where it is none (`over 30`)."""
    try:
        return float(str(text).replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return None


@register.simple_tag
def ruler(position, harm_steps, benefit_steps, value="", range_low="", range_high=""):
    """The geometry of a scale that measures size: `position` steps from zero, harm below it.

    A range is drawn only where one step is one unit of the published value; elsewhere its place
    between the steps is not known, and only its words are shown. None where there is nothing to
    measure: no step at all, or a position beyond the ends.
    """
    steps = harm_steps + benefit_steps
    if not steps or position is None or not -harm_steps <= position <= benefit_steps:
        return None
    step = (RULER_LENGTH - 2 * RULER_MARGIN) / steps

    def place(steps_from_zero):
        inside = min(max(steps_from_zero, -harm_steps), benefit_steps)
        return RULER_MARGIN + (inside + harm_steps) * step

    low, high = as_number(range_low), as_number(range_high)
    one_step_is_one_unit = as_number(value) == position
    return Ruler(
        length=RULER_LENGTH,
        zero=coordinate(place(0)),
        point=coordinate(place(position)),
        ticks=[coordinate(place(tick)) for tick in range(-harm_steps, benefit_steps + 1)],
        bar_from=coordinate(min(place(0), place(position))),
        bar_length=coordinate(abs(place(position) - place(0))),
        side="benefit" if position > 0 else "harm" if position < 0 else "none",
        range=(coordinate(place(low)), coordinate(place(high)))
        if one_step_is_one_unit and low is not None and high is not None
        else None,
        harm_steps=harm_steps,
        benefit_steps=benefit_steps,
    )


@register.filter
def ruler_words(geometry, position):
    """What the ruler shows, for those who do not see it: `3 steps of 12 from zero, towards benefit`."""
    if position == 0:
        return _("At zero on the scale")
    if position > 0:
        return ngettext(
            "%(steps)s step from zero towards benefit, of %(all)s",
            "%(steps)s steps from zero towards benefit, of %(all)s",
            position,
        ) % {"steps": position, "all": geometry.benefit_steps}
    return ngettext(
        "%(steps)s step from zero towards harm, of %(all)s",
        "%(steps)s steps from zero towards harm, of %(all)s",
        -position,
    ) % {"steps": -position, "all": geometry.harm_steps}


@register.simple_tag
def in_a_row(filled, pitch):
    """One (x, filled) for each of `filled`, `pitch` apart, and the width of the whole row."""
    return {
        "cells": [(index * pitch, is_filled) for index, is_filled in enumerate(filled)],
        "width": len(filled) * pitch,
    }


def _ranked(rating, level):
    if rating.rank is None or not rating.steps:
        return level
    words = _("%(level)s (%(rank)s of %(steps)s)") if ":" in rating.name else _("%(level)s: %(rank)s of %(steps)s")
    return words % {"level": level, "rank": rating.rank, "steps": rating.steps}


@register.filter
def rank_words(rating):
    """The level and its rank: `Moderate: 3 of 5`; `Level 2: preliminary (1 of 6)` where it has a colon itself.

    Safe HTML: a level in another language than the page's is marked.
    """
    return mark_safe(_ranked(rating, conditional_escape(written(rating.name, rating.label_in))))  # escaped, by either


@register.filter
def strength_words(rating):
    """The strength of evidence in words, for an attribute; `Certainty not rated` where there is no rating (None)."""
    if rating is None:
        return _("Certainty not rated.")
    return _("Strength of evidence: %(words)s.") % {"words": _ranked(rating, rating.name)}


# A pip under a chart's marker, and the room it takes.
PIP, PIP_PITCH = 4, 6


@register.simple_tag
def strength_pips(rating):
    """(x, filled) of each pip under a chart's marker, in the middle; none where there is no rating (None)."""
    filled = rating.filled if rating is not None else []
    left = -(len(filled) * PIP_PITCH - (PIP_PITCH - PIP)) / 2
    return [(coordinate(left + index * PIP_PITCH), is_filled) for index, is_filled in enumerate(filled)]


@register.filter
def with_unit(value, unit):
    """`3` and `months of progress` as `3 months of progress`; one of them is `1 month of progress`."""
    if as_number(value) in (1, -1):
        unit = re.sub(r"^(month|year|week|day|point)s\b", r"\1", unit)
    return f"{value}{unit}" if unit.startswith("%") else f"{value} {unit}".strip()


@register.filter
def at(sequence, place):
    """What stands at a place of a sequence."""
    return sequence[place]


@register.filter
def axis_label(axis):
    """The name of a rating axis in the reader's language."""
    return AXIS_LABELS.get(axis, axis)


@register.simple_tag
def centre_ratings(document):
    """For each axis of the ratings panel, the centre's own ratings or what their absence means."""
    absent = {absence.axis: absence.meaning for absence in document.absences}
    axes = []
    for axis in HEADLINE_AXES:
        ratings = [rating for rating in document.on(axis) if not rating.by_network]
        if ratings or axis in MAIN_AXES:
            axes.append({"axis": axis, "ratings": ratings, "absence": "" if ratings else absent.get(axis, "")})
    return axes


@register.filter
def has_further_figure(document):
    """Whether the centre's headline says more than the number that stands beside its impact rating."""
    said = {rating.value for rating in document.on("impact")}
    return bool(document.headline_text or (document.headline_value and document.headline_value not in said))


@register.simple_tag
def network_readings(document):
    """The network's readings of findings that no centre graded."""
    return [rating for rating in document.ratings if rating.by_network]


@register.filter
def graded(document):
    """What the ratings of `document` grade, each thing named once: `approach; named programme`."""
    return "; ".join(dict.fromkeys(rating.what_is_graded for rating in document.ratings if rating.what_is_graded))


@register.simple_tag
def further_ratings(document):
    """The centre's ratings on axes beyond impact, strength and cost, in its order."""
    return [rating for rating in document.ratings if rating.axis not in HEADLINE_AXES and not rating.by_network]
