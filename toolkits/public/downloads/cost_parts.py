"""The published costs of an intervention in print: each figure as it was published, and in the prices of one year."""

from django.utils.translation import gettext as _

from toolkits.public.cost_figures import as_published, converted, pounds
from toolkits.public.downloads import parts


def cost_blocks(document):
    """Blocks of `downloads.parts`: a table of the figures, a sentence and the source of each; none without figures."""
    found = converted(document)
    if found is None:
        return []
    head = [
        _("What is paid for"),
        _("Figure, as published"),
        _("In later prices"),
        _("What is in it, and who pays"),
    ]
    rows, whence = [], []
    for cost, figure in zip(document.cost_figures, found.figures, strict=True):
        payer = cost.paid_by or _("not recorded here")
        paid_by = _("Paid by: {payer}.").format(payer=payer)
        rows.append(
            [
                cost.label,
                f"{as_published(cost)}.",
                converted_words(figure),
                f"{parts.sentence(cost.includes)} {paid_by}",
            ]
        )
        sure = _("{label}. How sure: {confidence}. {reason}").format(
            label=cost.label, confidence=cost.confidence, reason=cost.confidence_reason
        )
        source = parts.source(cost.source)
        whence.append(parts.block([parts.text(parts.sentence(sure) + " "), *source]))
    return [parts.table(head, rows, [4, 5, 4, 6]), *whence, parts.paragraph(rule_words(found))]


def converted_words(figure):
    """A cost_figures.Figure in a line: whole pounds and the year of their prices, or why there are none."""
    if figure.why_not:
        return parts.sentence(str(figure.why_not))
    amount = pounds(str(figure.low))
    if figure.high is not None:
        amount = _("{low} to {high}").format(low=amount, high=pounds(str(figure.high)))
    return f"{amount} ({figure.year})"


def rule_words(found):
    """How a cost_figures.Converted was converted."""
    return _(
        "Converted: the published figure × the GDP deflator of the year in brackets ÷ that of its price year, rounded to "
        "whole pounds. Deflators: HM Treasury, {edition}."
    ).format(edition=found.edition)
