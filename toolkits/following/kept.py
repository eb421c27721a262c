"""What is kept of a follower, for themselves. Read through a function of the database that asks for their key, so that
the public side needs no right to read who follows what."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Kept:
    """Something that `address` follows: a `record`, a `search`, or (None and empty) the network."""

    address: str
    id: int
    record: int | None
    search: str
    often: str
    confirmed: bool


def followed_by(key):
    """Everything that the follower with `key` follows or was asked about, in the order of asking."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, id, record, search, often, confirmed FROM what_is_followed(%s)", [key])
        return [Kept(*row) for row in cursor.fetchall()]
