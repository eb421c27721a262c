"""What a follower does with a key that was mailed to them: confirm, change how often, stop one, stop all."""

import uuid

from toolkits.languages import known
from toolkits.models import Follow, Follower
from toolkits.public import subjects


def _theirs(payload):
    """The Follow that a payload (`key`, `follow`) names, locked; None where it is not that follower's, or gone."""
    mine = Follow.objects.select_for_update().filter(follower=uuid.UUID(payload["key"]))
    return mine.filter(pk=payload["follow"]).first()


def confirm(payload, *, now):
    """Begin to tell a follower of what they confirmed (`key`, `follow`); a second time changes nothing."""
    follow = _theirs(payload)
    if follow is None or follow.confirmed_at is not None:
        return
    subject = subjects.subject(follow.record, follow.search)
    if subject is None:
        follow.delete()
        return
    follow.confirmed_at = follow.told_until = now
    if subject.search_now:
        follow.found = sorted(subject.search_now.records)
    follow.save(update_fields=["confirmed_at", "told_until", "found"])


def change(payload, *, now):
    """Tell a follower as often as they now say (`key`, `follow`, `often`), from now in the `language` of the page
    where they say it; `never` deletes what they followed."""
    follow, often = _theirs(payload), payload["often"]
    if follow is None:
        return
    if often == "never":
        follow.delete()
        Follower.objects.filter(pk=follow.follower_id, follows__isnull=True).delete()
    elif often in Follow.Often.values:
        follow.often, follow.language = often, known(payload.get("language"))
        follow.save(update_fields=["often", "language"])


def stop(payload, *, now):
    """Delete a follower (`key`) with everything they follow."""
    Follower.objects.filter(pk=uuid.UUID(payload["key"])).delete()
