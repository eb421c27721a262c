"""Nothing that is not public answers without a second factor: every address there is, taken from the code."""

import re

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from centres.accounts import gate
from tests.factories import person
from tests.integration.accounts.people import SET_UP, SIGN_IN, give_password, sign_in

SAMPLES = {"int": "1", "slug": "intervention", "str": "x", "path": "1", "uuid": "0" * 32}
PRIVATE = ("admin/", "accounts/", "editorial/")
# By regular expression: its address cannot be made up from its parts.
BY_HAND = {"account_reset_password_from_key": "accounts/password/reset/key/1-x/"}


def addresses(resolver, prefix="", namespace=""):
    """(name, address) of every view below a resolver, with something in place of its arguments."""
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        name = ":".join(filter(None, (namespace, getattr(pattern, "name", None) or getattr(pattern, "namespace", ""))))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + route, name if pattern.namespace else namespace)
        elif name in BY_HAND:
            yield name, BY_HAND[name]
        elif "(" not in route:
            yield name, prefix + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)


def private_addresses():
    return [(name, f"/{path}") for name, path in addresses(get_resolver()) if path.startswith(PRIVATE)]


def led_to(response):
    return response["Location"].partition("?")[0] if response.status_code == 302 else ""


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_answers_without_a_second_factor(network, method):
    browser = Client()
    give_password(browser, person("without", superuser=True))
    tried = 0
    for name, address in private_addresses():
        if name in gate.ENTRANCE | gate.SET_UP:
            continue
        assert led_to(getattr(browser, method)(address)) == SET_UP, address
        tried += 1
    assert tried > 100


def test_no_address_answers_a_visitor(network):
    browser = Client()
    for name, address in private_addresses():
        if name not in gate.ENTRANCE:
            assert led_to(browser.get(address)) in {SIGN_IN, reverse("admin:login"), SET_UP}, address


def test_what_is_open_without_a_second_factor_is_what_is_listed(network):
    """Each address that the gate lets by exists: a name misspelt there would lock people out."""
    names = {name for name, _address in private_addresses()}
    assert names >= gate.ENTRANCE | gate.SET_UP | gate.SHOW


def test_private_answers_are_kept_and_indexed_nowhere(ada):
    browser = Client()
    for address in (SIGN_IN, reverse("accounts:invitation", args=["x"])):
        assert "no-store" in browser.get(address)["Cache-Control"]
    sign_in(browser, ada)
    for name in ("accounts:own", "accounts:sessions", "mfa_index", "admin:index", "admin:centres_person_changelist"):
        response = browser.get(reverse(name))
        assert "no-store" in response["Cache-Control"], name
        assert response["X-Robots-Tag"] == "noindex", name


@pytest.mark.parametrize("address", ["/editorial/imports/?centre=%00", "/admin/evidence/outcome/%00/change/"])
def test_an_address_with_a_nul_is_refused_in_words(ada, address):
    browser = Client()
    sign_in(browser, ada)
    assert browser.get(address).status_code == 400


def test_public_pages_do_not_ask_who_reads(network, django_assert_num_queries):
    """Not even of somebody who is half signed in, and whom every other page would lead to a second factor."""
    browser = Client()
    give_password(browser, person("without", superuser=True))
    for path in ("/accessibility/", "/healthz"):
        with django_assert_num_queries(0):
            response = browser.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
