"""Numbers as they are stored in a document."""

from evidence.metrics import METRICS
from toolkits import payloads

QUANTILE = 1.959963984540054  # of the normal distribution, for 95 %


def text(number):
    """A number as stored: ten significant digits, which no two machines round differently; empty for None."""
    return "" if number is None else format(number + 0.0, ".10g")


def shown(metric, value, low=None, high=None):
    """A payloads.Interval of numbers on the pooled scale, as readers see them."""
    see = METRICS[metric].display
    return payloads.Interval(*("" if number is None else text(see(number)) for number in (value, low, high)))


def interval_of(metric, effect, variance):
    """A study's own effect with its 95 % range, as shown."""
    reach = QUANTILE * variance**0.5
    return shown(metric, effect, effect - reach, effect + reach)
