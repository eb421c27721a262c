"""What cannot be computed, and the checks that find it out before any arithmetic."""

import math
from decimal import Decimal

# More people than live; a larger count is a slip, and the t distribution is not computed beyond it.
MOST_PEOPLE = 10**10


class CannotCompute(ValueError):
    """An effect size that the numbers given cannot yield.

    `number` is the name of the input at fault, `problem` says what is wrong with it and `mend` how to
    put it right; the message joins the two.
    """

    def __init__(self, number, problem, mend):
        super().__init__(f"{problem}. {mend}.")
        self.number, self.problem, self.mend = number, problem, mend


class MissingNumber(CannotCompute):
    """A number that the formula needs was not given."""


class NotANumber(CannotCompute):
    """Text, an infinity or "not a number" where a number belongs."""


class NegativeSpread(CannotCompute):
    """A standard deviation, standard error or variance below zero."""


class NoSpread(CannotCompute):
    """No spread at all: nothing to measure an effect by, or an effect without uncertainty."""


class TooFewPeople(CannotCompute):
    """Too few people for a variance."""


class ImpossibleCount(CannotCompute):
    """A number of people or events that cannot be: negative, more events than people, more people than live."""


class NothingToCompare(CannotCompute):
    """Nobody, or everybody, in both arms had the event."""


class ImpossibleProbability(CannotCompute):
    """A p value outside (0, 1], or a confidence level that no report uses."""


class ImpossibleStatistic(CannotCompute):
    """A test statistic that cannot be, such as a negative F."""


class ImpossibleCorrelation(CannotCompute):
    """A correlation outside −1 to 1, or a perfect one."""


class ImpossibleRatio(CannotCompute):
    """A ratio that is not above zero."""


class ImpossibleInterval(CannotCompute):
    """An interval whose lower end is not below its upper end."""


class OutsideInterval(CannotCompute):
    """The effect lies outside its own confidence interval."""


class DisagreesWithInterval(CannotCompute):
    """The effect is not in the middle of its confidence interval, by more than rounding explains."""


class UncertaintiesDisagree(CannotCompute):
    """A variance and a standard error of one effect that do not belong together."""


class OutOfRange(CannotCompute):
    """Numbers so large or small that the result is no finite number."""


def number(name, value):
    """`value` as a finite float; raises MissingNumber or NotANumber."""
    if value is None or value == "":
        raise MissingNumber(name, f"The {name} is missing", "Enter it, or choose another way to compute the effect")
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        raise NotANumber(name, f"The {name} is not a number: {value!r}", "Enter it in digits")
    try:
        result = float(value)
    except (OverflowError, ValueError):  # an int beyond every float; a signalling NaN
        result = math.nan
    if not math.isfinite(result):
        raise NotANumber(name, f"The {name} is not a finite number", "Enter it in digits")
    return result


def direction(name, value):
    """A yes or no that an effect's sign hangs on; raises MissingNumber for anything but True and False."""
    if value is not True and value is not False:
        raise MissingNumber(name, f"It is not said {name}", "Answer yes or no; without it the effect has no sign")
    return value


def spread(name, value):
    """A standard deviation, as a float; raises NegativeSpread below zero."""
    result = number(name, value)
    if result < 0:
        raise NegativeSpread(
            name, f"The {name} is negative ({result:g})", "Check whether a mean or a difference was entered instead"
        )
    return result


def people(name, value, least=2):
    """A number of people, as a float: whole, or not where it is an effective sample size."""
    result = number(name, value)
    if result > MOST_PEOPLE:
        raise ImpossibleCount(name, f"The {name} is {result:g}, more people than live", "Check its digits")
    if result < least:
        raise TooFewPeople(
            name,
            f"The {name} is {result:g}, and at least {least} are needed",
            "Check it against the report; a study this small has no variance to weigh it by",
        )
    return result


def events(name, value, among, of):
    """A number of people with the event, among `of` people in the arm named `among`, as a float."""
    result = number(name, value)
    if not 0 <= result <= of:
        raise ImpossibleCount(
            name,
            f"The {name} is {result:g}, which is not between 0 and the {among} ({of:g})",
            "Check whether the two were swapped, or a percentage was entered for a count",
        )
    return result


def effective_sizes(*counts):
    """What a count that is not whole is taken for, as a sentence to record; empty when all are whole."""
    if all(count == int(count) for count in counts):
        return ()
    return ("Numbers that are not whole are effective numbers, already adjusted for clustering.",)
