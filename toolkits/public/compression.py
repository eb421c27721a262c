"""Compression: as Django's own, but a public page keeps a strong tag, one for each form.

Django's pads every compressed form at random, so that nobody can guess a secret in it by its length, and has
to weaken its tag. A public page holds no secret, and its compressed form is the same bytes in every process.
"""

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from toolkits.public.answers import CACHE_CONTROL
from toolkits.public.kept.encoding import accepts_gzip, compressed_tag, plain_tags

SMALLEST = 200  # bytes; less is hardly shorter when compressed
TEXT = ("text/", "application/xml", "application/atom+xml", "application/json", "application/ld+json", "image/svg+xml")


def _whole_public_page(response):
    return (
        not response.streaming
        and response.headers.get("Cache-Control") == CACHE_CONTROL
        and response.headers.get("ETag", "").startswith('"')
    )


class Compression(GZipMiddleware):
    """Compresses what goes out; see the module for what is special about public pages."""

    def process_request(self, request):
        """Translate the tag of a compressed form, where the reader takes one, to the tag the view knows."""
        tags = request.META.get("HTTP_IF_NONE_MATCH")
        if tags and self._accepted(request):
            request.META["HTTP_IF_NONE_MATCH"] = plain_tags(tags)
            request.tags_as_sent = tags

    def process_response(self, request, response):
        """Compress the answer where that is possible and worth it."""
        if not _whole_public_page(response):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        etag = response.headers["ETag"]
        if response.status_code == 304:
            # Of the two forms, the one the reader has.
            if compressed_tag(etag) in getattr(request, "tags_as_sent", ""):
                response.headers["ETag"] = compressed_tag(etag)
            # CommonMiddleware counted the body it has not, and not that of the answer it stands for.
            response.headers.pop("Content-Length", None)
            return response
        if (
            self._accepted(request)
            and len(response.content) >= SMALLEST
            and response.headers.get("Content-Type", "").startswith(TEXT)
        ):
            response.content = compress_string(response.content)
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Content-Encoding"] = "gzip"
            response.headers["ETag"] = compressed_tag(etag)
        return response

    def _accepted(self, request):
        return accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
