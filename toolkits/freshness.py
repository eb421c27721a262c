"""What is too old: one "today" for every such question, and the arithmetic with it.

A day that is not recorded is never too old: its absence is said elsewhere.
"""

import calendar
import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A review that is late by less is the editors' business alone.
REVIEW_GRACE_MONTHS = 6
# How long a page tells of a changed conclusion before anything else.
CORRECTION_DAYS = 90


def today():
    """The day that it is where the network is, whatever time zone is active."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def months_later(day, months):
    """The same day `months` later; the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first, last):
    """How many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_later(first, months) <= last else months - 1


def is_stale(last_searched, on):
    """Whether a search that ended on `last_searched` is too old on the day `on`."""
    return last_searched is not None and months_later(last_searched, settings.STALE_MONTHS) < on


def is_overdue(next_review, on):
    """Whether a review due on `next_review` is so late on the day `on` that the public is told."""
    return next_review is not None and months_later(next_review, REVIEW_GRACE_MONTHS) < on


@dataclass(frozen=True)
class OutOfDate:
    """Why a page may be out of date: in short for a row, and in sentences for its page."""

    labels: tuple[str, ...]
    sentences: tuple[str, ...]


def _age(day, on):
    """(years, months) since a day: months only where it is less than a year."""
    months = months_between(day, on)
    return divmod(months, 12) if months >= 12 else (0, months)


def _searched(day, on):
    years, months = _age(day, on)
    ended = date_format(day, "F Y")
    if years:
        label = ngettext("Search over %(n)s year old", "Search over %(n)s years old", years)
        sentence = ngettext(
            "The search for studies is over %(n)s year old: it ended in %(month)s; newer studies may exist.",
            "The search for studies is over %(n)s years old: it ended in %(month)s; newer studies may exist.",
            years,
        )
        number = apnumber(years)
    else:
        label = ngettext("Search over %(n)s month old", "Search over %(n)s months old", months)
        sentence = ngettext(
            "The search for studies is over %(n)s month old: it ended in %(month)s; newer studies may exist.",
            "The search for studies is over %(n)s months old: it ended in %(month)s; newer studies may exist.",
            months,
        )
        number = apnumber(months)
    return label % {"n": number}, sentence % {"n": number, "month": ended}


def _reviewed(day):
    due = {"month": date_format(day, "F Y")}
    return (
        _("Review overdue since %(month)s") % due,
        _("It was due to be reviewed in %(month)s, and no review is recorded here.") % due,
    )


def out_of_date(document, on):
    """The OutOfDate of an intervention (payloads.Intervention) on a day, or None where it is as new as it says."""
    found = []
    if is_stale(document.last_searched, on):
        found.append(_searched(document.last_searched, on))
    if is_overdue(document.next_review, on):
        found.append(_reviewed(document.next_review))
    if not found:
        return None
    labels, sentences = zip(*found, strict=True)
    return OutOfDate(labels=labels, sentences=sentences)


def is_recent(moment, on):
    """Whether `moment` lies less than CORRECTION_DAYS before the day `on`."""
    day = timezone.localdate(moment, timezone=timezone.get_default_timezone())
    return (on - day).days < CORRECTION_DAYS
