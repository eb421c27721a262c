"""The table in docs/workflow.md, carried out: every action, every address."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.answers import ask
from toolkits import actions, workflow
from toolkits.models import Decision, PublishedPage
from toolkits.models.publishing import Change

RECORD, OTHER = 1011, 1013  # mentoring and one to one tuition, of the EEF
HOME = "/toolkits/teaching-and-learning/mentoring/"
OTHER_HOME = "/toolkits/teaching-and-learning/one-to-one-tuition/"


def submitted(mentoring, editor, **changes):
    mentoring.summary = "New words."
    mentoring.save()
    return actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Clearer words")


def published(mentoring, editor, reviewer):
    revision = submitted(mentoring, editor)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)


def carry_out(action, mentoring, editor, reviewer):
    if action == "submit":
        submitted(mentoring, editor)
    elif action in {"return", "approve"}:
        verdict = {"return": Decision.Verdict.RETURNED, "approve": Decision.Verdict.APPROVED}[action]
        actions.decide(revision=submitted(mentoring, editor), by=reviewer, verdict=verdict, note="Because")
    elif action == "publish":
        published(mentoring, editor, reviewer)
    elif action == "restore":
        published(mentoring, editor, reviewer)
        actions.restore(record=RECORD, version=1, by=reviewer, reason="Because")
    elif action == "move":
        mentoring.entry.slug = "mentors"
        mentoring.entry.save()
        published(mentoring, editor, reviewer)
    elif action == "merge":
        actions.merge(record=RECORD, into=OTHER, by=reviewer, reason="Because")
    else:
        getattr(actions, action)(record=RECORD, by=reviewer, reason="Because")


def answer(client, address):
    """What an address answers now, in the words of the table's columns."""
    path = {
        "its page": HOME,
        "lists": reverse("public:toolkit", args=["teaching-and-learning"]) + "?format=csv",
        "feed": reverse("public:feed"),
        "sitemap": reverse("public:sitemap"),
        "/record/<id>/": reverse("public:record", args=[RECORD]),
        "/record/<id>/v1/": reverse("public:record_version", args=[RECORD, 1]),
    }[address]
    return ask(client, path)


def holds(expected, address, response, before):
    """Whether a response is what the table promises."""
    if expected == "as before":
        return response.status == before.status and response.body == before.body
    listed = f"/record/{RECORD}/".encode() in response.body or HOME.encode() in response.body
    here = PublishedPage.objects.get(record=RECORD).path
    return {
        "200, new text": lambda: response.status == 200 and b"New words." in response.body,
        "200, old text": lambda: response.status == 200 and b"Pairing a pupil" in response.body,
        "200, banner and reason": lambda: (
            response.status == 200 and b"Because" in response.body and b"Pairing a pupil" in response.body
        ),
        "200, banner": lambda: response.status == 200 and b"Because" in response.body,
        "200, with a link to the newest": lambda: response.status == 200 and here.encode() in response.body,
        "200, with a link to the other": lambda: (
            response.status == 200
            and (OTHER_HOME.encode() in response.body or f"/record/{OTHER}/".encode() in response.body)
        ),
        "410, with the reason": lambda: (
            response.status == 410 and b"Because" in response.body and b"Pairing a pupil" not in response.body
        ),
        "301 to the other": lambda: response.status == 301 and response.location == OTHER_HOME,
        "301 from the old address": lambda: response.status == 301 and response.location == here,
        "302 to its page": lambda: response.status == 302 and response.location == here,
        "listed": lambda: response.status == 200 and (listed or here.encode() in response.body),
        "not listed": lambda: response.status == 200 and not listed,
        "event added": lambda: (
            response.status == 200
            and response.body != before.body
            and (b"Because" in response.body or b"Clearer words" in response.body)
        ),
    }[expected]()


@pytest.mark.parametrize("action", workflow.ANSWERS)
def test_every_address_answers_as_the_table_says(client, mentoring, editor, reviewer, action):
    before = {address: answer(client, address) for address in workflow.ADDRESSES}
    carry_out(action, mentoring, editor, reviewer)
    wrong = [
        (address, expected, response.status)
        for address, expected in zip(workflow.ADDRESSES, workflow.ANSWERS[action], strict=True)
        if not holds(expected, address, response := answer(client, address), before[address])
    ]
    assert wrong == []


def test_document_is_the_table():
    written = Path(settings.BASE_DIR, "docs", "workflow.md").read_text()
    assert written == workflow.as_markdown(), "run: python manage.py workflow > docs/workflow.md"
