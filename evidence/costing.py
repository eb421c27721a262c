"""What an intervention would cost in one place, as a range, from what the people there put in. Pure: no Django, no numpy.

Every uncertain input is three numbers: the lowest, the likeliest and the highest that is thought possible. Each is drawn
from a triangular distribution over them (the usual choice where nothing but these is
known: Law, Simulation Modeling and Analysis, 2015), independently of the others. 10,000 draws from one seed give the same answer for ever.
On one core of a small server they take about 40 ms.
"""

import random
from dataclasses import dataclass
from math import inf, sqrt

DRAWS = 10_000
SEED = 20_250_101
LOW, HIGH = 5, 95  # percentiles
NORMAL_95 = 1.959964  # standard deviations to either end of a 95% interval


@dataclass(frozen=True)
class Spread:
    """The lowest, the likeliest and the highest that a number may be; three times the same where it is known."""

    low: float
    likely: float
    high: float

    def __post_init__(self):
        if not 0 <= self.low <= self.likely <= self.high:
            raise ValueError("A spread runs from low over likely to high, and none is negative.")

    def draw(self, generator, draws):
        """`draws` numbers from the triangular distribution, by the inverse of its cumulative distribution."""
        width = self.high - self.low
        if not width:
            # What is known takes no random number, so that it moves no other input.
            return [self.low] * draws
        low, high, one = self.low, self.high, generator.random
        rising, falling = width * (self.likely - low), width * (high - self.likely)
        turn = rising / (width * width)
        return [
            low + sqrt(share * rising) if (share := one()) < turn else high - sqrt((1 - share) * falling)
            for _ in range(draws)
        ]


NOTHING = Spread(0, 0, 0)


@dataclass(frozen=True)
class Staff:
    """A grade's time for each group in a year, in hours, and what an hour of it costs in pounds."""

    grade: str
    hours: Spread
    hourly: Spread


@dataclass(frozen=True)
class Plan:
    """What is meant to be done: `people` offered it each year, of whom a share (per cent) takes it up.

    `groups` run each year; `materials` are pounds for each person who takes part, `setup` pounds once for all.
    """

    people: int
    groups: int
    years: int
    uptake: Spread
    staff: tuple[Staff, ...] = ()
    materials: Spread = NOTHING
    setup: Spread = NOTHING

    @property
    def spreads(self):
        """Its uncertain inputs, in one order: share taken up, materials, set-up, then hours and pay of each grade."""
        return (
            self.uptake,
            self.materials,
            self.setup,
            *(part for one in self.staff for part in (one.hours, one.hourly)),
        )

    def costs(self, uptake, materials, setup, *staff):
        """(people who take part, pounds for staff, for materials, for setting up), over all years."""
        taking = self.people * self.years * uptake / 100
        time = (
            self.groups
            * self.years
            * sum(hours * hourly for hours, hourly in zip(staff[::2], staff[1::2], strict=True))
        )
        return taking, time, taking * materials, setup


@dataclass(frozen=True)
class Range:
    """What comes of the likeliest inputs, and the 5th and 95th percentile of all draws."""

    likely: float
    low: float
    high: float


@dataclass(frozen=True)
class Result:
    """The cost in total and for each person who takes part, and how many do, over all years.

    `staff`, `materials` and `setup` are the likeliest pounds that the total is made of; `draws` are the costs of a
    person in each draw, in its order.
    """

    total: Range
    per_person: Range
    taking: Range
    staff: float
    materials: float
    setup: float
    draws: tuple[float, ...]


def percentile(ordered, share):
    """The percentile `share` (0 to 100) of sorted numbers, between neighbours in proportion (Hyndman and Fan's type 7)."""
    place = (len(ordered) - 1) * share / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def range_of(likely, drawn):
    """The Range of what was drawn."""
    ordered = sorted(drawn)
    return Range(likely, percentile(ordered, LOW), percentile(ordered, HIGH))


def simulate(plan, *, seed=SEED, draws=DRAWS):
    """The Result of a plan. Nobody may be sure to take part: a share taken up of 0 has no cost a person (ValueError)."""
    if plan.uptake.low <= 0 or plan.people <= 0:
        raise ValueError("Somebody has to take part.")
    generator = random.Random(seed)  # noqa: S311 - draws of a simulation, which have to come again
    columns = [spread.draw(generator, draws) for spread in plan.spreads]
    rows = [plan.costs(*inputs) for inputs in zip(*columns, strict=True)]
    total = [staff + materials + setup for _taking, staff, materials, setup in rows]
    each = tuple(cost / row[0] for cost, row in zip(total, rows, strict=True))
    taking, staff, materials, setup = plan.costs(*(spread.likely for spread in plan.spreads))
    whole = staff + materials + setup
    return Result(
        total=range_of(whole, total),
        per_person=range_of(whole / taking, each),
        taking=range_of(taking, [row[0] for row in rows]),
        staff=staff,
        materials=materials,
        setup=setup,
        draws=each,
    )


def per_unit_of_effect(result, effect, *, seed=SEED):
    """The Range of pounds for one unit of effect (months, points: as `effect` counts them).

    `effect` is its published value with its 95% interval: drawn as a normal distribution with that interval's width,
    independently of the cost. An effect of nothing or less, which fewer than 1 draw in 40 has, has no price: it counts as
    dearer than any. ValueError where the interval itself reaches zero: then no sum of money surely buys one unit.
    """
    if not 0 < effect.low <= effect.likely <= effect.high:
        raise ValueError("The effect may be nothing.")
    generator = random.Random(seed + 1)  # noqa: S311 - as in simulate
    deviation = (effect.high - effect.low) / (2 * NORMAL_95)
    sizes = (generator.gauss(effect.likely, deviation) for _ in result.draws)
    drawn = [cost / size if size > 0 else inf for cost, size in zip(result.draws, sizes, strict=True)]
    return range_of(result.per_person.likely / effect.likely, drawn)
