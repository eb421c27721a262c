"""Which addresses a frozen copy has, and the file each of them becomes."""

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

from django.urls import reverse

from toolkits import published
from toolkits.languages import stored
from toolkits.models import PublishedPage, PublishedVersion, Redirect
from toolkits.public.sitemaps import FIXED, PRIVATE

# What asks a person something, or answers what only a server can know.
NEEDS_A_SERVER = (*PRIVATE, "/accounts/", "/search/", "/healthz", "/readyz")
# One of these alone may stand after the question mark: an unfiltered list page by page, its views, and downloads.
KEPT_PARAMETERS = {"page", "view", "format", "file", "download"}
ENDINGS = {
    "text/html": ".html",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "application/json": ".json",
    "application/ld+json": ".jsonld",
    "application/x-bibtex": ".bib",
    "application/x-research-info-systems": ".ris",
    "application/vnd.citationstyles.csl+json": ".json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
NOT_KEPT = "/not-in-this-copy/"


class Scope:
    """What belongs to the copy: with or without PDF, and everything or only what begins with one of `only`."""

    def __init__(self, *, pdf=False, only=()):
        self.pdf, self.only = pdf, tuple(only)

    def has(self, address):
        """Whether the copy has an address of this site (`/path/?query`)."""
        parts = urlsplit(address)
        path = stored(parts.path)
        if path.startswith(NEEDS_A_SERVER) or path.endswith("/compare/"):
            return False
        if self.only and not path.startswith((*self.only, "/static/")) and stored(address) != "/":
            return False
        asked = parse_qsl(parts.query, keep_blank_values=True)
        if not asked:
            return True
        names = [name for name, _value in asked]
        return len(names) == 1 and set(names) <= KEPT_PARAMETERS and (self.pdf or asked[0] != ("format", "pdf"))

    def seeds(self):
        """Every address that the copy begins with; what these lead to is found by reading them."""
        return (address for address in _seeds() if self.has(address))


def _seeds():
    for name in FIXED:
        yield reverse(f"public:{name}")
    for name in ("sitemap", "robots", "feed", "corrections_feed", "catalogue", "api_description"):
        yield reverse(f"public:{name}")
    for path, record in PublishedPage.objects.order_by("record").values_list("path", "record").iterator():
        yield path
        yield reverse("public:record", args=[record])
        yield reverse("public:record_feed", args=[record])
        yield f"/api/v1/records/{record}"
    for record, version in PublishedVersion.objects.order_by("record", "version").values_list("record", "version"):
        yield reverse("public:record_version", args=[record, version])
    yield from Redirect.objects.order_by("path").values_list("path", flat=True)
    studies, _with_syntheses = published.studies_changed()
    yield from (reverse("public:study", args=[study]) for study in sorted(studies))


def file_of(address, content_type):
    """The file (PurePosixPath) for what `address` answers: a folder's index, or a name with the ending of its type.

    A query becomes a part of the name: `/interventions/?page=2` is `interventions/page-2/index.html`.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    ending = ENDINGS.get(content_type.partition(";")[0].strip(), "")
    if parts.query:
        name = re.sub(r"[^A-Za-z0-9.]+", "-", unquote(parts.query)).strip("-")
        if len(name) > 80:
            name = hashlib.sha256(parts.query.encode()).hexdigest()[:16]
        path = f"{path}/{name}".strip("/") + ("" if ending == ".html" else ending)
        return PurePosixPath(path, "index.html") if ending == ".html" else PurePosixPath(path)
    if parts.path.endswith("/"):
        return PurePosixPath(path, f"index{ending or '.html'}")
    # A file beside a folder of the same name cannot be: /api/v1/records/1 has /api/v1/records/1/versions below it.
    return PurePosixPath(path if PurePosixPath(path).suffix else f"{path}{ending}")
