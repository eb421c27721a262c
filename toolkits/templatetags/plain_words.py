"""Addresses, dates and numbers as people read them."""

import datetime
import re

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def bare_address(url):
    """An address without scheme, `www.` and the last slash."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


@register.filter
def partial_date(text):
    """A date known to the year, month or day (`2020`, `2022-12`, `2024-04-30`) in words.

    Anything else is given back as it is: it was published as text.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if not match:
        return text
    year, month, day = match.groups()
    if month is None:
        return year
    try:
        date = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return text
    return formats.date_format(date, "j F Y" if day else "F Y")


@register.filter
def term_names(terms):
    """The names of some terms of a vocabulary as one list of words."""
    return ", ".join(term.name for term in terms)


@register.filter
def true_minus(number):
    """A number in figures (`-0.12`) with the minus sign that a screen reader says."""
    return re.sub(r"^-", "\N{MINUS SIGN}", str(number))


@register.filter
def pounds(amount):
    """An amount of money: `£1,500`, `£12.50`. Text keeps its decimals as published; a computed number is rounded to
    whole pounds, or to pence below ten."""
    text = amount if isinstance(amount, str) else f"{amount:.{2 if 0 < amount < 10 else 0}f}"
    whole, point, pence = text.partition(".")
    return f"£{int(whole):,}{point}{pence}"


@register.filter
def grouped(number):
    """A whole number with its thousands apart: `137,000,000`."""
    return formats.number_format(number, force_grouping=True)
