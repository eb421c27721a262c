"""Leaving something in the inbox: the only write the public side may do. Needs INSERT on one table, and no more."""

import ipaddress

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from toolkits.models.inbox import Inbox

Kind = Inbox.Kind
FULL, TOO_LONG = "53400", "22001"  # what the table's trigger refuses by


class InboxFull(Exception):
    """So much waits already that nothing more is taken."""


def leave(kind, payload, *, sender=""):
    """Leave `payload` (JSON-ready) for the runner; `sender` is what `digest_of` makes of a network address.

    Raises InboxFull where nothing is taken just now.
    """
    try:
        # Of its own, so that a refusal spoils nothing around it.
        with transaction.atomic():
            Inbox(kind=kind, payload=payload, sender=sender).save(force_insert=True)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") in {FULL, TOO_LONG}:
            raise InboxFull from error
        raise


def digest_of(address):
    """A digest that is the same for a network address all day, and says nothing about it without our key.

    Of an IPv6 address the first half counts: a household has the rest to itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:
            parsed = ipaddress.ip_network((parsed, 64), strict=False)
    except ValueError:
        parsed = address
    return salted_hmac("toolkits.inbox", f"{parsed}|{timezone.localdate()}", algorithm="sha256").hexdigest()[:32]
