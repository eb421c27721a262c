"""A result in units that people use, in sentences, made of its published numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.synthesis_numbers import MINUS, rounded

STATISTICAL = {"smd", "odds-ratio"}  # units that are no plainer than the result itself


@dataclass(frozen=True)
class Plain:
    """A number in a unit that people use: what it is called, and the sentence it makes (None: withheld)."""

    title: str
    sentence: str
    withheld: str
    rule: str
    assumptions: list[str]
    source: object


def first_plain(document):
    """The sentence of the first plain number that has a value."""
    return next(
        (_plain_sentence(number) for number in document.plain if number.value and number.key not in STATISTICAL), ""
    )


def _titles():
    return {
        "percentile": _("Compared with the others"),
        "improvement": _("Improvement index"),
        "odds-ratio": _("As an odds ratio"),
        "smd": _("In standard deviations"),
        "per-cent-reduction": _("Per cent fewer"),
        "needed": _("People to reach for one to benefit"),
        "months-2026-04": _("Months' progress (table of April 2026)"),
        "months-older": _("Months' progress (older table)"),
    }


def _plain_sentence(number):
    """A PlainNumber as a sentence, with its range."""
    value, low, high = number.value, number.low, number.high
    if number.key == "percentile":
        # A share: of a hundred it is read at once.
        value, low, high = (rounded(str(100 * float(end)), 0) if end else "" for end in (value, low, high))
        sentence = _("The average person with it did better than %(value)s in 100 of those without it%(range)s.")
    else:
        decimals = 2 if number.key in {"odds-ratio", "smd"} else 0
        value, low, high = (rounded(end, decimals) for end in (value, low, high))
        sentence = {
            "improvement": _(
                "With it, the average person of those without it would move by %(value)s percentile points%(range)s."
            ),
            "odds-ratio": _("An odds ratio of %(value)s for doing well%(range)s."),
            "smd": _("%(value)s standard deviations%(range)s; above zero is better."),
            "per-cent-reduction": _("%(value)s %% fewer have the outcome%(range)s."),
            "needed": _("About %(value)s %(unit)s%(range)s."),
        }.get(number.key) or _months(value)
    reach = _(" (range %(low)s to %(high)s)") % {"low": low, "high": high} if low and high else ""
    return sentence % {"value": value, "unit": number.unit, "range": reach}


def _months(value):
    return ngettext(
        "%(value)s month of additional progress in a year%(range)s.",
        "%(value)s months of additional progress in a year%(range)s.",
        1 if value in {"1", f"{MINUS}1"} else 2,
    )


def plain_words(number):
    """The Plain of a payloads.PlainNumber."""
    return Plain(
        title=_titles().get(number.key, number.unit),
        sentence=_plain_sentence(number) if number.value else "",
        withheld=number.withheld,
        rule=number.rule,
        assumptions=number.assumptions,
        source=number.source,
    )
