"""Marks text that stands in another language than its page."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from toolkits.words import parted

register = template.Library()


def _is_another(language):
    return (get_language() or "en").partition("-")[0] != language


@register.filter
def written(text, language="en"):
    """What a centre wrote, to stand in a sentence of ours: marked where the page speaks another language than `language`.

    Of what is in no language (empty) nothing is said.
    """
    if not text or not language or not _is_another(language):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def saying(sentence, texts):
    """A sentence of ours with what it says of `texts` (what centres wrote in English) marked, where the page is not English."""
    if not texts or not _is_another("en"):
        return sentence
    parts = enumerate(parted(str(sentence), texts))
    return mark_safe("".join(written(part) if place % 2 else escape(part) for place, part in parts))


@register.simple_tag
def as_written(language="en"):
    """The attribute of an element whose text a centre wrote, in `language`, where the page speaks another one.

    Of what does not say its language it is English.
    """
    language = language or "en"
    return format_html(' lang="{}"', language) if _is_another(language) else ""
