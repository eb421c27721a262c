"""The limit of the API: fair to each address, forgetful, and bounded."""

import json

import pytest

from toolkits.public.api.limit import Buckets, Limited, sender

A_MINUTE = 60


class Clock:
    """Seconds that go on when a test says so."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_minute_s_calls_may_come_at_once_and_the_next_has_to_wait(clock):
    buckets = Buckets(A_MINUTE, clock)
    assert [buckets.wait("ada") for _call in range(A_MINUTE)] == [0] * A_MINUTE
    assert buckets.wait("ada") == 1
    assert buckets.wait("bob") == 0
    clock.now += 1
    assert buckets.wait("ada") == 0
    assert buckets.wait("ada") == 1


def test_who_goes_on_asking_while_waiting_waits_no_longer_for_it(clock):
    buckets = Buckets(6, clock)
    for _call in range(6):
        buckets.wait("ada")
    for _second in range(9):
        assert buckets.wait("ada") > 0
        clock.now += 1
    clock.now += 1
    assert buckets.wait("ada") == 0


def test_a_sender_is_forgotten_once_the_bucket_is_full_again(clock):
    buckets = Buckets(A_MINUTE, clock)
    buckets.wait("ada")
    clock.now += 2
    buckets.wait("bob")
    assert len(buckets) == 1


def test_no_more_senders_are_remembered_than_the_most(clock):
    buckets = Buckets(A_MINUTE, clock, most=100)
    for number in range(1000):
        buckets.wait(str(number))
    assert len(buckets) == 100


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("[2001:db8:1:2:bbbb::2]", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_addresses_of_one_subscriber_are_counted_together(address, counted_as):
    assert sender(address) == counted_as


def asked(application, path="/api/v1/", method="GET", **environ):
    """(status, headers, body) of a request to a WSGI application."""
    said = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": "192.0.2.7", **environ}
    body = b"".join(application(environ, lambda status, headers: said.append((int(status[:3]), dict(headers)))))
    return *said[0], body


def inner(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]


def test_too_many_calls_are_told_when_to_come_again(clock):
    limited = Limited(inner, Buckets(1, clock), prefix="/api/v1/", hsts="max-age=1")
    assert asked(limited)[0] == 200
    status, headers, body = asked(limited)
    assert (status, headers["Retry-After"]) == (429, "60")
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Strict-Transport-Security"]) == ("nosniff", "max-age=1")
    problem = json.loads(body)
    assert (problem["status"], problem["type"]) == (429, "/api/#problem-too-many-requests")
    assert "60 seconds" in problem["detail"]
    assert asked(limited, method="HEAD")[::2] == (429, b"")


def test_pages_for_people_and_preflights_are_not_counted(clock):
    limited = Limited(inner, Buckets(1, clock), prefix="/api/v1/")
    assert [asked(limited, "/interventions/")[0] for _call in range(5)] == [200] * 5
    assert [asked(limited, method="OPTIONS")[0] for _call in range(5)] == [200] * 5


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote(clock):
    limited = Limited(inner, Buckets(1, clock), prefix="/api/v1/", behind_proxy=True)
    assert asked(limited, HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")[0] == 200
    assert asked(limited, HTTP_X_FORWARDED_FOR="198.51.100.2, 203.0.113.9")[0] == 429
    assert asked(limited, HTTP_X_FORWARDED_FOR="203.0.113.10")[0] == 200
    alone = Limited(inner, Buckets(1, clock), prefix="/api/v1/")
    assert asked(alone, HTTP_X_FORWARDED_FOR="203.0.113.9")[0] == 200
    assert asked(alone, HTTP_X_FORWARDED_FOR="203.0.113.10")[0] == 429
