"""Answers kept in front of Django: the same bytes and headers, one query, and nothing that was not public."""

import gzip
import threading

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpResponse

from tests.factories.publishing import republish
from tests.integration.front import Answered
from toolkits import actions, published
from toolkits.public.kept.front import KeptAnswers, canonical_query, may_be_kept
from toolkits.public.kept.number import PublicationNumber
from toolkits.public.kept.reading import Reading
from toolkits.public.kept.store import Store

LIST = "/interventions/"
MENTORING = "/toolkits/teaching-and-learning/mentoring/"
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def asked(front):
    return front._application.asked


@pytest.mark.parametrize(
    "path", ["/", LIST, f"{LIST}?outcome=attainment&view=table", MENTORING, "/sitemap.xml", "/api/v1/records/1013/"]
)
@pytest.mark.parametrize("encoding", [{}, GZIP], ids=["plain", "gzip"])
def test_kept_answer_is_the_one_django_gave(front, client, path, encoding):
    first = Answered(front, path, **encoding)
    again = Answered(front, path, **encoding)
    assert len(asked(front)) == 1
    assert (first.status, again.status) == (200, 200)
    assert (again.headers, again.body) == (first.headers, first.body)
    beside = client.get(path, headers={"host": "localhost"}, **encoding)
    assert dict(beside.headers) == again.headers | {
        "Content-Security-Policy": beside.headers["Content-Security-Policy"]
    }
    assert beside.content == again.body
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Referrer-Policy"):
        assert again.headers[name]
    assert again.headers["Vary"] == "Accept-Encoding"
    assert again.headers["Content-Length"] == str(len(again.body))


def test_forms_are_kept_apart_and_say_the_same(front):
    plain, compressed = Answered(front, LIST), Answered(front, LIST, **GZIP)
    assert "Content-Encoding" not in plain.headers
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert plain.headers["ETag"] != compressed.headers["ETag"]
    assert not compressed.headers["ETag"].startswith("W/")
    assert Answered(front, LIST).body == plain.body
    assert len(asked(front)) == 2


@pytest.mark.parametrize("encoding", [{}, GZIP], ids=["plain", "gzip"])
@pytest.mark.parametrize("warm", [True, False])
def test_reader_who_has_it_gets_304(front, encoding, warm):
    tag = Answered(front, LIST, **encoding).headers["ETag"]
    if not warm:
        front.store.forget()
    again = Answered(front, LIST, HTTP_IF_NONE_MATCH=tag, **encoding)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Vary"] == "Accept-Encoding"
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert "Content-Security-Policy" in again.headers
    assert not {"Content-Length", "Content-Encoding"} & set(again.headers)
    assert Answered(front, LIST, HTTP_IF_NONE_MATCH='"other"', **encoding).status == 200


def test_nothing_is_rendered_for_a_reader_who_has_it(front, django_assert_num_queries):
    tag = Answered(front, LIST, **GZIP).headers["ETag"]
    with django_assert_num_queries(1):
        assert Answered(front, LIST, HTTP_IF_NONE_MATCH=tag, **GZIP).status == 304
    with django_assert_num_queries(1):
        assert Answered(front, LIST, **GZIP).status == 200


@pytest.mark.parametrize("encoding", [{}, GZIP], ids=["plain", "gzip"])
@pytest.mark.parametrize("path", [LIST, MENTORING, f"{LIST}?format=csv", "/interventions/none/"])
def test_head_has_the_headers_of_get(front, path, encoding):
    cold = Answered(front, path, "HEAD", **encoding)
    get = Answered(front, path, **encoding)
    warm = Answered(front, path, "HEAD", **encoding)
    assert cold.body == warm.body == b""
    assert cold.status == warm.status == get.status
    for one in (cold, warm):
        assert one.headers.get("ETag") == get.headers.get("ETag")
        if get.status == 200:
            assert one.headers.get("Content-Length") == get.headers.get("Content-Length")


