"""Odds ratios and risk ratios as natural logarithms, from counts or from a ratio with its interval."""

import math

from evidence.effect_sizes.errors import (
    ImpossibleRatio,
    NothingToCompare,
    effective_sizes,
    events,
    number,
    people,
)
from evidence.effect_sizes.intervals import check_agreement, interval_ends, multiplier
from evidence.effect_sizes.results import BORENSTEIN, COCHRANE, EffectSize

CORRECTION = "Continuity correction: 0.5 added to each of the four cells of this study, because one of them was empty."


def log_odds_ratio(*, events_1, n_1, events_2, n_2):
    """Log odds ratio from the numbers of people with the event, and of people, in each arm.

    Where one of the four cells is empty, 0.5 is added to all four, and that recorded. Raises
    CannotCompute: a number missing, fewer than 2 people, more events than people, nobody or everybody
    in both arms with the event. Source: Borenstein et al. 2009, chapter 5.
    """
    (a, b, c, d), conversions, assumptions = cells(events_1, n_1, events_2, n_2)
    return EffectSize(
        "log OR",
        (math.log(a) - math.log(b)) - (math.log(c) - math.log(d)),
        (1 / a + 1 / b) + (1 / c + 1 / d),
        formula="Log odds ratio from counts: ln(ad/bc); variance 1/a + 1/b + 1/c + 1/d",
        source=BORENSTEIN.format(5),
        assumptions=assumptions,
        conversions=conversions,
    )


def log_risk_ratio(*, events_1, n_1, events_2, n_2):
    """Log risk ratio from the numbers of people with the event, and of people, in each arm.

    Where one of the four cells is empty, 0.5 is added to all four, and that recorded. Raises
    CannotCompute: as log_odds_ratio. Source: Borenstein et al. 2009, chapter 5.
    """
    (a, b, c, d), conversions, assumptions = cells(events_1, n_1, events_2, n_2)
    return EffectSize(
        "log RR",
        (math.log(a) - math.log(a + b)) - (math.log(c) - math.log(c + d)),
        # 1/a − 1/n1, without the difference of two nearly equal numbers where nearly all had the event.
        b / (a * (a + b)) + d / (c * (c + d)),
        formula="Log risk ratio from counts: ln((a/n1)/(c/n2)); variance 1/a − 1/n1 + 1/c − 1/n2",
        source=BORENSTEIN.format(5),
        assumptions=assumptions,
        conversions=conversions,
    )


def log_odds_ratio_from_interval(*, lower, upper, ratio=None, level=0.95):
    """Log odds ratio from an odds ratio and its confidence interval of share `level`, as ratios, not logarithms.

    Without `ratio` the interval's middle on the logarithmic scale is taken. Raises CannotCompute: a
    number missing or not above zero, ends the wrong way round, a ratio outside its interval or not in
    its middle. Source: Cochrane Handbook 6.3.2.
    """
    return from_interval("log OR", "odds ratio", lower, upper, ratio, level)


def log_risk_ratio_from_interval(*, lower, upper, ratio=None, level=0.95):
    """Log risk ratio from a risk ratio and its confidence interval of share `level`, as ratios, not logarithms.

    Takes, raises and rests on the same as log_odds_ratio_from_interval.
    """
    return from_interval("log RR", "risk ratio", lower, upper, ratio, level)


def cells(events_1, n_1, events_2, n_2):
    """((a, b, c, d), conversions, assumptions): with and without the event, arm 1 then arm 2, corrected if need be."""
    n1, n2 = people("number of people in arm 1", n_1), people("number of people in arm 2", n_2)
    a = events("number of events in arm 1", events_1, "number of people in arm 1", n1)
    c = events("number of events in arm 2", events_2, "number of people in arm 2", n2)
    table = (a, n1 - a, c, n2 - c)
    if a == c == 0 or (a == n1 and c == n2):
        raise NothingToCompare(
            "number of events in arm 1",
            f"{'Nobody' if a == 0 else 'Everybody'} in both arms had the event",
            "Leave the study out of this synthesis with that as the reason; it says nothing about the ratio",
        )
    assumptions = effective_sizes(a, n1, c, n2)
    if 0 in table:
        return tuple(cell + 0.5 for cell in table), (CORRECTION,), assumptions
    return table, (), assumptions


def from_interval(metric, name, lower, upper, ratio, level):
    low, high = interval_ends(lower, upper)
    given = None if ratio is None else number(name, ratio)
    for each, value in (("lower end of the interval", low), (name, given)):
        if value is not None and value <= 0:
            raise ImpossibleRatio(
                each,
                f"The {each} is {value:g}, and a ratio is above zero",
                "Check whether logarithms were entered; if so, enter the effect with its standard error",
            )
    if given is None:
        effect, assumptions = (math.log(low) + math.log(high)) / 2, ("The ratio is the middle of its interval.",)
    else:
        check_agreement(ratio, lower, upper, middle="middle (on the logarithmic scale)", scale=math.log)
        effect, assumptions = math.log(given), ()
    error = (math.log(high) - math.log(low)) / 2 / multiplier(level)
    return EffectSize(
        metric,
        effect,
        error * error,
        formula=f"Natural logarithm of the {name}; standard error from its confidence interval",
        source=COCHRANE.format("6.3.2"),
        assumptions=(
            "The interval is symmetrical on the logarithmic scale and was made with the normal curve.",
            *assumptions,
        ),
        conversions=(
            f"The {name} and its interval turned into natural logarithms.",
            "Standard error = half the interval's width / its normal quantile.",
        ),
    )
