"""What every conversion answers, what it refuses, and the curve they share."""

import math
from dataclasses import dataclass
from statistics import NormalDist

NORMAL = NormalDist()

TWO_NORMAL_CURVES = (
    "Both groups' outcomes follow normal curves of equal spread.",
    "Effects above zero are better.",
)


class CannotConvert(ValueError):
    """A number that no conversion can start from; the message names it and says what it must be."""


@dataclass(frozen=True)
class Source:
    """Where a rule was published. `dated` is the year or edition as the source gives it."""

    title: str
    dated: str
    address: str


@dataclass(frozen=True)
class Conversion:
    """A converted number and all that a page owes its reader with it.

    `value` is None where the rule has no answer; `withheld` then says why, in a sentence. `low` and
    `high` are the ends of the range in the same unit, where a conversion takes a range.
    """

    value: float | int | None
    unit: str
    rule: str
    assumptions: tuple[str, ...]
    source: Source
    low: float | None = None
    high: float | None = None
    withheld: str = ""


def finite(name, value):
    """`value` as a float; raises CannotConvert for anything that is not a finite number."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise CannotConvert(f"{name} must be a number, not {value!r}")
    return number


def share(name, value):
    """`value` as a share between 0 and 1, both excluded; raises CannotConvert otherwise."""
    number = finite(name, value)
    if not 0 < number < 1:
        raise CannotConvert(f"{name} must lie between 0 and 1 (25 in a hundred is 0.25), not {value!r}")
    return number


def ratio(name, value):
    """`value` as a ratio above 0; raises CannotConvert otherwise."""
    number = finite(name, value)
    if number <= 0:
        raise CannotConvert(f"{name} must be above 0 (1 means no difference), not {value!r}")
    return number


def answer(name, value):
    """`value`, or CannotConvert where the arithmetic left what a number can hold."""
    if not math.isfinite(value):
        raise CannotConvert(f"{name} is too far out to be converted")
    return value


def base_rate_assumed(base, outcome):
    """The sentence without which a figure that rests on a base rate must not be shown."""
    return (
        f"Without the intervention {100 * base:.4g} in a hundred have the {outcome}; "
        "another base rate gives another figure."
    )