def test_publication_is_seen_at_once(front, mentoring, editor, reviewer):
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    before = Answered(front, MENTORING)
    tag = Answered(front, MENTORING).headers["ETag"]
    republish(mentoring, editor, reviewer)
    after = Answered(front, MENTORING, HTTP_IF_NONE_MATCH=tag)
    assert after.status == 200
    assert mentoring.summary.encode() in after.body
    assert mentoring.summary.encode() not in before.body
    actions.remove(record=mentoring.pk, by=reviewer, reason="Not ours")
    assert Answered(front, MENTORING).status == 410


@pytest.mark.parametrize(
    "path",
    [
        "/interventions/none/",
        f"{LIST}?outcome=nonsense",
        f"{LIST}?page=9999",
        f"{LIST}?format=csv",
        "/record/1/",
        "/healthz",
    ],
)
def test_only_whole_public_pages_are_kept(front, path):
    Answered(front, path)
    Answered(front, path)
    assert len(asked(front)) == 2
    assert len(front.store) == 0


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/editorial/"])
def test_editorial_pages_are_not_even_looked_for(front, path):
    front._read = None
    Answered(front, path)
    assert len(front.store) == 0


def test_form_is_never_answered_from_what_is_kept(front):
    Answered(front, LIST)
    assert Answered(front, LIST, "POST").status == 403


def test_reader_signed_in_leaves_nothing_behind_and_gets_what_all_get(front, client, editor):
    client.force_login(editor)
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    signed_in = Answered(front, LIST, **cookie)
    assert b"csrf" not in signed_in.body.lower()
    assert "Set-Cookie" not in signed_in.headers
    assert Answered(front, LIST).body == signed_in.body


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({}, True),
        ({"vary": "Accept-Encoding"}, True),
        ({"vary": "Cookie, Accept-Encoding"}, False),
        ({"vary": "Accept-Language"}, False),
        ({"set-cookie": "a=1"}, False),
        ({"cache-control": "private"}, False),
        ({"cache-control": "max-age=31536000, public, immutable"}, False),
        ({"cache-control": "public, no-cache, private"}, False),
        ({"etag": 'W/"a"'}, False),
        ({"etag": ""}, False),
    ],
)
def test_what_may_be_kept(changed, kept):
    usual = {"cache-control": "public, no-cache", "etag": '"a"', "content-length": "1"}
    assert may_be_kept("200 OK", usual | changed) is kept
    assert not may_be_kept("404 Not Found", usual | changed)


def test_answers_of_hosts_and_schemes_are_kept_apart(front):
    here = Answered(front, "/sitemap.xml")
    there = Answered(front, "/sitemap.xml", HTTP_HOST="127.0.0.1")
    secure = Answered(front, "/sitemap.xml", **{"wsgi.url_scheme": "https"})
    assert b"http://localhost/" in here.body
    assert b"http://127.0.0.1/" in there.body
    assert b"https://localhost/" in secure.body
    assert Answered(front, "/sitemap.xml", HTTP_HOST="evil.example").status == 400
    assert len(asked(front)) == 4


def test_order_of_parameters_does_not_matter_but_that_of_values_does(front):
    assert canonical_query("b=2&a=1&b=1") == "a=1&b=2&b=1"
    first = Answered(front, f"{LIST}?view=table&outcome=attainment")
    again = Answered(front, f"{LIST}?outcome=attainment&view=table")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(asked(front)) == 1


def test_crawl_of_searches_stays_within_the_limit(front):
    front.store.limit = 2_000_000
    for n in range(60):
        Answered(front, f"{LIST}?outcome=attainment&x={n}")
        assert front.store.size <= 2_000_000
    assert 0 < len(front.store) < 60


def test_limit_of_nought_renders_every_time(front):
    front.store.limit = 0
    Answered(front, LIST)
    Answered(front, LIST)
    assert len(asked(front)) == 2


# While no database answers.


def away():
    raise psycopg.OperationalError("gone")


def test_last_good_answer_is_given_as_stale(front):
    good = Answered(front, LIST, **GZIP)
    front._read = away
    stale = Answered(front, LIST, **GZIP)
    assert (stale.status, stale.body) == (200, good.body)
    assert stale.headers == good.headers | {"Cache-Status": "portal; hit; detail=stale"}
    assert Answered(front, LIST, HTTP_IF_NONE_MATCH=good.headers["ETag"], **GZIP).status == 304
    assert len(asked(front)) == 1


