"""What the published rules of a scale make of the result of a synthesis: a proposed level, with each reason. Pure.

A rule is a row: a quantity from one value (included) and below another (excluded) gives a level. The quantity is
rounded first, half away from zero, to the decimals in `PLACES`, and the rounding is a step that readers see.

* The rows of the quantity that comes first give the starting level. Rows of a further quantity say the most that it
  allows: they take the level down to theirs, and never up.
* Of several editions of a rule that of the quantity's first row holds; the others are kept to be read.
* On a scale of numbers, such as months, the level's own number goes with it, and what is below zero takes the number
  of its size with a minus sign (the Education Endowment Foundation's older page on months says so).

What is in no row gets no level, and the steps say why: nothing is filled in between published rows.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from evidence.effects import (
    CannotConvert,
    per_cent_reduction,
    per_cent_reduction_from_odds_ratio,
    smd_from_odds_ratio,
)

PLACES = {"effect size": 2, "per cent reduction": 2, "studies": 0}
WORKING = 4  # decimals of what is not rounded yet
# Beyond this no published row ends, and a Decimal would hold no decimals any more.
FURTHEST = Decimal(10) ** 12
ROUNDED = {0: "a whole number", 2: "two decimals"}
NEITHER = "Neither direction is better here, so no effect can be called better than another."
NO_BASE_RATE = "How many people have the outcome without the intervention is not stated, and this figure needs it."
WANTED = "A higher figure is better here, so nothing unwanted is reduced."
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Rule:
    """A published row: `quantity` from `from_value` and below `below` (text; empty: no end) gives the level `level`."""

    level: str
    level_name: str
    quantity: str
    from_value: str
    below: str
    edition: str = ""
    source: str = ""
    note: str = ""

    def holds(self, number):
        """Whether the row takes in a Decimal: its start is in it, its end is not."""
        starts = not self.from_value or number >= Decimal(self.from_value)
        return starts and (not self.below or number < Decimal(self.below))


@dataclass(frozen=True)
class Scale:
    """The rules of a scale in their order, each level's place on it (None: off it), and whether levels are numbers."""

    rules: tuple[Rule, ...] = ()
    orders: Mapping[str, int | None] = field(default_factory=dict)
    numeric: bool = False


@dataclass(frozen=True)
class Result:
    """A pooled result as text: as readers see it (ratios as ratios), without a value where there is none.

    `better` is higher, lower or neither; `base_rate` counts in a hundred those with the outcome without the intervention.
    """

    metric: str
    better: str
    value: str = ""
    low: str = ""
    high: str = ""
    studies: str = ""
    base_rate: str = ""


@dataclass(frozen=True)
class Step:
    """A reason: what was looked at, its number, and what that did."""

    what: str
    number: str
    did: str


@dataclass(frozen=True)
class Proposal:
    """The level that the rules give (empty: none), by which row, and every step to it.

    Without a published rule there are no steps. `value`, `low` and `high` are the level's own number and its range on
    a scale of numbers, and empty elsewhere.
    """

    level: str = ""
    rule: Rule | None = None
    steps: tuple[Step, ...] = ()
    value: str = ""
    low: str = ""
    high: str = ""


class _NoNumber(Exception):
    """The result does not give the quantity; the text says why."""


