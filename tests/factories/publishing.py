"""Making something public the way people do: one submits, another approves and publishes."""

from toolkits import actions
from toolkits.models import Decision
from toolkits.models.publishing import Change


def republish(document, by, reviewer, note="Clearer words"):
    """Submit a working row as `by`, approve and publish it as `reviewer`; return its new version."""
    revision = actions.submit(document=document, by=by, change=Change.WORDING, note=note)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    return actions.publish(revision=revision, by=reviewer)
