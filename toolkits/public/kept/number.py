"""The publication number, read afresh for every request as cheaply as a database can be asked.

A notification would be cheaper still, but it may arrive after `publish` has returned, and so would an older
answer. So each request asks: one prepared statement on one connection that is only for this, about a tenth of
what the same costs through the ORM, its pool and a transaction.
"""

import threading
import time

import psycopg
from psycopg.pq import ExecStatus

NAME = b"publication_number"
_ATTEMPTS = 2  # the second one on a new connection, after the server was restarted


class PublicationNumber:
    """Reads the number. `connect()` returns a new psycopg connection; `lost()` is called when one took the place of
    one that broke; `pause` is for how many seconds a server that did not answer is not asked again.

    A connection that broke may lead to a restored database next time, which may count on from a number it
    has had before: whatever is kept by number has to be forgotten then. Not before: while the server is away, it is
    the last that readers can be given.
    """

    def __init__(self, connect, table: str, lost, *, pause: float = 1.0, clock=time.monotonic):
        self._connect = connect
        self._statement = f'SELECT number FROM "{table}"'.encode()
        self._lost = lost
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._connection = None
        self._broke = False
        self._failed_at = float("-inf")

    def read(self, pause: float | None = None) -> bytes:
        """The number at this moment, as text; psycopg.OperationalError where the database does not answer.

        `pause` is another one than usual, for who has nobody else to ask.
        """
        with self._lock:
            if self._clock() < self._failed_at + (self._pause if pause is None else pause):
                raise psycopg.OperationalError("the database did not answer a moment ago")
            for attempt in range(_ATTEMPTS):
                try:
                    return self._ask()
                except psycopg.OperationalError:
                    self._close()
                    if attempt + 1 == _ATTEMPTS:
                        self._failed_at = self._clock()
                        raise

    def _ask(self):
        if self._connection is None:
            self._connection = self._connect()
            self._check(self._connection.pgconn.prepare(NAME, self._statement), ExecStatus.COMMAND_OK)
        result = self._connection.pgconn.exec_prepared(NAME, None)
        self._check(result, ExecStatus.TUPLES_OK)
        if result.ntuples != 1:
            raise psycopg.OperationalError("the table of the publication number does not have one row")
        if self._broke:
            self._broke = False
            self._lost()
        return result.get_value(0, 0)

    def _check(self, result, expected):
        if result.status != expected:
            raise psycopg.OperationalError(result.error_message.decode(errors="replace").strip())

    def _close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._broke = True
