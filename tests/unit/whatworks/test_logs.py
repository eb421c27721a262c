"""Log lines and mails about errors say what happened, and nothing of who was reading."""

import json
import logging
import sys

from django.core import mail
from django.test import RequestFactory

from whatworks.logs import PAUSE, AsJSON, ErrorMail, WithoutReader

SECRET = "/follow/zanzibar-key/"


def failure(request):
    """The record of an error in answering `request`, as Django makes it."""
    try:
        raise ValueError("a figure that is none")
    except ValueError:
        error = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "%s: %s", ("Server Error", SECRET), error)
    record.request = request
    return record


def test_a_json_line_has_the_facts_and_the_error_but_not_the_path():
    record = failure(RequestFactory().get(SECRET, {"q": "zanzibar"}))
    record.fields = {"status": 500}
    assert WithoutReader().filter(record)
    line = AsJSON().format(record)
    facts = json.loads(line)
    assert "\n" not in line
    assert (facts["level"], facts["status"], facts["route"]) == ("ERROR", 500, "none")
    assert "a figure that is none" in facts["error"]
    assert "zanzibar" not in line


def test_an_error_is_mailed_without_the_request_and_a_storm_is_one_mail():
    now = [1000.0]
    handler = ErrorMail(["ops@example.org"], clock=lambda: now[0])
    request = RequestFactory().post(SECRET, {"password": "zanzibar"}, REMOTE_ADDR="203.0.113.9")
    for _ in range(3):
        handler.handle(failure(request))
    assert len(mail.outbox) == 1
    now[0] += PAUSE
    handler.handle(failure(request))
    assert "not mailed since the last mail: 2" in mail.outbox[1].body
    for letter in mail.outbox:
        text = letter.subject + letter.body
        assert "ValueError" in text
        assert "zanzibar" not in text
        assert "203.0.113.9" not in text
