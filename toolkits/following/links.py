"""The signed key in every link that is mailed to a follower: who has the mail may see and change what it is about."""

import uuid

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="toolkits.following", sep=".")


def token_of(key):
    """The part of an address that names a follower."""
    return _signer.sign(uuid.UUID(str(key)).hex)


def key_in(token):
    """The key (UUID) in a token of ours; None where it is none."""
    try:
        return uuid.UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
