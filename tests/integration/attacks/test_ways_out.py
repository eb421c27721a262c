"""Addresses that are to lead a browser elsewhere, to a file of the server, or into another site's frame."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.clients import EditorsClient
from tests.integration.accounts.people import SECOND_STEP, code, give_password, with_app

EVIL = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "https:evil.example", "javascript:alert(1)"]
NAMES = ("next", "url", "to", "return", "redirect", "continue", "_changelist_filters")
PLACES = ("account_login", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "accounts:own")
PLACES += ("account_change_password", "admin:login", "admin:logout", "admin:index", "editorial:imports")
FILES = ["/data/..%2f..%2fmanage.py", "/data/%2e%2e%2fmanage.py", "/data/..\\manage.py", "/static/..%2fmanage.py"]
FILES += ["/static/../manage.py", "/static//etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/.git/config", "/.env"]
FILES += ["/manage.py", "/whatworks/settings.py", "/static/scss/main.scss", "/static/", "/data/publication.sqlite3"]


@pytest.mark.parametrize("evil", EVIL)
def test_no_parameter_leads_to_another_site(editor, evil):
    more = dict.fromkeys(NAMES, evil)
    for name in PLACES:
        browser, address = EditorsClient(), reverse(name)
        browser.force_login(editor)
        for answer in (browser.get(address, more), browser.post(f"{address}?next={evil}", more)):
            assert "evil" not in answer.get("Location", "").partition("?")[0], (name, answer["Location"])
            assert "javascript" not in answer.get("Location", "").partition("?")[0], (name, answer["Location"])


@pytest.mark.parametrize("evil", EVIL)
def test_a_second_step_leads_to_no_other_site_either(editor, evil):
    browser = Client()
    give_password(browser, with_app(editor), next=evil)
    assert browser.post(f"{SECOND_STEP}?next={evil}", {"code": code(), "next": evil})["Location"] == "/admin/"


@pytest.mark.parametrize("path", FILES)
def test_no_file_of_the_server_is_given_out(network, client, path):
    answer = client.get(path)
    assert answer.status_code in {301, 400, 404}
    assert b"DJANGO_SETTINGS_MODULE" not in answer.content


def test_trace_sends_nothing_back(network, client):
    for path in ("/", "/api/v1/interventions", "/accounts/login/"):
        answer = client.generic("TRACE", path, headers={"x-mine": "zanzibar"})
        assert answer.status_code == 405
        assert b"zanzibar" not in answer.content
