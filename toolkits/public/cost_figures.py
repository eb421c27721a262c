"""The published costs of an intervention in the prices of one year, or why a figure is not converted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence import prices


@dataclass(frozen=True)
class Figure:
    """A cost in other prices: whole pounds (`low` to `high`, where that is a range), or `why_not`."""

    label: str
    unit: str
    low: int = 0
    high: int | None = None
    price_year: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Converted:
    """All costs of an intervention in prices of `year`, which is one of `years`."""

    year: str
    years: tuple
    figures: list
    edition: str = prices.EDITION
    source: str = prices.SOURCE
    base_year: str = prices.BASE_YEAR


def _figure(cost, year):
    if not cost.price_year:
        return Figure(cost.label, cost.unit, why_not=_("no price year is recorded, so the figure is not converted"))
    try:
        factor = prices.factor(cost.price_year, year)
    except prices.NotConverted as missing:
        words = _("%(year)s: no deflator recorded here, so the figure is not converted") % {"year": missing.year}
        return Figure(cost.label, cost.unit, price_year=cost.price_year, why_not=words)
    high = round(float(cost.amount_to) * factor) if cost.amount_to else None
    return Figure(cost.label, cost.unit, round(float(cost.amount) * factor), high, cost.price_year)


def converted(document, year=prices.YEARS[-1]):
    """The Converted of an intervention (payloads.Intervention); None where it has no cost in figures."""
    if not document.cost_figures:
        return None
    return Converted(year, prices.YEARS[::-1], [_figure(cost, year) for cost in document.cost_figures])
