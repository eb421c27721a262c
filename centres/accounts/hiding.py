"""Secrets of second factors, hidden in the database: whoever has a copy of it has no code of anybody's app."""

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

log = logging.getLogger("whatworks.accounts")
HIDDEN = "gAAAA"  # how what Fernet hid begins; no secret of an app has small letters
HELD_IN = ("secret", "seed")  # of an app, and of recovery codes; a passkey has none


def _cipher():
    """What hides by our signing key, and reads by one from before too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac("centres.accounts.hiding", "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


def hide(text):
    """`text` as it is stored."""
    return _cipher().encrypt(text.encode()).decode()


def show(stored):
    """What was hidden. Of a key that is not known any more something random, by which no code fits."""
    if not stored.startswith(HIDDEN):
        return stored  # of an app that was set up before secrets were hidden
    try:
        return _cipher().decrypt(stored).decode()
    except InvalidToken:
        # Never nothing: the codes of no secret are known to everybody.
        log.error("A second factor was hidden by a key that is not known: no code fits it.")
        return b32encode(secrets.token_bytes(20)).decode()


@transaction.atomic
def hide_anew():
    """Hide every secret by the present key. Returns (how many were, how many of a key that is not known were left)."""
    cipher, hidden, left = _cipher(), 0, 0
    for authenticator in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        for name in authenticator.data.keys() & set(HELD_IN):
            stored = authenticator.data[name]
            try:
                plain = cipher.decrypt(stored).decode() if stored.startswith(HIDDEN) else stored
            except InvalidToken:
                left += 1
                continue
            authenticator.data[name] = hide(plain)
            hidden += 1
        authenticator.save(update_fields=["data"])
    return hidden, left
