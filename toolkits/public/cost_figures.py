"""The published costs of an intervention: in words, and in the prices of one year or why a figure is not converted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence import prices


@dataclass(frozen=True)
class Figure:
    """A cost in other prices: whole pounds (`low` to `high`, where that is a range), or `why_not`.

    `year` is that of the new prices: calendar or financial, as `price_year` is.
    """

    label: str
    unit: str
    low: int = 0
    high: int | None = None
    price_year: str = ""
    why_not: str = ""
    year: str = ""


@dataclass(frozen=True)
class Converted:
    """All costs of an intervention in prices of `year`, which is one of `years`, or of the financial year it begins in."""

    year: str
    years: tuple
    figures: list
    edition: str = prices.EDITION
    source: str = prices.SOURCE
    base_year: str = prices.BASE_YEAR
    base_financial_year: str = prices.BASE_FINANCIAL_YEAR
    first_financial_year: str = next(iter(prices.FINANCIAL_DEFLATORS))


def units():
    """What a figure is of, in words."""
    return {
        "pupil": _("per pupil"),
        "person": _("per person"),
        "family": _("per family"),
        "place": _("per place"),
        "group": _("per group"),
    }


def pounds(amount):
    """Text of a number as an amount of money, with its decimals as published: `£1,500`, `£12.50`."""
    whole, point, pence = amount.partition(".")
    return f"£{int(whole):,}{point}{pence}"


def as_published(cost):
    """A payloads.Cost as published: `£12.50 to £20 per pupil, once, in prices of 2023-24`."""
    amount = pounds(cost.amount)
    if cost.amount_to:
        amount = _("{low} to {high}").format(low=amount, high=pounds(cost.amount_to))
    often = _("once") if cost.timing == "once" else _("every year")
    year = (
        _("in prices of {year}").format(year=cost.price_year)
        if cost.price_year
        else _("in whose prices is not recorded here")
    )
    return f"{amount} {units()[cost.unit]}, {often}, {year}"


def in_words(cost):
    """A payloads.Cost with what it is for and how sure it is, for a cell."""
    return _("{label}: {quantity}, how sure: {confidence}").format(
        label=cost.label, quantity=as_published(cost), confidence=cost.confidence
    )


def _figure(cost, year):
    if not cost.price_year:
        return Figure(cost.label, cost.unit, why_not=_("no price year is recorded, so the figure is not converted"))
    try:
        to_year = prices.beside(cost.price_year, year)
        factor = prices.factor(cost.price_year, to_year)
    except prices.NotConverted as missing:
        words = _("%(year)s: no deflator recorded here, so the figure is not converted") % {"year": missing.year}
        return Figure(cost.label, cost.unit, price_year=cost.price_year, why_not=words)
    high = round(float(cost.amount_to) * factor) if cost.amount_to else None
    return Figure(cost.label, cost.unit, round(float(cost.amount) * factor), high, cost.price_year, year=to_year)


def converted(document, year=prices.YEARS[-1]):
    """The Converted of an intervention (payloads.Intervention); None where it has no cost in figures."""
    if not document.cost_figures:
        return None
    return Converted(year, prices.YEARS[::-1], [_figure(cost, year) for cost in document.cost_figures])
