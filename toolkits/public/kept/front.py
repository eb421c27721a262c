"""The WSGI layer in front of Django that gives kept answers again.

An answer is kept where it is a public page (`answers.CACHE_CONTROL` says so, and nothing but a public view
does), whole, with status 200 and its own strong tag, sets no cookie, and depends on nothing but its address,
the host and whether it is compressed. Everything else passes through untouched: what Django answered for
anyone signed in, every error, every stream.

A request first reads the publication number, then looks for what was made since it last changed. So one that
began after a `publish` returned never gets an older answer, in whatever process it is answered.
"""

import datetime
import logging
import sys

import psycopg
from django.conf import settings
from django.db import connections
from django.utils import timezone

from toolkits.models.publishing import PublicationCounter
from toolkits.public import index
from toolkits.public.answers import CACHE_CONTROL
from toolkits.public.kept.encoding import accepts_gzip, matches
from toolkits.public.kept.note import KEY, Note
from toolkits.public.kept.number import PublicationNumber
from toolkits.public.kept.store import Answer, Store, Turns

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 2_000  # characters; nobody asks for the same longer one again
OF_ONE_REQUEST = {"date", "connection", "x-request-id"}
OF_A_BODY = {"content-length", "content-type", "content-encoding"}


def canonical_query(query):
    """A query string with its parameters by name; those of one name keep their order, which may matter."""
    if "&" not in query:
        return query
    return "&".join(sorted(query.split("&"), key=lambda pair: pair.partition("=")[0]))


def next_midnight():
    """When today ends, in seconds since 1970: who is a member depends on the day."""
    now = timezone.localtime()
    tomorrow = datetime.datetime.combine(now.date() + datetime.timedelta(days=1), datetime.time.min, now.tzinfo)
    return tomorrow.timestamp()


def may_be_kept(status, headers):
    """Whether an answer of Django's is the same for everyone who asks for its address; `headers` by lower-case name."""
    vary = {name.strip().lower() for name in headers.get("vary", "").split(",")} - {""}
    return (
        status.startswith("200 ")
        and headers.get("cache-control") == CACHE_CONTROL
        and headers.get("etag", "").startswith('"')
        and "content-length" in headers
        and "set-cookie" not in headers
        and vary <= {"accept-encoding"}
    )


def as_kept(headers, body, until, route=""):
    """The Answer with these headers and body. Header texts are shared between all answers that have them."""
    shared = [(sys.intern(name), sys.intern(value)) for name, value in headers if name.lower() not in OF_ONE_REQUEST]
    etag = next(value for name, value in shared if name.lower() == "etag")
    return Answer(headers=tuple(shared), body=body, etag=etag, until=until, route=route)


def reply(answer, environ, start_response):
    """Give a kept answer: 304 where the reader has it already, and no body for HEAD."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None and matches(tags, answer.etag):
        start_response("304 Not Modified", [pair for pair in answer.headers if pair[0].lower() not in OF_A_BODY])
        return []
    start_response("200 OK", list(answer.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


class _Said:
    """Stands in for start_response, and holds what was said."""

    status, headers = "", ()

    def __call__(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers


def _close(response):
    close = getattr(response, "close", None)
    if close:
        close()


class KeptAnswers:
    """A WSGI application: `application`, with its public answers kept in `store`.

    `read_number()` returns the publication number and raises psycopg.OperationalError where it cannot; `never`
    are the beginnings of paths that are not even looked for; `proxy_header` is the key in a WSGI environment
    of the header by which a proxy says https, if any.
    """

    def __init__(self, application, store, read_number, *, never=(), proxy_header=""):
        self._application = application
        self.store = store
        self._read_number = read_number
        self._never = tuple(never)
        self._proxy_header = proxy_header
        self._turns = Turns()

    def __call__(self, environ, start_response):
        key, query = self._address(environ)
        number = self._number() if key else None
        if number is None:
            return self._application(environ, start_response)
        note = environ.get(KEY) or Note("")
        note.number = number
        answer = self.store.get(key, number)
        if answer is not None:
            return self._again(answer, note, environ, start_response)
        turn = (key, number)
        mine = self.store.limit > 0 and self._turns.take(turn)
        try:
            # Another thread's turn may have ended since: with an answer, or with one that is not kept.
            answer = None if mine else self.store.get(key, number)
            if answer is None:
                return self._ask(key, number, {**environ, "QUERY_STRING": query}, note, start_response)
        finally:
            if mine:
                self._turns.give(turn)
        return self._again(answer, note, environ, start_response)

    def _again(self, answer, note, environ, start_response):
        """Give a kept answer, and note that it was one."""
        note.route, note.kept = answer.route, True
        return reply(answer, environ, start_response)

    def _ask(self, key, number, environ, note, start_response):
        """Have Django answer, and keep that where it may be kept. HEAD is asked as GET, so that both agree."""
        until, said = next_midnight(), _Said()
        response = self._application({**environ, "REQUEST_METHOD": "GET"}, said)
        if not may_be_kept(said.status, {name.lower(): value for name, value in said.headers}):
            start_response(said.status, said.headers)
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(response)
                return []
            return response
        try:
            body = b"".join(response)
        finally:
            _close(response)
        answer = as_kept(said.headers, body, until, note.route)
        self.store.put(key, number, answer)
        return reply(answer, environ, start_response)

    def _address(self, environ):
        """(key, canonical query) of what is asked for; an empty key where it is not looked for at all."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if (
            environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
            or path.startswith(self._never)
            or len(path) + len(query) > LONGEST_ADDRESS
        ):
            return "", query
        query = canonical_query(query)
        # The path last: only it was decoded, so only it may contain a line end.
        key = "\n".join(
            (
                "gzip" if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
                environ["wsgi.url_scheme"],
                environ.get(self._proxy_header, ""),
                environ.get("HTTP_HOST", ""),
                environ.get("SCRIPT_NAME", ""),
                query,
                path,
            )
        )
        return key, query

    def _number(self):
        """The publication number; None where the database does not say, which Django will answer for."""
        try:
            return self._read_number()
        except psycopg.OperationalError:
            logger.warning("The publication number could not be read, so no kept answer was given.", exc_info=True)
            return None


def keep_answers(application, *, never):
    """`application` (Django) behind kept answers, by the settings; paths that begin with `never` go straight to it."""
    store = Store(settings.ANSWER_CACHE_BYTES)

    def connect():
        parameters = connections["default"].get_connection_params()
        return psycopg.connect(**{**parameters, "autocommit": True})

    def lost():
        store.forget()
        index.forget()

    number = PublicationNumber(connect, PublicationCounter._meta.db_table, lost)
    proxy_header = (settings.SECURE_PROXY_SSL_HEADER or [""])[0]
    return KeptAnswers(application, store, number.read, never=never, proxy_header=proxy_header)
