"""Whom a reader can turn to, and who runs the portal: said by the settings, and the same on every page."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def contact_address():
    """`mailto:` or `https:`, as it stands in a link; empty where nobody was named."""
    return settings.CONTACT


@register.simple_tag
def operator():
    """The name of the organisation that runs the portal, or nothing."""
    return settings.OPERATOR
