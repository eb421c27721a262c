"""In front of everything: each request gets an id, and a line in the log; where metrics are wanted, it is counted.

Nothing of a reader is written: no address, no query, and not the path, which may be somebody's key. A route is the
name of an address (`public:intervention`), of which there are some hundreds. Who is signed in stands in the lines of the
editorial side, by number: so what was refused them (403, 404) can be found.
"""

import logging
import os
import re
from time import perf_counter

from django.conf import settings

from toolkits.public.kept.note import KEY, Note

log = logging.getLogger("whatworks.requests")

# What a proxy may send: anything else could write lines of its own into a log.
GOOD_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
LINE = "%(method)s %(route)s %(status)s %(ms)s ms %(request_id)s"
UNKNOWN = "none"  # of an address that leads nowhere, whatever was asked for


def note_route(get_response):
    """Middleware: note the name of the address that Django found, and the request's id where errors look for it."""

    def middleware(request):
        response = get_response(request)
        note, match = request.environ.get(KEY), request.resolver_match
        if note is not None and match is not None:
            note.route = match.view_name
            # Looked at and not asked for: to ask would read the session of whoever reads a public page.
            note.person = getattr(getattr(request, "_cached_user", None), "pk", None)
        return response

    return middleware


class Noted:
    """A WSGI application: `application`, with an id for each request, a line in the log, and a count.

    `trust_id`: take the id from X-Request-ID, where the proxy in front overwrites it. `count(note, seconds)` is called
    with each finished Note; None: nothing is counted. The time is that until the answer begins, so that a file which the
    server sends by itself, or a slow reader, is not in it.
    """

    def __init__(self, application, *, trust_id=False, count=None, static="/static/"):
        self._application = application
        self._trust_id = trust_id
        self._count = count
        self._static = static

    def __call__(self, environ, start_response):
        began = perf_counter()
        note = environ[KEY] = Note(self._id(environ))

        def start(status, headers, exc_info=None):
            note.status = int(status[:3])
            return start_response(status, [*headers, ("X-Request-ID", note.request_id)], exc_info)

        try:
            response = self._application(environ, start)
        except Exception:
            note.status = 500
            raise
        finally:
            self._write(environ, note, perf_counter() - began)
        return response

    def _id(self, environ):
        sent = environ.get("HTTP_X_REQUEST_ID", "") if self._trust_id else ""
        return sent if GOOD_ID.fullmatch(sent) else os.urandom(8).hex()

    def _write(self, environ, note, seconds):
        if not note.route:
            note.route = "static" if environ["PATH_INFO"].startswith(self._static) else UNKNOWN
        if self._count is not None:
            self._count(note, seconds)
        # A healthy answer to who only asks whether we are alive says nothing, every few seconds.
        if log.isEnabledFor(logging.INFO) and (note.route != "healthz" or note.status != 200):
            number = note.number.decode() if isinstance(note.number, bytes) else note.number
            fields = {
                "request_id": note.request_id,
                "method": method(environ),
                "route": note.route,
                "status": note.status,
                "ms": round(seconds * 1000, 2),
                "kept": note.kept,
                "publication": int(number) if number else None,
            }
            if note.person is not None:
                fields["person"] = note.person
            if note.stale:
                fields["stale"] = True
            # Made here: to look up which line of the code logs would cost a kept answer more than the rest of this.
            record = logging.LogRecord(log.name, logging.INFO, __file__, 0, LINE, (fields,), None)
            record.fields = fields
            log.handle(record)


METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})


def method(environ):
    """The method of a request; one that nobody knows is the sender's own word, so it is not repeated."""
    return environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"


def note_requests(application):
    """`application` with its requests noted, by the settings."""
    count = None
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from whatworks.metrics import count_request as count
    return Noted(application, trust_id=settings.TRUST_REQUEST_ID, count=count, static=settings.STATIC_URL)
