"""`Surrogate-Key`: what a CDN may be told to forget, on each public answer, and what a publication touches."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from toolkits import published
from toolkits.actions import withdraw

MENTORING, PAGE = 1011, "/toolkits/teaching-and-learning/mentoring/"


@pytest.fixture
def reader(settings):
    settings.SURROGATE_KEYS = True
    return Client()


def touched(**since):
    said = io.StringIO()
    call_command("surrogate_keys", stdout=said, **since)
    return said.getvalue().split()


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/", "network"),
        ("/interventions/?format=csv", "network"),
        ("/api/v1/interventions/", "network"),
        ("/feeds/changes.xml", "network"),
        (PAGE, "network record-1011"),
        (f"/cy{PAGE}", "network record-1011"),
        (f"{PAGE}?format=pdf", "network record-1011"),
        (f"{PAGE}history/", "network record-1011"),
        ("/record/1011/", "network record-1011"),
        ("/record/1011/v1/", "network record-1011"),
        ("/feeds/records/1011.xml", "network record-1011"),
        ("/api/v1/records/1011/", "network record-1011"),
    ],
)
def test_public_answers_name_the_network_and_the_record_they_are_of(network, reader, path, keys):
    assert reader.get(path).headers["Surrogate-Key"] == keys


def test_nothing_else_names_any_and_what_is_not_there_is_kept_by_nobody(network, reader):
    for path in ("/admin/", "/accounts/login/", "/follow/", "/healthz"):
        assert "Surrogate-Key" not in reader.get(path).headers, path
    missing = reader.get("/toolkits/teaching-and-learning/nothing/")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")
    assert "Surrogate-Key" not in missing.headers


def test_without_the_setting_no_answer_names_any(network, client):
    assert "Surrogate-Key" not in client.get(PAGE).headers


def test_a_publication_says_which_keys_it_touches_once(network, reviewer):
    number = published.publication_number()
    assert touched(since=number) == []
    withdraw(record=MENTORING, by=reviewer, reason="To try.")
    assert touched(since=number) == [str(number + 1), "network", "record-1011"]
    assert touched(since=number + 1) == []
    assert touched()[1:2] == ["network"]
