"""Each request has an id and a line in the log, kept answers too, and the line tells nothing about the reader."""

import json
import logging

import pytest
from django.conf import settings

from tests.integration.front import Answered
from whatworks.logs import AsJSON
from whatworks.requests import Noted

MENTORING = "/toolkits/teaching-and-learning/mentoring/?zanzibar=1"


@pytest.fixture
def lines(caplog):
    """The lines of the log, as JSON gives them."""
    caplog.set_level(logging.INFO, "whatworks.requests")
    return lambda: [json.loads(AsJSON().format(record)) for record in caplog.records if hasattr(record, "fields")]


def test_a_kept_answer_has_its_line_with_the_same_route_and_another_id(front, lines):
    counted = []
    noted = Noted(front, count=lambda note, seconds: counted.append((note.route, note.status, note.kept)))
    answers = [Answered(noted, MENTORING, REMOTE_ADDR="203.0.113.9") for _ in range(2)]
    first, second = lines()
    assert [answer.headers["X-Request-ID"] for answer in answers] == [first["request_id"], second["request_id"]]
    assert first["request_id"] != second["request_id"]
    assert (first["kept"], second["kept"]) == (False, True)
    for line in (first, second):
        assert (line["method"], line["route"], line["status"]) == ("GET", "public:intervention", 200)
        assert line["publication"] > 0
        assert "203.0.113.9" not in str(line)
        assert "zanzibar" not in str(line)
        assert "mentoring" not in str(line)
    assert counted == [("public:intervention", 200, False), ("public:intervention", 200, True)]


@pytest.mark.parametrize(
    ("trusted", "sent", "taken"),
    [(True, "proxy-0001", True), (False, "proxy-0001", False), (True, "two words", False), (True, "short", False)],
)
def test_an_id_is_taken_from_a_trusted_proxy_only(front, trusted, sent, taken):
    answer = Answered(Noted(front, trust_id=trusted), "/healthz", HTTP_X_REQUEST_ID=sent)
    assert (answer.headers["X-Request-ID"] == sent) == taken


def test_what_is_refused_to_somebody_is_logged_with_their_number(front, lines, client, editor):
    client.force_login(editor)
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    Answered(Noted(front), "/admin/centres/outcome/", **cookie)
    Answered(Noted(front), "/admin/evidence/outcome/", **cookie)
    Answered(Noted(front), MENTORING, **cookie)
    unknown, refused, public = lines()
    assert (refused["status"], refused["route"], refused["person"]) == (
        403,
        "admin:evidence_outcome_changelist",
        editor.pk,
    )
    # Who reads a public page is not even looked for.
    assert "person" not in public


def test_what_leads_nowhere_is_counted_together(front, lines):
    Answered(Noted(front), "/zanzibar/", "ZANZIBAR")
    assert [(line["route"], line["status"], line["method"]) for line in lines()] == [("none", 404, "other")]
