"""Which database what is published is read from: the one named `default`, or for one answer another (a replica)."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS

_chosen = ContextVar("database", default=DEFAULT_DB_ALIAS)

database = _chosen.get  # its alias


@contextmanager
def reading_from(alias):
    """Read what is published from the database `alias` inside the block, in this thread."""
    before = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(before)
