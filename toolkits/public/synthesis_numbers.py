"""Numbers of a synthesis as readers read them: rounded, with their unit, and with a proper minus. Pure of data."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.metrics import METRICS

MINUS = "\N{MINUS SIGN}"
DECIMALS = 2  # of an effect
SMALLEST_P = 0.001
# Effects beyond these are written in powers of ten: their digits before the point would be noise.
LARGEST = 1e6


def rounded(text, decimals=DECIMALS):
    """A stored number (`0.236940442`) as `0.24`; what is empty stays empty."""
    if not text:
        return ""
    number = float(text)
    if not math.isfinite(number) or abs(number) >= LARGEST:
        return f"{number:.1e}".replace("-", MINUS)
    if decimals and 0 < abs(number) < 0.5 * 10**-decimals:
        # A ratio or a variance that is rounded to nothing would say that there is none.
        return f"{number:.1g}".replace("-", MINUS)
    written = f"{number:.{decimals}f}"
    return written.replace("-", MINUS) if float(written) else written.lstrip("-")


def p_value(text):
    """A p value as `0.042`, or `below 0.001`."""
    if not text:
        return ""
    number = float(text)
    return _("below %(smallest)s") % {"smallest": SMALLEST_P} if number < SMALLEST_P else f"{number:.3f}"


def span(interval):
    """The range of an interval as `0.10 to 0.37`; empty where it has none."""
    if interval is None or not interval.low or not interval.high:
        return ""
    return _("%(low)s to %(high)s") % {"low": rounded(interval.low), "high": rounded(interval.high)}


def unit_of(document):
    """What a synthesis's numbers are, in words: `standard deviations`, `odds ratio`, `days`."""
    return {
        "SMD": _("standard deviations"),
        "logOR": _("odds ratio"),
        "logRR": _("risk ratio"),
        "COR-z": _("correlation"),
        "MD": document.unit or _("in the outcome's own unit"),
    }[document.metric]


def amount(document, text):
    """A number of a synthesis with its unit: `0.24 standard deviations`, `an odds ratio of 1.46`."""
    number = rounded(text)
    if METRICS[document.metric].ratio or document.metric == "COR-z":
        patterns = {
            "logOR": _("an odds ratio of %(number)s"),
            "logRR": _("a risk ratio of %(number)s"),
            "COR-z": _("a correlation of %(number)s"),
        }
        return patterns[document.metric] % {"number": number}
    return f"{number} {unit_of(document)}"


def nothing_of(document):
    """The value, as shown, that means no difference."""
    return METRICS[document.metric].nothing


def side(document, text):
    """1 where a number, as shown, is on the better side, -1 on the worse, 0 at no difference. With `neither`
    better: 1 for higher."""
    over = float(text) - nothing_of(document)
    sign = (over > 0) - (over < 0)
    return -sign if document.better == "lower" else sign


def settled(document, interval):
    """Whether a range keeps to one side of no difference; None where there is no range."""
    if not interval.low or not interval.high:
        return None
    return float(interval.low) > nothing_of(document) or float(interval.high) < nothing_of(document)


def people(number):
    """`1,234 people`."""
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": f"{number:,}"}
