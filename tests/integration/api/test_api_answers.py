"""How the API answers: headers, conditional requests, methods, addresses that are none, and the kept answers."""

import gzip
import json

import pytest

from tests.factories.publishing import republish
from tests.integration.api.calls import get, path_of

RECORD = "/api/v1/records/1013/"


def test_an_answer_may_be_read_from_anywhere_and_says_nothing_of_the_reader(network, client):
    response = client.get(RECORD, headers={"origin": "https://council.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Type"].startswith("application/json")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("path", [RECORD, "/api/openapi.json", "/api/v1/changes/"])
def test_who_has_the_answer_gets_304_until_something_is_published(network, client, mentoring, editor, reviewer, path):
    tag = client.get(path).headers["ETag"]
    assert tag.startswith('"')
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    mentoring.summary = "An older pupil meets a younger one every week."
    mentoring.save()
    republish(mentoring, editor, reviewer)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_head_has_the_headers_and_no_body(network, client):
    whole, head = client.get(RECORD), client.head(RECORD)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name != "Content-Security-Policy"} == {
        name: value for name, value in whole.headers.items() if name != "Content-Security-Policy"
    }


def test_answers_are_compressed_with_a_tag_of_their_own(network, client):
    plain = client.get(RECORD)
    compressed = client.get(RECORD, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed.headers["ETag"] not in {plain.headers["ETag"], f"W/{plain.headers['ETag']}"}


def test_a_preflight_is_answered(network, client):
    response = client.options(RECORD, headers={"origin": "https://council.example"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(network, client, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(RECORD)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/v1/intervention/", "Did you mean /api/v1/interventions/?"),
        ("/api/v1/records/one/", "Did you mean"),
        ("/api/v1/records/-1/", "Did you mean"),
        ("/api/v1/records/999999/", "no published record 999999"),
        ("/api/v1/records/99999999999999999999/", "no published record"),
        ("/api/v1/records/1013/versions/99999999999999999999/", "its newest is 1"),
        ("/api/v1/toolkits/1013/interventions/", "no live toolkit"),
        ("/api/v1/interventions/201/studies/", "no intervention"),
        ("/api/v2/", "nothing at"),
        ("/api/v1/%00/", "nothing at"),
        ("/api/v1/records/%0A/versions/", "nothing at"),
    ],
)
def test_what_there_is_not_is_said_with_the_nearest(network, client, path, said):
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert said in response.json()["detail"]


def test_a_missing_slash_is_put_right(network, client):
    response = client.get("/api/v1/interventions?impact=harm")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/interventions/?impact=harm")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_is_a_problem_and_is_noted(network, client, monkeypatch, caplog):
    monkeypatch.setattr("toolkits.published.page_of_record", lambda record: 1 / 0)
    problem = get(client, RECORD, 500)
    assert problem["type"] == "/api/#problem-error"
    assert "ZeroDivisionError" not in json.dumps(problem)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("name", ["service", "interventions", "changes"])
def test_every_answer_says_on_what_terms(network, client, name):
    about = get(client, path_of(name))["about"]
    assert about["publication"] > 0
    assert "licence of the source" in about["licence"]
    assert "Not an official publication" in about["disclaimer"]
    assert about["documentation"].endswith("/api/")


@pytest.mark.parametrize("name", ["interventions", "toolkits", "families", "syntheses", "reports", "changes"])
def test_an_empty_portal_has_empty_lists(empty_database, client, name):
    assert get(client, path_of(name))["data"] == []


def test_an_empty_portal_has_a_description(empty_database, client):
    assert client.get("/api/").status_code == 200
    assert get(client, "/api/openapi.json")["openapi"] == "3.1.0"
