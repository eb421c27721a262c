"""Columns that several tables have."""

from django.utils.translation import gettext_lazy as _

from toolkits.payloads import Source
from toolkits.public.open_data.columns import Column, key, text

NOWHERE = Source(url="")


def record(about):
    """The permanent record number, as the key of a table."""
    return key("record", about, "page.record")


def published():
    """The version of a record, where it stays, when and why it came."""
    return (
        key("version", _("The number of the published version, from 1."), "page.version"),
        Column(
            "permanent_address",
            "uri",
            _("The address of exactly this version, which never changes: cite this one."),
            lambda at: at.version_address(),
            required=True,
        ),
        Column(
            "first_published",
            "datetime",
            _("When the record was first published (UTC)."),
            "page.first_published_at",
            required=True,
        ),
        Column(
            "published",
            "datetime",
            _("When readers were last told of a change (UTC)."),
            "page.published_at",
            required=True,
        ),
        text("change", _("Why it last changed: first, study, method, correction or wording."), "page.change"),
        text("change_note", _("What changed, in words."), "page.note"),
        text("digest", _("The SHA-256 of the published document, as the portal stores it."), "page.digest"),
    )


def source(of):
    """Where facts were seen; `of(at)` is a payloads.Source or None."""
    return (
        text("source", _("The address where this was seen."), lambda at: (of(at) or NOWHERE).url),
        text("source_note", _("What else is to be known of the source."), lambda at: (of(at) or NOWHERE).note),
        text(
            "source_copy_on",
            _("The site it was read on, where that is not the centre's own."),
            lambda at: (of(at) or NOWHERE).copy_on,
        ),
    )
