"""What every snapshot needs: links to owners, sources, lists of points."""

import re
from urllib.parse import urlsplit

from toolkits import payloads

# A journal's permanent address is where the report itself was published, not a copy of it.
PUBLISHERS = {"doi.org", "dx.doi.org"}


def points(text):
    """The points of a text that holds one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def parts(text):
    """The parts of a cell that separates them by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def link(record, *, name=""):
    """A payloads.Link to a working row that has a slug; `name` where it has another than its own `name`."""
    return payloads.Link(record=record.pk, slug=record.slug, name=name or record.name)


def centre_link(centre):
    """A payloads.CentreLink to a working centre."""
    return payloads.CentreLink(
        record=centre.pk, slug=centre.slug, name=centre.name, short_name=centre.short_name, accent=centre.accent
    )


def _host(url):
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")


def source(text, *, website=""):
    """The payloads.Source in `text`: an address, and whatever stands after it.

    `website` is the owner's own site: an address on another site is marked as a copy there.
    """
    match = re.fullmatch(r"(https?://\S+)\s*(.*)", text.strip(), re.DOTALL)
    if not match:
        return payloads.Source(url="", note=text.strip())
    url, note = match.groups()
    host, own = _host(url), _host(website)
    is_own = not own or host == own or host.endswith(f".{own}") or host in PUBLISHERS
    return payloads.Source(url=url, note=note.strip("() "), copy_on="" if is_own else host)


def sources(text, *, website=""):
    """The sources in a cell that separates them by semicolons."""
    return [source(part, website=website) for part in parts(text)]


def in_welsh(document, **said):
    """The payloads.Welsh of a working row that says so much in Welsh; None where that is nothing."""
    if not any(said.values()):
        return None
    return payloads.Welsh(**said, on=document.welsh_on, state=document.welsh_state)
