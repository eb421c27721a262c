"""The fuzz of `make test`, twenty times as long."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.clients import EditorsClient
from tests.fuzzing import CHECKS_OFF, ask, check_sound, form_posts, private_requests, public_requests
from tests.integration.rights_world import people, things

VISITORS, EDITORS = 18_000, 2_000
AT_ONCE = 20  # requests of one example: to begin an example costs as much as to ask a page


def fuzz(requests):
    return settings(
        max_examples=requests // AT_ONCE,
        deadline=None,
        phases=[Phase.generate],  # a request that fails is named as it is: making it smaller takes half an hour
        database=None,
        suppress_health_check=CHECKS_OFF,
    )


# The database pool's own threads draw random numbers too, and Hypothesis cannot tell whose they were.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")


def test_visitors_ask_anything(network, client, record_property):
    """18,000 requests of visitors that may be anything: no error of ours."""
    statuses = {}

    @fuzz(VISITORS)
    @given(requests=st.lists(public_requests() | form_posts(), min_size=AT_ONCE, max_size=AT_ONCE))
    def run(requests):
        for asked in requests:
            response = ask(client, asked)
            check_sound(asked, response)
            statuses[response.status_code] = statuses.get(response.status_code, 0) + 1

    run()
    record_property("said", said(statuses))


def test_somebody_signed_in_asks_anything(network, record_property):
    """2,000 requests of an editor and an administrator that may be anything: no error of ours."""
    cast, statuses = people(), {}
    signed_in = [EditorsClient(), EditorsClient()]
    for browser, role in zip(signed_in, ("editor", "administrator"), strict=True):
        browser.force_login(cast[role])
    requests = st.tuples(st.sampled_from(signed_in), private_requests(things(cast)))

    @fuzz(EDITORS)
    @given(requests=st.lists(requests, min_size=AT_ONCE, max_size=AT_ONCE))
    def run(requests):
        for browser, asked in requests:
            response = ask(browser, asked)
            check_sound(asked, response)
            statuses[response.status_code] = statuses.get(response.status_code, 0) + 1

    run()
    record_property("said", said(statuses))


def said(statuses):
    """How often each status was answered."""
    return ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
