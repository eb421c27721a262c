"""A synthesis's page as PDF: A4, tagged (PDF/UA-1), the same bytes for the same version."""

from django.utils import translation

from toolkits.public.downloads.synthesis_sheet import sheet
from toolkits.public.downloads.typesetting import pdf


def synthesis_pdf(page, *, address):
    """The PDF of `page` (its .document a payloads.Synthesis) as bytes; `address` is that of exactly this version.

    The words are in the language of the page, not of whoever asks: a version has one file.
    """
    with translation.override(page.language):
        data = sheet(page, address=address)
    return pdf("synthesis.typ", data, timestamp=page.published_at)
