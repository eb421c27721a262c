"""Where whole answers are kept: within a limit of bytes, and for one publication number at a time. Pure: no Django.

What is asked for twice is kept apart from what was asked for once. So a crawl of a thousand searches that
nobody repeats throws out other searches that nobody repeated, and never the pages everybody reads.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

# What an entry costs besides its text: dictionary slots, tuples and objects. Measured, rounded up.
OVERHEAD = 2_500
ONCE_SHARE = 4  # of the limit, a quarter is for answers that were asked for only once
LARGEST_SHARE = 16  # an answer larger than this part of the limit would throw out too many others


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with status 200. `headers` are complete but for what belongs to one request (Date).

    `until` is the moment (seconds since 1970) from which it may no longer be given; `route` is the name of the address.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    etag: str
    until: float
    route: str = ""


def cost(key: str, answer: Answer) -> int:
    """About how many bytes of memory an answer takes, with its address."""
    return OVERHEAD + len(key) + len(answer.body) + sum(len(name) + len(value) for name, value in answer.headers)


class Store:
    """Answers by address, `limit` bytes of them at most; nothing is kept where the limit is 0."""

    def __init__(self, limit: int, clock=time.time):
        self.limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._number: Hashable = None
        self._once: OrderedDict[str, Answer] = OrderedDict()
        self._again: OrderedDict[str, Answer] = OrderedDict()
        self._once_size = self._again_size = 0

    @property
    def size(self) -> int:
        """About how many bytes are taken."""
        return self._once_size + self._again_size

    def __len__(self):
        return len(self._once) + len(self._again)

    def get(self, key: str, number: Hashable) -> Answer | None:
        """The answer kept for an address at a publication number; None where there is none.

        Another number than the last one means that everything kept is out of date, so it goes.
        """
        with self._lock:
            self._turn_to(number)
            answer = self._again.get(key)
            if answer is not None:
                self._again.move_to_end(key)
            else:
                answer = self._once.pop(key, None)
                if answer is None:
                    return None
                self._once_size -= cost(key, answer)
                self._again[key] = answer
                self._again_size += cost(key, answer)
                self._make_room()
            if answer.until <= self._clock():
                self._drop(key)
                return None
            return answer

    def last(self, key: str) -> Answer | None:
        """The answer kept for an address, for when nobody can say at which publication number we are."""
        with self._lock:
            answer = self._again.get(key) or self._once.get(key)
            return answer if answer is not None and answer.until > self._clock() else None

    def put(self, key: str, number: Hashable, answer: Answer) -> bool:
        """Keep the answer that a request began to make at `number`; whether it was kept."""
        size = cost(key, answer)
        with self._lock:
            # One that another publication overtook could be given to nobody.
            if number != self._number or size > self.limit // LARGEST_SHARE:
                return False
            self._drop(key)
            self._once[key] = answer
            self._once_size += size
            self._make_room()
            return True

    def forget(self):
        """Drop everything: a restored database may count on from a number it has had before."""
        with self._lock:
            self._turn_to(None)

    def _turn_to(self, number):
        if number != self._number:
            self._number = number
            self._once.clear()
            self._again.clear()
            self._once_size = self._again_size = 0

    def _drop(self, key):
        answer = self._once.pop(key, None)
        if answer is not None:
            self._once_size -= cost(key, answer)
        answer = self._again.pop(key, None)
        if answer is not None:
            self._again_size -= cost(key, answer)

    def _make_room(self):
        """Throw out what was not asked for longest: of the single ones beyond their share, then of the others."""
        while self.size > self.limit:
            if self._once and (self._once_size > self.limit // ONCE_SHARE or not self._again):
                key, answer = self._once.popitem(last=False)
                self._once_size -= cost(key, answer)
            else:
                key, answer = self._again.popitem(last=False)
                self._again_size -= cost(key, answer)


class Turns:
    """Lets one thread at a time make an answer, while others who want the same one wait for it."""

    def __init__(self, patience: float = 10.0):
        """`patience` is how many seconds a thread waits at most before it makes the answer itself."""
        self._patience = patience
        self._lock = threading.Lock()
        self._taken: dict[Hashable, threading.Event] = {}

    def take(self, key: Hashable) -> bool:
        """True where it is this thread's turn, which has to `give` it back; False after another's turn has ended."""
        with self._lock:
            done = self._taken.get(key)
            if done is None:
                self._taken[key] = threading.Event()
                return True
        done.wait(self._patience)
        return False

    def give(self, key: Hashable):
        """End a turn: whoever waits for it goes on."""
        with self._lock:
            self._taken.pop(key).set()
