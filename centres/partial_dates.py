"""Dates of which only the year, or the year and month, is known: `2013`, `2013-03`, `2013-03-05`.

A start means the first day of that year or month, an end its last, so that "was it a member on that
day?" has one answer.
"""

import calendar
import datetime
import re

PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


def is_partial_date(text):
    """Whether `text` is a year, a month of a year, or a day that exists."""
    if not re.fullmatch(PATTERN, text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def _parts(text):
    return [int(part) for part in text.split("-")]


def first_day(text):
    """The first day that `text` can mean, as a date; ValueError when it is no partial date."""
    year, month, day = (*_parts(text), 1, 1)[:3]
    return datetime.date(year, month, day)


def last_day(text):
    """The last day that `text` can mean, as a date; ValueError when it is no partial date."""
    parts = _parts(text)
    if len(parts) == 3:
        return datetime.date(*parts)
    year, month = (*parts, 12)[:2]
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
