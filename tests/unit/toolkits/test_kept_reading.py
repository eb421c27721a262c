"""What a request reads from: a replica only while it follows, and never an old body under a new number."""

import psycopg
import pytest

from toolkits.public.kept.reading import COMPARED_EVERY, Readings


class Database:
    """One whose number is set, or None while it is away."""

    def __init__(self, number):
        self.number = number

    def __call__(self, pause=None):
        if self.number is None:
            raise psycopg.OperationalError("away")
        return str(self.number).encode()


class Pair:
    def __init__(self):
        self.now = 0.0
        self.forgotten = 0
        self.primary, self.replica = Database(7), Database(7)
        self.readings = Readings(self.primary, self.replica, forget=self.forget, clock=lambda: self.now)

    def forget(self):
        self.forgotten += 1

    def read(self):
        reading = self.readings.read()
        return reading.database, int(reading.number)


@pytest.fixture
def pair():
    return Pair()


def test_the_replica_is_read_from_with_its_own_number(pair):
    assert pair.read() == ("replica", 7)
    pair.primary.number = 8
    assert pair.read() == ("replica", 7)
    pair.replica.number = 8
    assert pair.read() == ("replica", 8)
    assert pair.forgotten == 0


def test_a_replica_that_lags_is_left_until_it_has_caught_up(pair):
    pair.read()
    pair.primary.number = 9
    pair.now += COMPARED_EVERY
    assert pair.read() == ("replica", 7), "published since the last look: it may be on its way"
    pair.now += COMPARED_EVERY
    assert pair.read() == ("default", 9)
    pair.replica.number = 8
    pair.now += COMPARED_EVERY
    assert pair.read() == ("default", 9)
    pair.replica.number = 9
    assert pair.read() == ("default", 9), "not looked at again yet"
    pair.now += COMPARED_EVERY
    assert pair.read() == ("replica", 9)
    assert pair.forgotten == 2


def test_without_the_replica_the_primary_is_read(pair):
    first = pair.readings.read()
    pair.replica.number = None
    second = pair.readings.read()
    assert (second.database, second.number) == ("default", first.number)
    assert second.epoch != first.epoch, "the same number elsewhere is another reading"
    pair.primary.number, pair.replica.number = 9, 8
    assert pair.read() == ("default", 9), "it comes back only with what was published meanwhile"
    pair.replica.number = 9
    pair.now += COMPARED_EVERY
    assert pair.read() == ("replica", 9)


def test_without_the_primary_the_replica_is_read_however_old(pair):
    pair.read()
    pair.primary.number = 9
    pair.now += 2 * COMPARED_EVERY
    pair.read()
    pair.now += COMPARED_EVERY
    assert pair.read() == ("default", 9)
    pair.primary.number = None
    assert pair.read() == ("replica", 7)


def test_without_both_nobody_can_say(pair):
    pair.primary.number = pair.replica.number = None
    with pytest.raises(psycopg.OperationalError):
        pair.readings.read()
