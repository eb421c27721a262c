"""Somebody asks to follow something: their address is mailed once, and nothing else happens until they confirm.

What the mail says depends on what the address follows already; what the asker is told never does.
"""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import override

from toolkits.following import letters
from toolkits.languages import known
from toolkits.models import Follow, Follower
from toolkits.public import subjects

CONFIRM_WITHIN = datetime.timedelta(days=3)
MOST_ASKED = 3  # mails to an address that never confirmed, until it is forgotten
MOST_ASKED_A_DAY = 20  # to one that did
MOST_FOLLOWED = 100  # by one address


def _follower(address, now):
    """The Follower with an address, locked, and made where there was none."""
    Follower.objects.get_or_create(address=address, defaults={"asked_since": now})
    return Follower.objects.select_for_update().get(address=address)


def _may_be_mailed(follower, now):
    """Whether an address may be sent one more mail that it may not have asked for; if so, it is counted."""
    known = follower.follows.filter(confirmed_at__isnull=False).exists()
    most, span = (MOST_ASKED_A_DAY, datetime.timedelta(days=1)) if known else (MOST_ASKED, CONFIRM_WITHIN)
    if now - follower.asked_since >= span:
        follower.asked, follower.asked_since = 0, now
    if follower.asked >= most:
        return False
    follower.asked += 1
    follower.save(update_fields=["asked", "asked_since"])
    return True


def ask(payload, *, now):
    """Mail an address (`address`, `record` or `search`, `often`) whether it wants to follow what was asked for.

    The mail is in the `language` of the page where it was asked.
    """
    language = known(payload.get("language"))
    with override(language):
        _ask(payload, language, now)


def _ask(payload, language, now):
    address, often = str(payload["address"]).strip().lower(), payload["often"]
    try:
        validate_email(address)
    except ValidationError:
        return
    subject = subjects.subject(payload.get("record"), payload.get("search", ""))
    if subject is None or often not in Follow.Often.values:
        return
    follower = _follower(address, now)
    if not _may_be_mailed(follower, now):
        return
    follow = follower.follows.filter(record=subject.record, search=subject.search).first()
    if follow is None and follower.follows.count() >= MOST_FOLLOWED:
        letters.send(follower, letters.too_much(follower, subject, MOST_FOLLOWED))
    elif follow is not None and follow.confirmed_at is not None:
        letters.send(follower, letters.already(follower, subject))
    else:
        if follow is None:
            follow = Follow(follower=follower, record=subject.record, search=subject.search)
        follow.often, follow.language, follow.asked_at = often, language, now
        follow.save()
        letters.send(follower, letters.please_confirm(follow, subject, until=now + CONFIRM_WITHIN))


def forget_unconfirmed():
    """Delete what nobody confirmed in time, and addresses that follow nothing. Returns whether there was any."""
    now = timezone.now()
    late, _rows = Follow.objects.filter(confirmed_at__isnull=True, asked_at__lt=now - CONFIRM_WITHIN).delete()
    idle, _rows = Follower.objects.filter(follows__isnull=True, asked_since__lt=now - CONFIRM_WITHIN).delete()
    return late + idle > 0
