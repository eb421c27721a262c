"""The published costs of an intervention in print: each figure as it was published, and in the prices of one year."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.public.cost_figures import converted
from toolkits.public.downloads import parts

UNITS = {
    "pupil": gettext_lazy("per pupil"),
    "person": gettext_lazy("per person"),
    "family": gettext_lazy("per family"),
    "place": gettext_lazy("per place"),
    "group": gettext_lazy("per group"),
}


def cost_blocks(document):
    """Blocks of `downloads.parts`: a table of the figures, a sentence and the source of each; none without figures."""
    found = converted(document)
    if found is None:
        return []
    head = [
        _("What is paid for"),
        _("Figure, as published"),
        _("In prices of {year}").format(year=found.year),
        _("What is in it, and who pays"),
    ]
    rows, whence = [], []
    for cost, figure in zip(document.cost_figures, found.figures, strict=True):
        payer = cost.paid_by or _("not recorded here")
        paid_by = _("Paid by: {payer}.").format(payer=payer)
        rows.append(
            [cost.label, published_words(cost), converted_words(figure), f"{parts.sentence(cost.includes)} {paid_by}"]
        )
        sure = _("{label}. How sure: {confidence}. {reason}").format(
            label=cost.label, confidence=cost.confidence, reason=cost.confidence_reason
        )
        source = parts.source(cost.source)
        whence.append(parts.block([parts.text(parts.sentence(sure) + " "), *source]))
    return [parts.table(head, rows, [4, 5, 4, 6]), *whence, parts.paragraph(rule_words(found))]


def published_words(cost):
    """A payloads.Cost in a line: the amount or range, for whom, how often, in whose prices."""
    amount = pounds(cost.amount)
    if cost.amount_to:
        amount = _("{low} to {high}").format(low=amount, high=pounds(cost.amount_to))
    often = _("once") if cost.timing == "once" else _("every year")
    year = (
        _("in prices of {year}").format(year=cost.price_year)
        if cost.price_year
        else _("in whose prices is not recorded here")
    )
    return f"{amount} {UNITS.get(cost.unit, cost.unit)}, {often}, {year}."


def converted_words(figure):
    """A cost_figures.Figure in a line: whole pounds, or why there are none."""
    if figure.why_not:
        return parts.sentence(str(figure.why_not))
    amount = pounds(str(figure.low))
    return amount if figure.high is None else _("{low} to {high}").format(low=amount, high=pounds(str(figure.high)))


def rule_words(found):
    """How a cost_figures.Converted was converted."""
    return _(
        "Converted: the published figure × the GDP deflator of {year} ÷ that of its price year, rounded to whole pounds. "
        "Deflators: HM Treasury, {edition}."
    ).format(year=found.year, edition=found.edition)


def pounds(amount):
    """Text of a number as an amount of money, with its decimals as published: `£1,500`, `£12.50`."""
    whole, point, pence = amount.partition(".")
    return f"£{int(whole):,}{point}{pence}"
