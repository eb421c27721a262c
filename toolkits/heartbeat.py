"""Whether the runner is at work: it says so in the cache that all processes share, at most twice a minute."""

import time
from dataclasses import dataclass, field

from django.core.cache import cache

KEY = "runner"
EVERY = 30  # seconds


@dataclass(frozen=True)
class Beat:
    """When the runner was last seen (seconds since 1970; 0: never), and when each duty last had something to do."""

    at: float = 0.0
    duties: dict[str, float] = field(default_factory=dict)


def read():
    """The last Beat, of whatever process wrote it."""
    found = cache.get(KEY)
    return Beat(**found) if found else Beat()


def beat(done, clock=time.time):
    """Say that the runner is at work, and which duties (names) it just did."""
    now, last = clock(), read()
    # One from the future was written before a clock was set back.
    if done or not 0 <= now - last.at < EVERY:
        cache.set(KEY, {"at": now, "duties": {**last.duties, **dict.fromkeys(done, now)}}, timeout=None)
