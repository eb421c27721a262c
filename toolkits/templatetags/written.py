"""Marks text that stands in another language than its page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def as_written(language="en"):
    """The attribute of an element whose text a centre wrote, in `language`, where the page speaks another one.

    Of what does not say its language it is English.
    """
    language = language or "en"
    spoken = (get_language() or "en").partition("-")[0]
    return "" if spoken == language else format_html(' lang="{}"', language)
