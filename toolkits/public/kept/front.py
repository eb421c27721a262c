"""The WSGI layer in front of Django that gives kept answers again.

An answer is kept where it is a public page (`answers.CACHE_CONTROL` says so, and nothing but a public view
does), whole, with status 200 and its own strong tag, sets no cookie, and depends on nothing but its address,
the host and whether it is compressed. Everything else passes through untouched: what Django answered for
anyone signed in, every error, every stream.

A request first reads the publication number, then looks for what was made since it last changed. So one that
began after a `publish` returned never gets an older answer, in whatever process it is answered. (Where a replica is
read from, it has to have heard of it: see `reading`.)

While no database answers, nothing can be published either: what is kept is given, marked as stale.
"""

import datetime
import logging
import sys

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from toolkits.models.publishing import PublicationCounter
from toolkits.public import index
from toolkits.public.answers import CACHE_CONTROL
from toolkits.public.kept.encoding import accepts_gzip, matches
from toolkits.public.kept.note import KEY, Note
from toolkits.public.kept.number import PublicationNumber
from toolkits.public.kept.reading import REPLICA, Readings
from toolkits.public.kept.store import Answer, Store, Turns
from toolkits.published import source

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 2_000  # characters; nobody asks for the same longer one again
OF_ONE_REQUEST = {"date", "connection", "x-request-id"}
OF_A_BODY = {"content-length", "content-type", "content-encoding"}
STALE = ("Cache-Status", "portal; hit; detail=stale")  # RFC 9211
REPLICA_PAUSE = 10.0  # seconds for which a replica that did not answer is left alone
CONNECT_SECONDS = 3  # readers wait for it


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


def reply(answer, environ, start_response, *more):
    """Give a kept answer with `more` headers: 304 where the reader has it already, and no body for HEAD."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None and matches(tags, answer.etag):
        headers = [pair for pair in answer.headers if pair[0].lower() not in OF_A_BODY]
        start_response("304 Not Modified", [*headers, *more])
        return []
    start_response("200 OK", [*answer.headers, *more])
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


class _ReadFrom:
    """The body of an answer, each part of which is made reading from one database."""

    def __init__(self, database, response):
        self._database = database
        self._response = response
        self._parts = iter(response)

    def __iter__(self):
        return self

    def __next__(self):
        with source.reading_from(self._database):
            return next(self._parts)

    def close(self):
        _close(self._response)


class KeptAnswers:
    """A WSGI application: `application`, with its public answers kept in `store`.

    `read()` returns the Reading that a request goes by and raises psycopg.OperationalError where no database answers;
    `never` are the beginnings of paths that are not even looked for; `proxy_header` is the key in a WSGI environment
    of the header by which a proxy says https, if any.
    """

    def __init__(self, application, store, read, *, never=(), proxy_header=""):
        self._application = application
        self.store = store
        self._read = read
        self._never = tuple(never)
        self._proxy_header = proxy_header
        self._turns = Turns()
        self._away = False

    def __call__(self, environ, start_response):
        key, query = self._address(environ)
        if not key:
            return self._application(environ, start_response)
        note = environ.get(KEY) or Note("")
        environ = {**environ, KEY: note, "QUERY_STRING": query}
        answered = self._answer(key, environ, note, start_response)
        if answered is None:
            # The database went away while Django was asked: there may be another, or a kept answer.
            answered = self._answer(key, environ, note, start_response, last=True)
        return answered

    def _answer(self, key, environ, note, start_response, *, last=False):
        """What the reader is given; None where the database went away meanwhile, unless this is the `last` try."""
        reading = self._reading()
        if reading is None:
            return self._without_database(key, environ, note, start_response)
        note.number, note.away = reading.number, False
        answer = self.store.get(key, reading)
        if answer is not None:
            return self._again(answer, note, environ, start_response)
        turn = (key, reading)
        mine = self.store.limit > 0 and self._turns.take(turn)
        try:
            # Another thread's turn may have ended since: with an answer, or with one that is not kept.
            answer = None if mine else self.store.get(key, reading)
            if answer is None:
                return self._ask(key, reading, environ, note, start_response, last=last)
        finally:
            if mine:
                self._turns.give(turn)
        return self._again(answer, note, environ, start_response)

    def _again(self, answer, note, environ, start_response):
        """Give a kept answer, and note that it was one."""
        note.route, note.kept = answer.route, True
        return reply(answer, environ, start_response)

    def _without_database(self, key, environ, note, start_response):
        """Give the last good answer, marked as stale; where there is none, what Django can do without a database."""
        note.number, note.away = "", True
        answer = self.store.last(key)
        if answer is None:
            return self._application(environ, start_response)
        note.route, note.kept, note.stale = answer.route, True, True
        return reply(answer, environ, start_response, STALE)

    def _ask(self, key, reading, environ, note, start_response, *, last):
        """Have Django answer, and keep that where it may be kept. HEAD is asked as GET, so that both agree."""
        until, said = next_midnight(), _Said()
        response = self._from(reading.database, {**environ, "REQUEST_METHOD": "GET"}, said)
        if note.away and not last:
            _close(response)
            return None
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
        self.store.put(key, reading, answer)
        return reply(answer, environ, start_response)

    def _from(self, database, environ, start_response):
        """Django's answer, made from what `database` (an alias) says."""
        if database == DEFAULT_DB_ALIAS:
            return self._application(environ, start_response)
        with source.reading_from(database):
            response = self._application(environ, start_response)
        # A file is sent by the server itself, which knows it by its type.
        wrapper = environ.get("wsgi.file_wrapper")
        return response if wrapper and isinstance(response, wrapper) else _ReadFrom(database, response)

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

    def _reading(self):
        """The Reading of this moment; None where no database answers."""
        try:
            reading = self._read()
        except psycopg.OperationalError as error:
            if not self._away:
                logger.error("No database says the publication number: %s", " ".join(str(error).split()))
                self._away = True
            return None
        if self._away:
            logger.warning("A database answers again.")
            self._away = False
        return reading


def keep_answers(application, *, never):
    """`application` (Django) behind kept answers, by the settings; paths that begin with `never` go straight to it."""
    store = Store(settings.ANSWER_CACHE_BYTES)

    def forget():
        store.forget()
        index.forget()

    def reader(alias, **options):
        def connect():
            parameters = {"connect_timeout": CONNECT_SECONDS, **connections[alias].get_connection_params()}
            return psycopg.connect(**{**parameters, "autocommit": True})

        def lost():
            # Its other connections broke as well; to find each of them broken takes a reader a second.
            connections[alias].pool.drain()
            readings.lost()

        return PublicationNumber(connect, PublicationCounter._meta.db_table, lost, **options).read

    replica = reader(REPLICA, pause=REPLICA_PAUSE) if REPLICA in settings.DATABASES else None
    readings = Readings(reader(DEFAULT_DB_ALIAS), replica, forget=forget)
    proxy_header = (settings.SECURE_PROXY_SSL_HEADER or [""])[0]
    return KeptAnswers(application, store, readings.read, never=never, proxy_header=proxy_header)
