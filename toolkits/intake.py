"""What the runner does with what the public sent in: one handler a kind, one transaction a letter.

Each handler takes the payload, checks it as what a stranger wrote, and may be run twice. Whatever a letter holds, the
next one is taken: what cannot be done is put aside, and named in the log.
"""

import datetime
import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from toolkits.following import asking, changing
from toolkits.mail import FIRST_PAUSE, TRIES, NotSent
from toolkits.models import Inbox

log = logging.getLogger(__name__)

Kind = Inbox.Kind
KEPT_FOR = datetime.timedelta(days=1)  # what was taken, empty, to count what a sender sends

HANDLERS = {
    Kind.FOLLOW: asking.ask,
    Kind.CONFIRM: changing.confirm,
    Kind.CHANGE: changing.change,
    Kind.STOP: changing.stop,
}
# What one sender may send of a kind in a day; more is thrown away. What needs a key is not held up by others' haste.
MOST_A_DAY = {Kind.FOLLOW: 60}


def _next(now):
    """The letter that waits longest, locked; None where none does."""
    waiting = Inbox.objects.select_for_update(skip_locked=True).filter(
        Q(try_at__isnull=True) | Q(try_at__lte=now), taken_at__isnull=True
    )
    return waiting.first()


def _too_many(letter, now):
    most = MOST_A_DAY.get(letter.kind)
    if most is None or not letter.sender:
        return False
    before = Inbox.objects.filter(kind=letter.kind, sender=letter.sender, at__gt=now - KEPT_FOR, at__lt=letter.at)
    return before.count() >= most


def _put_aside(letter, now):
    letter.taken_at, letter.payload = now, {}
    letter.save(update_fields=["taken_at", "payload"])


def _take(letter, now):
    """Do what a letter asks for. Returns False where the mail server did not answer, and it waits for another try."""
    try:
        with transaction.atomic():
            if not _too_many(letter, now):
                HANDLERS[letter.kind](letter.payload, now=now)
    except NotSent:
        if letter.tries + 1 < TRIES:
            letter.try_at = now + FIRST_PAUSE * 4**letter.tries
            letter.tries += 1
            letter.save(update_fields=["tries", "try_at"])
            return False
    except (OperationalError, InterfaceError):
        # The database was away, or two writers were in each other's way: the letter is still due.
        raise
    except Exception:
        log.exception("letter %s (%s) could not be read, and was put aside", letter.pk, letter.kind)
    _put_aside(letter, now)
    return True


def take_inbox():
    """Do what the public asked for, in the order of asking. Returns whether there was anything."""
    taken = 0
    while True:
        with transaction.atomic():
            now = timezone.now()
            letter = _next(now)
            if letter is None:
                break
            taken += _take(letter, now)
    Inbox.objects.filter(taken_at__lt=timezone.now() - KEPT_FOR).delete()
    return taken > 0
