"""From which database a request reads, and at which publication number that one is.

Both belong together: an answer made from a replica that has not heard of a publication yet must never be kept under
the number that the primary has reached by it.
"""

import logging
import threading
import time
from typing import NamedTuple

import psycopg
from django.db import DEFAULT_DB_ALIAS

REPLICA = "replica"
COMPARED_EVERY = 5.0  # seconds; a replica that has not heard by then of what was published before is not read from
LAST_RESORT_PAUSE = 1.0  # seconds for which a replica that did not answer is left alone where the primary is away too
PRIMARY_AWAY = 30.0  # seconds until a primary that did not answer is compared with again: asking may take long

logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    """A database (its alias), the publication number there, and how often what is kept by number had to be forgotten."""

    database: str
    number: bytes
    epoch: int


class Readings:
    """Says for each request what it reads from: the replica while it follows the primary, else the primary.

    `primary` and `replica` (None: there is none) are the `read` of a PublicationNumber each; `forget()` is called when
    another database is read from than before.
    """

    def __init__(self, primary, replica=None, *, forget, clock=time.monotonic):
        self._primary = primary
        self._replica = replica
        self._forget = forget
        self._clock = clock
        self._epoch = 0
        self._database = DEFAULT_DB_ALIAS if replica is None else REPLICA
        self._comparing = threading.Lock()
        self._compare_at = float("-inf")
        self._reached = 0  # by the primary, when it was last asked
        self._follows = True

    def lost(self):
        """Begin anew: what is read from may be another database than before, under the same name."""
        self._epoch += 1
        self._forget()

    def read(self):
        """The Reading of this moment; psycopg.OperationalError where no database answers."""
        if self._replica is None:
            return Reading(DEFAULT_DB_ALIAS, self._primary(), self._epoch)
        return self._from_replica() or self._from_primary()

    def _from_replica(self):
        """The replica's Reading; None where it does not answer, or does not follow while the primary is there."""
        try:
            number = self._replica()
        except psycopg.OperationalError:
            self._note(False, "The replica does not answer: reading from the primary.")
            # It comes back only when it has what the primary has.
            self._compare_at = float("-inf")
            return None
        self._compare(int(number))
        if not self._follows:
            return None
        return self._turn_to(REPLICA, number)

    def _from_primary(self):
        try:
            return self._turn_to(DEFAULT_DB_ALIAS, self._primary())
        except psycopg.OperationalError:
            # A replica that is behind, or was away a moment ago, has the newest that there is.
            return self._turn_to(REPLICA, self._replica(pause=LAST_RESORT_PAUSE))

    def _compare(self, number):
        """Every few seconds, one thread: see whether the replica has reached what the primary had the last time."""
        if self._clock() < self._compare_at or not self._comparing.acquire(blocking=False):
            return
        try:
            behind, pause = number < self._reached, COMPARED_EVERY
            try:
                self._reached = int(self._primary())
                behind = behind or not self._follows and number < self._reached
            except psycopg.OperationalError:
                behind, pause = False, PRIMARY_AWAY
            self._note(not behind, "The replica lags behind: reading from the primary.")
            self._compare_at = self._clock() + pause
        finally:
            self._comparing.release()

    def _note(self, follows, why):
        if follows != self._follows:
            self._follows = follows
            logger.warning("The replica is read from." if follows else why)

    def _turn_to(self, database, number):
        if database != self._database:
            self._database = database
            self.lost()
        return Reading(database, number, self._epoch)
