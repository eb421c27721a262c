"""What may be asked of any address, right or not: requests for the fuzz of the tests and of the drill, and what a sound
answer is.
"""

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from hypothesis import HealthCheck
from hypothesis import strategies as st

from tests.integration.rights_world import address_of
from toolkits.public.forms import token_for
from toolkits.public.views import follow

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
# Each kind of parameter: what a page has, and what none has.
SLUGS = ["teaching-and-learning", "one-to-one-tuition", "eef", "mentoring", "eef-months", "a", "-", "x" * 300]
SLUGS += ["intervention", "report", "synthesis", "method", "family", "reports", "csv", "xlsx", "drafts"]
NUMBERS = ["1013", "20001", "0", "1", "2147483648", "9223372036854775808", "9" * 400]
TEXT = st.text(max_size=60) | st.sampled_from(
    ["\0", "../../etc/passwd", "..%2f", "' OR 1=1--", "<script>", "\r\nX-Evil: 1", "http://evil.example/", "{{7*7}}"]
    + ["csv", "pdf", "json", "xlsx", "atom", "ris", "bib", "2020-02-30", "NaN", "-1", "1e400", "\ud7ff", "𝟙", *NUMBERS]
    + ["//evil.example/", "https:evil.example", "\\\\evil.example\\", "javascript:alert(1)", "%(n)s {0} $x", ""]
)
NAMES = ["q", "page", "format", "view", "sort", "centre", "toolkit", "outcome", "impact", "a", "b", "on", "record"]
NAMES += ["search", "since", "cursor", "limit", "uk", "from", "to", "fields", "i", "s", "next", "done"]
# Of the admin and the editorial side, in addresses and in posts.
PRIVATE_NAMES = ["o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "of", "kind", "at__year"]
PRIVATE_NAMES += ["action__exact", "person__id__exact", "transaction", "tool", "fill", "show", "row", "next", "centre"]
PRIVATE_NAMES += ["q", "page", "record", "scheme", "synthesis", "toolkit__id__exact", "state", "at__day"]
POST_NAMES = ["action", "index", "select_across", "_selected_action", "_save", "_preview", "text", "name", "slug"]
POST_NAMES += ["file", "reason", "verdict", "note", "change", "at", "into", "record", "table", "centre", "synthesis"]
POST_NAMES += ["level", "seen", "cause", "first", "second", "columns", "column-0", "study-1", "version", "tool", "fill"]
POST_NAMES += ["ratings-TOTAL_FORMS", "ratings-INITIAL_FORMS", "ratings-0-id", "entry-TOTAL_FORMS", "role", "ended"]
POST_NAMES += ["login", "password", "oldpassword", "password1", "code", "credential", "email", "username", "mail"]
FORM_NAMES = ["address", "often", "record", "search", "token", "follow", "login", "password", "email", "code", "next"]

CHECKS_OFF = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@dataclass(frozen=True)
class Asked:
    """One request: its method, address and, for a post, its fields; a field that is bytes is sent as a file."""

    method: str
    address: str
    fields: dict = field(default_factory=dict)


def _patterns(resolver, names=(), converters=()):
    """(name, {parameter: kind of its converter}) of every address that has a name."""
    for pattern in resolver.url_patterns:
        known = pattern.pattern.converters
        more = (*converters, *((one, type(known.get(one)).__name__) for one in pattern.pattern.regex.groupindex))
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, (*names, pattern.namespace) if pattern.namespace else names, more)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*names, pattern.name)), dict(more)


ADDRESSES = dict(_patterns(get_resolver()))
PUBLIC = sorted(name for name in ADDRESSES if name.startswith("public:"))
PRIVATE = sorted(ADDRESSES.keys() - set(PUBLIC))


def _queries(names):
    return st.lists(st.tuples(st.sampled_from(names) | TEXT, TEXT), max_size=4).map(urlencode)


