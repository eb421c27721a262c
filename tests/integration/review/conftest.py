"""One intervention on its way: edited, submitted, approved."""

import pytest

from centres.models import Role
from tests.factories import person
from toolkits import actions
from toolkits.models import Change, Decision

NEW_SUMMARY = "A pupil meets an older peer or adult every week."


@pytest.fixture
def edited(mentoring):
    """Mentoring with another summary, not submitted."""
    mentoring.summary = NEW_SUMMARY
    mentoring.save()
    return mentoring


@pytest.fixture
def submitted(edited, editor):
    """Its revision, which nobody has decided on."""
    return actions.submit(document=edited, by=editor, change=Change.WORDING, note="Clearer words")


@pytest.fixture
def approved(submitted, reviewer):
    """Its revision, which another person approved."""
    actions.decide(revision=submitted, by=reviewer, verdict=Decision.Verdict.APPROVED)
    return submitted


@pytest.fixture
def second_reviewer(eef):
    """Another reviewer of the same centre."""
    return person("second-reviewer", eef, Role.Name.REVIEWER)
