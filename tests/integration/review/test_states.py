"""Every action from every state: what docs/workflow.md lists gets through, and nothing else does."""

import datetime
import itertools

import pytest
from django.db import transaction
from django.utils import timezone

from evidence.models import Intervention
from tests.factories import intervention
from toolkits import actions, policies, workflow
from toolkits.models import Change, Decision, PublishedPage, Revision

Verdict = Decision.Verdict
RECORD, OTHER = 1011, 1013
HOUR = datetime.timedelta(hours=1)
ROUND = itertools.count()


class Refused(Exception):
    """Rolls back what got through, so that the next action starts from the same state."""


class Desk:
    """One record and the people who work on it; each method does what the action of its name does."""

    def __init__(self, editor, reviewer, second_reviewer, record=RECORD):
        self.editor, self.reviewer, self.third, self.record = editor, reviewer, second_reviewer, record

    @property
    def revision(self):
        return Revision.objects.filter(record=self.record).order_by("-number").first()

    @property
    def state(self):
        page = PublishedPage.objects.filter(record=self.record).first()
        return page.state if page else "never public"

    def edit(self):
        Intervention.objects.filter(pk=self.record).update(summary=f"Other words, number {next(ROUND)}.")

    def submit(self):
        self.edit()
        said = {"change": Change.WORDING, "note": "Other words"}
        return actions.submit(document=Intervention.objects.get(pk=self.record), by=self.editor, **said)

    def decide(self, verdict, by=None):
        return actions.decide(revision=self.revision, by=by or self.third, verdict=verdict, note="Because")

    def act(self, verb):
        said = {"record": self.record, "by": self.reviewer, "reason": "Because"}
        return {
            "submit": self.submit,
            "return": lambda: self.decide(Verdict.RETURNED),
            "approve": lambda: self.decide(Verdict.APPROVED),
            "emergency": lambda: actions.publish_in_emergency(
                revision=self.revision, by=self.reviewer, reason="It cannot wait"
            ),
            "publish": lambda: actions.publish(revision=self.revision, by=self.editor),
            "appoint": lambda: actions.appoint(revision=self.revision, at=timezone.now() + HOUR, by=self.editor),
            "cancel": lambda: actions.cancel_appointment(
                appointment=self.revision.appointments.order_by("-pk").first() or no_appointment(), by=self.editor
            ),
            "restore": lambda: actions.restore(version=1, **said),
            "withdraw": lambda: actions.withdraw(**said),
            "remove": lambda: actions.remove(**said),
            "merge": lambda: actions.merge(into=OTHER, **said),
        }[verb]()

    def approved(self):
        self.submit()
        self.decide(Verdict.APPROVED)

    def out(self):
        self.approved()
        self.act("publish")


def no_appointment():
    raise policies.WrongState("nothing has a time")


def through(desk, verb):
    """Whether an action gets through; what it did is undone."""
    try:
        with transaction.atomic():
            desk.act(verb)
            raise Refused
    except Refused:
        return True
    except policies.Refusal:
        return False


@pytest.fixture
def desk(mentoring, editor, reviewer, second_reviewer):
    return Desk(editor, reviewer, second_reviewer)


BEFORE = {
    "draft": [],
    "waiting": ["submit"],
    "returned": ["submit", "return"],
    "approved": ["submit", "approve"],
    "scheduled": ["submit", "approve", "appoint"],
    "published": ["submit", "approve", "publish"],
    "published, flagged": ["submit", "emergency"],
}


@pytest.mark.parametrize("state", workflow.SUBMISSION)
def test_a_submission_takes_the_listed_steps_and_no_other(desk, state):
    for verb in BEFORE[state]:
        desk.act(verb)
    verbs = {verb for steps in workflow.SUBMISSION.values() for verb in steps}
    assert {verb for verb in verbs if through(desk, verb)} == set(workflow.SUBMISSION[state])


@pytest.mark.parametrize("state", workflow.PAGE)
def test_a_page_takes_the_listed_steps_and_no_other(desk, mentoring, state):
    if state == "never public":
        desk.record = intervention(mentoring.entry.toolkit, "new").pk
    elif state == "live":
        desk.out()  # so that there is an earlier version to restore
    else:
        desk.act({"withdrawn": "withdraw", "removed": "remove", "merged": "merge"}[state])
    desk.approved()
    verbs = {verb for steps in workflow.PAGE.values() for verb in steps}
    assert {verb for verb in verbs if through(desk, verb)} == set(workflow.PAGE[state])
    for verb, becomes in workflow.PAGE[state].items():
        point = transaction.savepoint()
        desk.act(verb)
        assert desk.state == becomes, verb
        transaction.savepoint_rollback(point)
