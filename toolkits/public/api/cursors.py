"""Where the next page of a list begins, as one opaque word. Pure: no Django.

A cursor belongs to one question. That of a list also belongs to one publication: the list it walks cannot change
under it, so a walk meets every record once, and a cursor of an earlier publication says that it has expired.
"""

import base64
import binascii
import hashlib
import struct

_FORM = struct.Struct(">qq8s")  # publication number, position, digest of the question


class Malformed(ValueError):
    """Not a cursor of this question."""


class Expired(ValueError):
    """A cursor of this question, from an earlier publication (`number`)."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def _digest(question: str, number: int, position: int) -> bytes:
    return hashlib.sha256(f"{number}\n{position}\n{question}".encode()).digest()[:8]


def write(question: str, number: int, position: int) -> str:
    """The cursor of `position` in what `question` gives at a publication number."""
    packed = _FORM.pack(number, position, _digest(question, number, position))
    return base64.urlsafe_b64encode(packed).decode()


def read(cursor: str, question: str) -> tuple[int, int]:
    """(publication number, position) of a cursor; raises Malformed where it is none of this question."""
    try:
        number, position, digest = _FORM.unpack(base64.b64decode(cursor, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, struct.error):
        raise Malformed(cursor) from None
    if digest != _digest(question, number, position):
        raise Malformed(cursor)
    return number, position


def position_at(cursor: str, question: str, number: int) -> int:
    """Where a list of the publication `number` goes on; raises Malformed or Expired."""
    made_at, position = read(cursor, question)
    if made_at != number:
        raise Expired(made_at)
    return position
