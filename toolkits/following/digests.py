"""Digests: one mail to a follower with everything that changed, at seven in the morning, daily or on Mondays.

Who follows some things in Welsh and others in English has one of each.

Each follow remembers until when it was told, always a whole digest time: a runner that comes late tells of the
longer time, and one that comes twice finds nothing due. A mail is sent in the transaction that enters it.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from toolkits.following import changes, letters
from toolkits.mail import FIRST_PAUSE, TRIES, NotSent, digest_time
from toolkits.models import Follow, Follower

log = logging.getLogger(__name__)

# What was published just before seven may be committed just after.
SETTLING = datetime.timedelta(minutes=5)
MOST_AT_ONCE = 200  # followers looked at before the runner's other duties have their turn


def due_times(now):
    """{how often: when the last digest of that kind was due}."""
    daily = digest_time(now - SETTLING)
    return {Follow.Often.DAILY: daily, Follow.Often.WEEKLY: daily - datetime.timedelta(days=daily.weekday())}


def _due(now):
    """The condition that finds the follows of which something may have to be told."""
    found = Q()
    for often, due in due_times(now).items():
        found |= Q(often=often, told_until__lt=due)
    return found & Q(confirmed_at__isnull=False)


def _next_follower(now):
    """The next follower to look at, locked; None where nobody is due."""
    due = Follow.objects.filter(_due(now), follower=OuterRef("pk"))
    ready = Follower.objects.filter(Q(try_at__isnull=True) | Q(try_at__lte=now)).filter(Exists(due))
    return ready.select_for_update(skip_locked=True).order_by("pk").first()


def _without_repeats(news):
    """The News of each follow without what an earlier one of the same mail tells already."""
    seen = set()
    for one in news:
        fresh = [change for change in one.changes if change.key not in seen]
        seen |= {change.key for change in fresh}
        one.changes[:] = fresh
        if one.says_anything or one.more:
            yield one


def _tell(follower, now):
    """Tell a follower of everything that is due. Returns whether a mail was sent; raises NotSent."""
    times = due_times(now)
    follows = list(follower.follows.filter(_due(now)))
    news = [changes.news_of(follow, until=times[follow.often]) for follow in follows]
    for follow, one in zip(follows, news, strict=True):
        if one.ends:
            follow.delete()
        else:
            follow.told_until, follow.found = times[follow.often], sorted(one.found)
            follow.save(update_fields=["told_until", "found"])
    told = {}
    for follow, one in zip(follows, news, strict=True):
        told.setdefault(follow.language, []).append(one)
    told = {language: list(_without_repeats(theirs)) for language, theirs in told.items()}
    for language, fresh in told.items():
        if fresh:
            with override(language):
                letters.send(follower, letters.digest(follower, fresh, until=max(times.values())))
    follower.tries, follower.try_at = 0, None
    follower.save(update_fields=["tries", "try_at"])
    if not follower.follows.exists():
        follower.delete()
    return any(told.values())


def _not_sent(follower, now, error):
    """Try later, and later each time. An address that never takes mail is deleted; a server that is away is no fault of it."""
    if error.refused and follower.tries + 1 >= TRIES:
        log.warning("an address refused mail %s times running: it follows nothing any more", TRIES)
        follower.delete()
        return
    follower.try_at = now + FIRST_PAUSE * 4 ** min(follower.tries, TRIES - 1)
    follower.tries += 1 if error.refused else 0
    follower.save(update_fields=["tries", "try_at"])


def send_digests():
    """Send the digests that are due, a bounded number at a time. Returns whether anybody was looked at."""
    looked_at, server_answers = 0, True
    while server_answers and looked_at < MOST_AT_ONCE:
        with transaction.atomic():
            now = timezone.now()
            follower = _next_follower(now)
            if follower is None:
                break
            try:
                with transaction.atomic():
                    _tell(follower, now)
            except NotSent as error:
                _not_sent(follower, now, error)
                server_answers = error.refused
            looked_at += 1
    return looked_at > 0
