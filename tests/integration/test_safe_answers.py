"""Whatever is asked of a public address: no error of ours, and the headers that keep browsers safe.

`FUZZ_EXAMPLES=20000` asks that many times; without it, a few hundred.
"""

import os
from urllib.parse import quote, urlencode

import pytest
from django.urls import URLPattern, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkits.public.urls import urlpatterns

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
PATHS = {
    "home": "/",
    "list": "/interventions/",
    "record": "/toolkits/teaching-and-learning/one-to-one-tuition/",
    "form": "/follow/",
    "sign-in": "/accounts/login/",
    "sign-in of the admin": "/admin/",
    "not found": "/no-such-page/",
    "wrong query": "/toolkits/crime-reduction/?impact=banana",
    "download": "/interventions/?format=csv",
    "feed": "/feeds/changes.xml",
    "API": "/api/v1/interventions",
}
# Each kind of parameter: what a page has, and what none has.
SLUGS = ["teaching-and-learning", "one-to-one-tuition", "eef", "mentoring", "eef-months", "a", "-", "x" * 300]
NUMBERS = ["1013", "20001", "0", "1", "2147483648", "9223372036854775808", "9" * 400]
NAMES = ["q", "page", "format", "view", "sort", "centre", "toolkit", "outcome", "impact", "a", "b", "on", "record"]
NAMES += ["search", "since", "cursor", "limit", "uk", "from", "to", "fields"]
TEXT = st.text(max_size=60) | st.sampled_from(
    ["\0", "../../etc/passwd", "..%2f", "' OR 1=1--", "<script>", "\r\nX-Evil: 1", "http://evil.example/", "{{7*7}}"]
    + ["csv", "pdf", "json", "xlsx", "atom", "ris", "bib", "2020-02-30", "NaN", "-1", "1e400", "\ud7ff", "𝟙", *NUMBERS]
)


def check_headers(response):
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    policy = response["Content-Security-Policy"]
    assert all(part in policy for part in POLICY), policy
    assert "unsafe" not in policy
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response
    assert "X-Evil" not in response


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_every_kind_of_answer_has_the_headers(network, client, path):
    check_headers(client.get(path))


def test_a_host_that_is_not_ours_is_answered_with_nothing_of_it(network, client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
    check_headers(response)


@st.composite
def addresses(draw):
    """An address of a public page, with parameters and a query that may be anything."""
    pattern = draw(st.sampled_from([one for one in urlpatterns if isinstance(one, URLPattern)]))
    parameters = {}
    for name in pattern.pattern.regex.groupindex:
        kind = type(pattern.pattern.converters.get(name)).__name__
        known = {"IntConverter": NUMBERS, "SlugConverter": SLUGS}.get(kind)
        parameters[name] = draw(st.sampled_from(known) if known else TEXT.filter(lambda text: text and "/" not in text))
    path = reverse(f"public:{pattern.name}", kwargs=parameters)
    if draw(st.integers(0, 9)) == 0:
        path += quote(draw(TEXT))
    query = draw(st.lists(st.tuples(st.sampled_from(NAMES) | TEXT, TEXT), max_size=4))
    return f"{path}?{urlencode(query)}"


# The database pool's own threads draw random numbers too, and Hypothesis cannot tell whose they were.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(address=addresses(), method=st.sampled_from(["get", "get", "get", "head", "post", "options", "put"]))
def test_no_address_is_an_error_of_ours(network, client, address, method):
    response = getattr(client, method)(address)
    assert response.status_code < 500 or response.status_code == 503, address
    if response.streaming:
        b"".join(response.streaming_content)
    else:
        assert b"Traceback" not in response.content
    check_headers(response)
