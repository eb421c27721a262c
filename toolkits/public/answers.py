"""How a public page answers: 304 before anything is rendered, and what else an address may lead to.

Browsers keep what they have and ask each time (`no-cache`), with a strong tag that covers this
release, the language, the address and what was published. No answer depends on who asks, so none
varies by a cookie and none sets one.
"""

import hashlib
from functools import cache, wraps
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from toolkits import published

CACHE_CONTROL = "public, no-cache"
CODE = {".py", ".html", ".txt", ".xml", ".svg", ".typ", ".mo"}


@cache
def release():
    """A digest of all that answers are made with besides data: our code, templates, words and static files."""
    packages = [config.path for config in apps.get_app_configs()] + [
        str(settings.BASE_DIR / settings.ROOT_URLCONF.split(".")[0])
    ]
    folders = [path for path in packages if Path(path).parent == settings.BASE_DIR]
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for folder in sorted({*folders, *map(str, settings.TEMPLATES[0]["DIRS"]), *map(str, settings.LOCALE_PATHS)}):
        for path in sorted(settings.BASE_DIR.joinpath(folder).rglob("*")):
            if path.suffix in CODE:
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def tag(request, *parts):
    """A strong ETag for the answer to `request`, which `parts` and nothing else may change."""
    whole = "\0".join(str(part) for part in (release(), get_language(), request.get_full_path(), *parts))
    return f'"{hashlib.sha256(whole.encode(errors="surrogateescape")).hexdigest()[:32]}"'


def conditional(request, parts, respond):
    """304 where the reader has this answer already, else what `respond()` returns, tagged."""
    etag = tag(request, *parts)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = respond()
    if response.status_code in {200, 304}:
        response.headers["ETag"] = etag
    return response


def answer(request, template, context, *, parts):
    """A template with the context that `context()` returns, unless the reader has it already."""
    return conditional(request, parts, lambda: render(request, template, context()))


def without_body(response):
    """`response` as HEAD has it: the headers, and nothing else. A stream is not even begun."""
    if response.streaming:
        response.streaming_content = ()
    else:
        # Its length stays that of what GET would send.
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def public(view):
    """A view that only reads (GET, HEAD), and whose answers are asked for again each time."""

    @require_safe
    @wraps(view)
    def safe(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return without_body(response) if request.method == "HEAD" else response

    return safe


def redirect_to(request, path):
    """301 to `path`, with the query that was asked."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def gone(request, page):
    """410 for a removed record, with the reason."""
    context = {"title": page.title, "reason": page.state_reason, "since": page.state_since, "record": page.record}
    return render(request, "public/gone.html", context, status=410)


def bad_request(request, problems, path):
    """400 with what was wrong in the address, and the way back to `path`."""
    return render(request, "400.html", {"problems": problems, "path": path}, status=400)


def moved(page, path):
    """Where the record that is, or once was, at `path` went; None where its page is to be shown (or is gone).

    Raises Http404 where nothing was ever there.
    """
    if page is not None and page.state != published.State.MERGED:
        return None
    target = published.moved_to(path) if page is None else published.path_of_record(page.merged_into)
    if target is None:
        raise Http404(path)
    return target


def instead(request, page, path, below=""):
    """What to answer instead of a page: 410, or 301 to where it went; None where it is to be shown.

    `below` is what the address has after the page's own. Raises Http404 where nothing was ever there.
    """
    if page is not None and page.state == published.State.REMOVED:
        return gone(request, page)
    target = moved(page, path)
    return redirect_to(request, target + below) if target else None


def page_of(kind, *, below=""):
    """A view of the page of `kind` at the address (up to `below`), called with the page itself."""

    def decorate(view):
        @public
        @wraps(view)
        def found(request, **names):
            path = request.path.removesuffix(below)
            page = published.page_at(path, kind)
            request.record = page.record if page else None
            return instead(request, page, path, below) or view(request, page)

        return found

    return decorate
