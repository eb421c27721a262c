"""Leave-one-out and cumulative results as strips: the average again and again, on one scale, with what that shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.synthesis_charts.forest_plot import LONG, NOTHING_ROOM
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
from toolkits.public.synthesis_numbers import nothing_of, rounded, settled, side

FEWEST = 3  # without one of two studies there is nothing left to pool
SIDE = 7.0
MOST_NAMED = 3  # of the studies that a finding names one by one


@dataclass(frozen=True)
class Steps:
    """One strip a step; `pooled` is the average of all, whose place `average` is. `title` says what they show."""

    title: str
    lines: list[Line]
    pooled: Line
    ticks: list[Tick]
    nothing: float
    nothing_label: Label
    nothing_words: str
    average: float
    lower: str
    higher: str
    width: int = WIDTH
    height: int = HEIGHT
    middle: float = MIDDLE

    @property
    def is_long(self):
        """Whether they are folded away until asked for."""
        return len(self.lines) > LONG


def _steps(document, found, title, name):
    shown = document.pooled.shown
    certain = [end for end in (shown.value, shown.low, shown.high) if end]
    ends = [end for step in found for end in (step.low, step.high) if end]
    scale = Scale(document, [*certain, *(step.shown for step in found)], ends)
    lower, higher = directions(document)
    nothing = scale.place(nothing_of(document))
    return Steps(
        title=title,
        lines=[
            Line(name=name(step), interval=step.interval, strip=scale.strip(step.interval, SIDE), study=step.study)
            for step in found
        ],
        pooled=Line(name=_("All studies together"), interval=shown, strip=scale.strip(shown)),
        ticks=scale.ticks(),
        nothing=nothing,
        nothing_label=Label.at(nothing, WIDTH, NOTHING_ROOM),
        nothing_words=nothing_words(document),
        average=scale.place(shown.value),
        lower=lower,
        higher=higher,
    )


def _are_drawn(document, found):
    return document.pooled is not None and document.pooled.k >= FEWEST and bool(found)


def _have_ranges(found):
    # A document of before ranges were kept has none.
    return any(step.low and step.high for step in found)


def leave_one_out(document):
    """The Steps without each study in turn; None where there are too few studies."""
    found = document.leave_one_out
    if not _are_drawn(document, found):
        return None
    return _steps(document, found, _without_title(document, found), lambda step: step.label)


def cumulative(document):
    """The Steps of the studies as they came in, in the order of their years; None where they have none or are few."""
    found = document.cumulative
    return _steps(document, found, _cumulative_title(document, found), _dated) if _are_drawn(document, found) else None


def _dated(step):
    """The label of a study with its year, where the label does not say it."""
    if step.year is None:
        return _("%(label)s (year not recorded)") % {"label": step.label}
    return step.label if str(step.year) in step.label else f"{step.label} ({step.year})"


def _stand(document, interval):
    """What an interval says: its side where it settles that, else None."""
    return side(document, interval.value) if settled(document, interval) else None


def _without_title(document, found):
    values = sorted((float(step.shown), step.shown) for step in found)
    reach = {"lowest": rounded(values[0][1]), "highest": rounded(values[-1][1])}
    if not _have_ranges(found):
        return _("Without any one study the average is from %(lowest)s to %(highest)s.") % reach
    stand = _stand(document, document.pooled.shown)
    others = [step.label for step in found if _stand(document, step.interval) != stand]
    if not others:
        if stand is None:
            return (
                _(
                    "No single study decides it: without any one, the average is from %(lowest)s to %(highest)s and its "
                    "range still crosses the line of no difference."
                )
                % reach
            )
        return (
            _(
                "No single study decides it: without any one, the average is from %(lowest)s to %(highest)s and its range "
                "still stays clear of the line of no difference."
            )
            % reach
        )
    if len(others) <= MOST_NAMED:
        named = _(" or ").join([", ".join(others[:-1]), others[-1]] if len(others) > 1 else others)
    else:
        named = _("any one of %(number)s of the %(k)s studies") % {"number": len(others), "k": len(found)}
    if stand is None:
        return _(
            "The answer hangs on single studies: without %(named)s, the range stays clear of the line of no difference."
        ) % {"named": named}
    return _("The answer hangs on single studies: without %(named)s, the range crosses the line of no difference.") % {
        "named": named
    }


def _cumulative_title(document, found):
    last = found[-1]
    first = {"first": found[0].label, "before": rounded(found[0].shown), "now": rounded(last.shown)}
    if not _have_ranges(found):
        return _("%(first)s alone said %(before)s; all together say %(now)s.") % first
    stands = [_stand(document, step.interval) for step in found]
    stand, since = stands[-1], len(stands)
    while since and stands[since - 1] == stand:
        since -= 1
    if stand is None:
        if not any(stands):
            return _("At no time did the range stay clear of the line of no difference.")
        return _(
            "The range once stayed clear of the line of no difference; since %(label)s was added it crosses it."
        ) % {"label": found[since].label}
    if since == len(stands) - 1:
        return _("Only with the last study, %(label)s, did the range come clear of the line of no difference.") % {
            "label": last.label
        }
    number = since + 1
    return ngettext(
        "From the first study on, the range has stayed clear of the line of no difference.",
        "Since study %(number)s of %(k)s (%(label)s) the range has stayed clear of the line of no difference.",
        number,
    ) % {"number": number, "k": len(found), "label": found[since].label}