@st.composite
def _path(draw, name):
    parameters = {}
    for parameter, kind in ADDRESSES[name].items():
        known = {"IntConverter": NUMBERS, "SlugConverter": SLUGS}.get(kind)
        text = TEXT.filter(lambda text: text and "/" not in text)
        parameters[parameter] = draw(st.sampled_from(known) if known else text)
    try:
        return reverse(name, kwargs=parameters)
    except NoReverseMatch:  # of the few that have a regular expression
        return "/"


@st.composite
def public_requests(draw):
    """A request for a public page, with parameters and a query that may be anything."""
    path = draw(_path(draw(st.sampled_from(PUBLIC))))
    if draw(st.integers(0, 9)) == 0:
        path += quote(draw(TEXT))
    method = draw(st.sampled_from(["get", "get", "get", "head", "post", "options", "put"]))
    return Asked(method, f"{path}?{draw(_queries(NAMES))}")


@st.composite
def form_posts(draw):
    """What a visitor's form, or the sign-in, is sent; now and then with the token that the form has."""
    path = draw(
        st.sampled_from(["/follow/", "/accounts/login/", "/accounts/password/reset/", "/accounts/invitation/x/"])
        | _path("public:followed")
        | _path("public:follow_confirm")
        | _path("public:follow_stop")
    )
    fields = draw(st.dictionaries(st.sampled_from(FORM_NAMES) | TEXT, TEXT, max_size=6))
    if draw(st.booleans()):
        fields |= {"token": token_for(draw(st.sampled_from(["follow", "followed", "confirm"])))}
        fields |= {"address": draw(TEXT | st.just("a@example.org")), "often": draw(st.sampled_from(["weekly", "x"]))}
    return Asked("post", path, fields)


@st.composite
def private_requests(draw, found):
    """A request of somebody signed in: for something that is there (one of `found`) or not, read or posted to."""
    name = draw(st.sampled_from(PRIVATE))
    there = draw(st.integers(0, 2))
    path = address_of(name, tuple(ADDRESSES[name]), found) if there else draw(_path(name))
    method = draw(st.sampled_from(["get", "post"]))
    sent = TEXT | st.binary(max_size=40) | st.sampled_from(NUMBERS)
    fields = draw(st.dictionaries(st.sampled_from(POST_NAMES) | TEXT, sent, max_size=8)) if method == "post" else {}
    return Asked(method, f"{path}?{draw(_queries(PRIVATE_NAMES))}", fields)


class _Undone(Exception):
    """Rolls back what a request did, so that the next finds everything as it was."""


def ask(client, asked):
    """The answer of a request, of which nothing stays: not in the database, and no cookie in the `client`."""
    for throttle in (follow.asking, follow.changing, follow.asked):
        throttle.forget()
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    fields = {
        name: SimpleUploadedFile("a.csv", value) if isinstance(value, bytes) else value
        for name, value in asked.fields.items()
    }
    try:
        with transaction.atomic():
            response = getattr(client, asked.method)(asked.address, *([fields] if fields else []))
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            raise _Undone
    except _Undone:
        pass
    except Exception as error:
        error.add_note(repr(asked))
        raise
    client.cookies.clear()
    client.cookies.load(cookies)
    return response


def check_headers(response):
    """What every answer says to browsers."""
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    policy = response["Content-Security-Policy"]
    assert all(part in policy for part in POLICY), policy
    assert "unsafe" not in policy
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response
    assert "X-Evil" not in response


def check_sound(asked, response):
    """No error of ours, the headers, and no way out to another site."""
    assert response.status_code < 500 or response.status_code == 503, asked
    assert b"Traceback" not in response.body, asked
    check_headers(response)
    if "Location" in response:
        to = urlsplit(response["Location"])
        assert (to.scheme, to.netloc) in {("", ""), ("http", "testserver")}, (asked, response["Location"])
        assert not response["Location"].startswith(("//", "/\\")), (asked, response["Location"])
