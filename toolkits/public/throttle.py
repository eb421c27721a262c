"""How much one sender may do in a while, counted in this process: the first, cheap fence. Pure: no Django."""

import threading
import time

MOST_SENDERS = 20_000


class Throttle:
    """Lets each sender through `most` times in `seconds`; forgets whom it has not seen for so long."""

    def __init__(self, most, seconds, clock=time.monotonic):
        self.most, self.seconds = most, seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._counts = {}

    def lets_through(self, sender):
        """Whether `sender` may do it once more, which counts."""
        with self._lock:
            now = self._clock()
            began, count = self._counts.get(sender, (now, 0))
            if now - began >= self.seconds:
                began, count = now, 0
            if count >= self.most:
                return False
            if len(self._counts) >= MOST_SENDERS and sender not in self._counts:
                self._make_room(now)
            self._counts[sender] = (began, count + 1)
            return True

    def forget(self):
        """Count anew."""
        with self._lock:
            self._counts.clear()

    def _make_room(self, now):
        """Drop what is over; if that is not enough, everything: a flood must not fill the memory."""
        self._counts = {sender: seen for sender, seen in self._counts.items() if now - seen[0] < self.seconds}
        if len(self._counts) >= MOST_SENDERS:
            self._counts = {}
