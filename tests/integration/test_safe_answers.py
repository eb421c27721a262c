"""Whatever is asked of an address, by a visitor or by an editor: no error of ours, and the headers that keep browsers
safe. `make drill` asks twenty times as often (tests/drills/test_fuzz.py).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clients import EditorsClient
from tests.fuzzing import CHECKS_OFF, ask, check_headers, check_sound, form_posts, private_requests, public_requests
from tests.integration.rights_world import people, things

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


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_every_kind_of_answer_has_the_headers(network, client, path):
    check_headers(client.get(path))


def test_a_host_that_is_not_ours_is_answered_with_nothing_of_it(network, client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
    check_headers(response)


# The database pool's own threads draw random numbers too, and Hypothesis cannot tell whose they were.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(max_examples=900, deadline=None, print_blob=True, suppress_health_check=CHECKS_OFF)
@given(asked=public_requests() | form_posts())
def test_no_address_is_an_error_of_ours(network, client, asked):
    response = ask(client, asked)
    check_sound(asked, response)


@pytest.fixture
def world(network):
    """Somebody signed in as an editor, somebody as a network administrator, and a thing for every address."""
    cast = people()
    signed_in = {}
    for role in ("editor", "administrator"):
        signed_in[role] = EditorsClient()
        signed_in[role].force_login(cast[role])
    return signed_in, things(cast)


@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(max_examples=100, deadline=None, print_blob=True, suppress_health_check=CHECKS_OFF)
@given(data=st.data())
def test_no_address_is_an_error_of_ours_for_somebody_signed_in(world, data):
    signed_in, found = world
    asked = data.draw(private_requests(found))
    response = ask(signed_in[data.draw(st.sampled_from(["editor", "administrator"]))], asked)
    check_sound(asked, response)
