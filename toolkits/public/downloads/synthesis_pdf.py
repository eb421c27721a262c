"""A synthesis's page as PDF: A4, tagged (PDF/UA-1), the same bytes for the same version."""

from toolkits.public.downloads.synthesis_sheet import sheet
from toolkits.public.downloads.typesetting import pdf


def synthesis_pdf(page, *, address):
    """The PDF of `page` (its .document a payloads.Synthesis) as bytes; `address` is that of exactly this version.

    The words are in the active language, which the address decides: a version has one file in each.
    """
    return pdf("synthesis.typ", sheet(page, address=address), timestamp=page.published_at)