@pytest.mark.parametrize("path", [LIST, MENTORING, "/", f"{LIST}?format=csv", "/api/v1/records/1013/", "/record/1013/"])
def test_what_is_not_kept_is_asked_for_again_soon(front, path, django_assert_num_queries):
    front._read = away
    with django_assert_num_queries(0):
        answer = Answered(front, path)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "15")
    assert "Content-Security-Policy" in answer.headers
    assert b"does not answer just now" in answer.body


@pytest.mark.parametrize("path", ["/privacy/", "/accessibility/", "/data/codebook/", "/robots.txt"])
def test_what_needs_no_database_is_answered(front, path, django_assert_num_queries):
    front._read = away
    with django_assert_num_queries(0):
        assert Answered(front, path).status == 200
    assert len(front.store) == 0


@pytest.mark.parametrize("path", [MENTORING, "/api/v1/records/1013/"])
def test_database_that_went_away_while_it_was_asked(front, monkeypatch, path):
    """The reader gets what there is, and never a 500: here a kept answer of before."""
    good = Answered(front, path)
    number = front._read().number
    readings = iter([Reading("default", number, 1)])

    def read():
        for reading in readings:
            return reading
        return away()

    def broken(*args):
        raise OperationalError("server closed the connection unexpectedly")

    front._read = read
    front.store.get = lambda key, reading: None
    for name in ("page_at", "publication_number"):
        monkeypatch.setattr(published, name, broken)
    stale = Answered(front, path)
    assert (stale.status, stale.body) == (200, good.body)
    assert stale.headers["Cache-Status"].endswith("stale")


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (psycopg.OperationalError, 503), (ProgrammingError, 500)]
)
def test_only_a_fault_of_the_database_says_to_come_again(network, client, monkeypatch, error, status):
    def broken(*args):
        raise error("in the middle")

    monkeypatch.setattr(published, "page_at", broken)
    client.raise_request_exception = False
    answer = client.get(MENTORING)
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_stampede_renders_once():
    inside, go_on, count = threading.Event(), threading.Event(), []

    def slow(environ, start_response):
        count.append(1)
        inside.set()
        assert go_on.wait(10)
        response = HttpResponse(
            b"page", headers={"ETag": '"a"', "Cache-Control": "public, no-cache", "Content-Length": "4"}
        )
        start_response("200 OK", list(response.items()))
        return response

    front, bodies = KeptAnswers(slow, Store(1_000_000), lambda: Reading("default", b"1", 0)), []
    threads = [threading.Thread(target=lambda: bodies.append(Answered(front, LIST).body)) for _ in range(6)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()
    assert bodies == [b"page"] * 6
    assert len(count) == 1


# The number itself, read over a connection of its own.


@pytest.fixture
def number(db):
    lost = []
    parameters = {**connection.get_connection_params(), "autocommit": True}
    reader = PublicationNumber(
        lambda: psycopg.connect(**parameters), "toolkits_publicationcounter", lambda: lost.append(1)
    )
    reader.lost = lost
    yield reader
    reader._connection.close()


def test_number_is_what_was_committed(number):
    before = published.publication_number()
    assert number.read() == str(before).encode()
    actions.raise_publication_number()
    assert published.publication_number() == before + 1
    assert number.read() == str(before).encode(), "not committed: nobody else sees it"


def test_broken_connection_is_replaced_and_everything_kept_is_forgotten(number):
    first = number.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [number._connection.info.backend_pid])
    assert number.lost == []
    assert number.read() == first
    assert number.lost == [1]


def test_number_that_is_not_there_is_an_error(db):
    parameters = {**connection.get_connection_params(), "autocommit": True}
    reader = PublicationNumber(lambda: psycopg.connect(**parameters), "no_such_table", lambda: None)
    with pytest.raises(psycopg.OperationalError, match="no_such_table"):
        reader.read()
