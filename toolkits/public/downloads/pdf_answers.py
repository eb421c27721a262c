"""A PDF as an answer: named after the page and its exact version."""

from django.http import HttpResponse
from django.utils.text import slugify


def pdf_answer(page, file):
    """The response that gives out `file`, the bytes of the PDF of `page`."""
    response = HttpResponse(file, content_type="application/pdf")
    name = f"{slugify(page.title)[:80]}_{page.record}-v{page.version}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
