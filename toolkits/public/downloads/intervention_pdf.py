"""An intervention's page as PDF: A4, tagged (PDF/UA-1), the same bytes for the same version, notices and syntheses."""

from toolkits.public.downloads.intervention_sheet import sheet
from toolkits.public.downloads.typesetting import pdf


def intervention_pdf(page, *, address, today, others=(), reasons=(), syntheses=()):
    """The PDF of `page` as bytes.

    `page` has .document (payloads.Intervention), .version, .published_at (aware datetime), .digest,
    .record, .change_label, .note, .state and .corrected; `address` is the absolute permanent address of
    exactly this version, `today` the day by which it is told whether it may be out of date. `others` are the same
    idea as other centres rate it (each with .page and .relation), `reasons` why they differ, `syntheses` the
    live pages of syntheses that lead to it. The words around the facts are in the active language, which the address
    decides: a version has one file in each.
    """
    data = sheet(page, address=address, today=today, others=others, reasons=reasons, syntheses=syntheses)
    return pdf("intervention.typ", data, timestamp=page.published_at)
