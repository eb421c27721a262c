"""How often one address may ask: a bucket of tokens each, in this process's memory and nowhere else.

What is known of an address is how full its bucket is. It is forgotten as soon as the bucket is full again, and the
least recent ones where there are too many, so that nobody can fill the memory by asking from everywhere.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from toolkits.public.api import problems
from toolkits.public.api.answers import CORS
from toolkits.public.api.calls import PREFIX

MOST_ADDRESSES = 20_000
# Django's middleware is behind this answer, so it brings what browsers are to be told itself.
HEADERS = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
    *CORS.items(),
]


def sender(address: str) -> str:
    """Who is counted together: an IPv4 address, or the 64 bits of an IPv6 address that one subscriber has."""
    try:
        found = ipaddress.ip_address(address.strip("[] "))
    except ValueError:
        return address[:64]
    if found.version == 6:
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


class Buckets:
    """Lets each sender ask `a_minute` times a minute, and as many at once after a minute of rest."""

    def __init__(self, a_minute: int, clock: Callable[[], float], most: int = MOST_ADDRESSES):
        """`clock()` gives seconds that only go forward; `most` is how many senders are remembered."""
        self._size = float(a_minute)
        self._a_second = a_minute / 60
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self):
        return len(self._left)

    def wait(self, who: str) -> int:
        """0 where `who` may ask now, which is counted; else after how many whole seconds they may."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(who, (self._size, now))
            left = min(self._size, left + (now - at) * self._a_second)
            allowed = left >= 1
            self._left[who] = (left - 1 if allowed else left, now)
            self._forget(now)
            return 0 if allowed else math.ceil((1 - left) / self._a_second)

    def _forget(self, now):
        """Drop the senders whose buckets are full again, the least recent first, and those beyond the most."""
        while self._left:
            who, (left, at) = next(iter(self._left.items()))
            if len(self._left) <= self._most and left + (now - at) * self._a_second < self._size:
                return
            del self._left[who]


class Limited:
    """A WSGI application: `application`, in front of which whoever asks too often below `prefix` is answered 429.

    In front of the kept answers too, so that the limit is the same whether an answer is at hand or not. `behind_proxy`
    takes the sender from the last address of X-Forwarded-For, which the one trusted proxy wrote. `hsts` is the value of
    Strict-Transport-Security, empty where there is no TLS.
    """

    def __init__(self, application, buckets: Buckets, *, prefix: str, behind_proxy=False, hsts=""):
        self._application = application
        self._buckets = buckets
        self._prefix = prefix
        self._behind_proxy = behind_proxy
        self._headers = [*HEADERS, *([("Strict-Transport-Security", hsts)] if hsts else [])]

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] == "OPTIONS" or not environ["PATH_INFO"].startswith(self._prefix):
            return self._application(environ, start_response)
        seconds = self._buckets.wait(self._who(environ))
        if not seconds:
            return self._application(environ, start_response)
        refused = too_many(seconds)
        own = [("Content-Length", str(len(refused.content))), ("Retry-After", str(seconds)), *refused.items()]
        start_response(f"{refused.status_code} {refused.reason_phrase}", [*own, *self._headers])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [refused.content]

    def _who(self, environ):
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "") if self._behind_proxy else ""
        return sender(forwarded.rpartition(",")[2] or environ.get("REMOTE_ADDR", ""))


def too_many(seconds):
    """The problem of one who asks too often and may again after some seconds, as an HttpResponse."""
    detail = _(
        "This address has asked more often than the API answers. Ask again after %(n)s seconds, and more slowly."
    )
    return problems.answer(problems.Refused("too-many-requests", detail % {"n": seconds}))


def limit_calls(application):
    """`application` behind the limit of the API, by the settings."""
    if not settings.API_CALLS_A_MINUTE:
        return application
    behind_proxy = bool(getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0))
    buckets = Buckets(settings.API_CALLS_A_MINUTE, time.monotonic)
    # A browser heeds it over TLS alone, so that it may be said over plain HTTP too.
    seconds = settings.SECURE_HSTS_SECONDS
    hsts = f"max-age={seconds}; includeSubDomains; preload" if seconds else ""
    return Limited(application, buckets, prefix=f"/{PREFIX}", behind_proxy=behind_proxy, hsts=hsts)