@dataclass(frozen=True)
class _Measured:
    """A quantity with its range, not rounded yet (None: no range), and the steps to it."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    steps: tuple[Step, ...]


def _decimal(number):
    """A float by its ten digits, which no two machines round differently."""
    return Decimal(format(number, ".10g"))


def _rounded(number, places):
    within = max(-FURTHEST, min(FURTHEST, number))
    found = within.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(found) if found.is_zero() else found


def _ends(result):
    if not result.value:
        raise _NoNumber("The studies could not be pooled.")
    return [float(end) if end else None for end in (result.value, result.low, result.high)]


def _measured(convert, ends, *steps):
    """The quantity that `convert` makes of each end; its range in order, whichever way the conversion runs."""
    value, *others = (None if end is None else _decimal(convert(end)) for end in ends)
    low, high = sorted(others) if None not in others else (None, None)
    return _Measured(value, low, high, steps)


def _start(result, words):
    return Step("Average effect of the synthesis", f"{_rounded(Decimal(result.value), WORKING)}", words)


def _as_it_is(value):
    return value


def _effect_size(result):
    if result.better == "neither":
        raise _NoNumber(NEITHER)
    ends, lower = _ends(result), result.better == "lower"
    turned = (
        "above zero is turned to mean better, because a lower figure is better" if lower else "above zero is better"
    )
    if result.metric == "SMD":
        words = f"in standard deviations; {turned}"
        return _measured((lambda g: -g) if lower else _as_it_is, ends, _start(result, words))
    if result.metric == "logOR":

        def convert(odds):
            g = smd_from_odds_ratio(odds).value
            return -g if lower else g

        way = smd_from_odds_ratio(ends[0])
        found = _measured(convert, ends)
        words = " ".join([way.rule, *way.assumptions, f"{turned.capitalize()}."])
        made = Step("As an effect size", f"{_rounded(found.value, WORKING)}", words)
        return _Measured(found.value, found.low, found.high, (_start(result, "as an odds ratio"), made))
    raise _NoNumber(
        "The rule asks for an effect size in standard deviations, which this scale of results does not give."
    )


def _reduction(result):
    if result.better != "lower":
        raise _NoNumber(NEITHER if result.better == "neither" else WANTED)
    ends = _ends(result)
    if result.metric == "logRR":
        found, start = _measured(lambda risk: 100 * (1 - risk), ends), _start(result, "as a risk ratio")
        words = ["The reduction is 100 × (1 − RR)."]
    else:
        known = {
            "SMD": (lambda g, base: per_cent_reduction(-g, base), "in standard deviations"),
            "logOR": (per_cent_reduction_from_odds_ratio, "as an odds ratio"),
        }
        if result.metric not in known:
            raise _NoNumber("The rule asks for a per cent reduction, which this scale of results does not give.")
        if not result.base_rate:
            raise _NoNumber(NO_BASE_RATE)
        convert, unit = known[result.metric]
        base = float(result.base_rate) / 100
        way = convert(ends[0], base)
        found, start = _measured(lambda end: convert(end, base).value, ends), _start(result, unit)
        words = [way.rule, *way.assumptions]
    made = Step("Per cent less of it", f"{_rounded(found.value, WORKING)}", " ".join(words))
    return _Measured(found.value, found.low, found.high, (start, made))


def _studies(result):
    if not result.studies:
        raise _NoNumber("How many studies there are is not recorded.")
    return _Measured(Decimal(result.studies), None, None, ())


MEASURES: dict[str, Callable[[Result], _Measured]] = {
    "effect size": _effect_size,
    "per cent reduction": _reduction,
    "studies": _studies,
}
NAMES = {"effect size": "Effect size", "per cent reduction": "Per cent reduction", "studies": "Number of studies"}


def rows_that_hold(scale):
    """{quantity: its rows}, in the order of the rules: of each quantity those of one edition, that of its first row."""
    found = {}
    for rule in scale.rules:
        rows = found.setdefault(rule.quantity, [])
        if not rows or rows[0].edition == rule.edition:
            rows.append(rule)
    return found


def propose(scale, result):
    """The Proposal that a Scale's published rules make of a Result."""
    steps, chosen, measured = [], None, None
    for quantity, rows in rows_that_hold(scale).items():
        name, places = NAMES[quantity], PLACES[quantity]
        try:
            found = MEASURES[quantity](result)
        except (_NoNumber, CannotConvert) as refused:
            return Proposal(steps=(*steps, Step(name, "", f"{str(refused).rstrip('.')}. So the rule gives no level.")))
        number = _rounded(found.value, places)
        steps += found.steps
        if places:
            steps.append(Step(name, f"{number}", f"rounded to {ROUNDED[places]} before it is looked up"))
        row = next((row for row in rows if row.holds(number)), None)
        if row is None:
            words = "no published row takes this in, so the rule gives no level"
            return Proposal(steps=(*steps, Step("No level", f"{number}", words)))
        if chosen is None:
            chosen, measured = row, found
            steps.append(Step("Starting level", f"{number}", f"{row.level_name} ({extent(row)})"))
        elif _is_below(scale, row, chosen):
            steps.append(Step("Step down", f"{number}", f"{name}, {extent(row)}: at most {row.level_name}"))
            chosen, measured = row, None
        else:
            steps.append(Step("No step", f"{number}", f"{name}, {extent(row)}: up to {row.level_name}"))
    if chosen is None:
        return Proposal()
    return Proposal(chosen.level, chosen, tuple(steps), *_numbers(scale, chosen, measured))


def extent(rule):
    """`from 0.19 and below 0.27`, as a row says it."""
    ends = [("from", rule.from_value), ("below", rule.below)]
    return " and ".join(f"{word} {end}" for word, end in ends if end)


def _is_below(scale, row, chosen):
    own, other = scale.orders.get(row.level), scale.orders.get(chosen.level)
    return other is not None and (own is None or own < other)


def number_of(level):
    """The number that a level of a scale of numbers stands for, as text; empty where its key is none."""
    return level if NUMBER.fullmatch(level) else ""


def _numbers(scale, chosen, measured):
    """(value, low, high) on a scale of numbers: of the level, and of what the same rows make of the range's ends."""
    if not scale.numeric:
        return "", "", ""
    if measured is None:
        return number_of(chosen.level), "", ""
    rows = rows_that_hold(scale)[chosen.quantity]
    value, low, high = (_number_at(rows, chosen.quantity, end) for end in (measured.value, measured.low, measured.high))
    return (value, low, high) if low and high else (value, "", "")


def _number_at(rows, quantity, end):
    if end is None:
        return ""
    number = _rounded(end, PLACES[quantity])
    row = next((row for row in rows if row.holds(abs(number))), None)
    found = number_of(row.level) if row else ""
    return f"-{found}" if number < 0 and found.strip("0.") else found
