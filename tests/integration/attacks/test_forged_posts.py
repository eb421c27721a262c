"""Posts that another site has the browser of somebody signed in, or of a visitor, send."""

import uuid

import pytest
from django.urls import reverse

from tests.clients import EditorsClient
from tests.fuzzing import ADDRESSES, PUBLIC
from tests.integration.accounts.test_gate import private_addresses
from toolkits.following.links import token_of
from toolkits.models import Inbox
from toolkits.public.forms import token_for

ELSEWHERE = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
SAMPLES = {"IntConverter": "1", "SlugConverter": "x", "StringConverter": "x", "FloatConverter": "1.0"}


@pytest.fixture
def browser(network_admin):
    """That of somebody who may do everything, in which Django's check is on."""
    browser = EditorsClient(enforce_csrf_checks=True)
    browser.force_login(network_admin)
    return browser


def test_no_private_address_takes_a_post_without_its_token(browser):
    answers = {address: browser.post(address, {"reason": "x"}).status_code for _name, address in private_addresses()}
    assert len(answers) > 150
    assert set(answers.values()) == {403}


@pytest.mark.parametrize("form", ["follow", "followed", "confirm"])
def test_no_public_address_takes_what_another_site_has_a_visitor_send(network, browser, form):
    """Not even with a token of ours, which anybody can take from the form. Stopping alone needs the key, and no more."""
    fields = {"token": token_for(form), "address": "a@example.org", "often": "weekly", "follow": 1}
    answers = {}
    for name in PUBLIC:
        given = {one: SAMPLES.get(kind, "x") for one, kind in ADDRESSES[name].items() if one != "token"}
        given |= {"token": token_of(uuid.UUID(int=0))} if "token" in ADDRESSES[name] else {}
        answers[name] = browser.post(reverse(name, kwargs=given), fields, headers=ELSEWHERE).status_code
    # What says that something was sent is a page like any other, and takes nothing.
    assert {name for name, status in answers.items() if status < 400} == {"public:follow_stop", "public:follow_sent"}
    assert set(Inbox.objects.values_list("kind", flat=True)) == {Inbox.Kind.STOP}
