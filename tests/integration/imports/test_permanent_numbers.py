"""Two who claim a permanent number at once: the second waits for the first, and gets the next."""

import threading

import psycopg
import pytest
from django.db import IntegrityError, connection

from centres.records import RecordNumber, claim, claim_several

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def test_numbers_are_claimed_one_after_the_other(network):
    highest = RecordNumber.objects.filter(kind="intervention").latest("number").number
    assert [row.pk for row in claim_several("intervention", first=1001, count=3)] == [
        highest + 1,
        highest + 2,
        highest + 3,
    ]
    assert claim("intervention", first=1001).pk == highest + 4
    assert claim_several("intervention", first=1001, count=0) == []
    with pytest.raises(IntegrityError):
        claim("intervention", first=1001, number=highest)


def test_a_series_that_runs_into_the_next_goes_on_after_everything(network):
    RecordNumber.objects.create(number=4999, kind="intervention")
    last = RecordNumber.objects.latest("number").number
    assert [row.pk for row in claim_several("intervention", first=1001, count=2)] == [last + 1, last + 2]


def test_who_claims_what_another_is_just_writing_gets_the_next(network):
    number = RecordNumber.objects.filter(kind="intervention").latest("number").number + 1
    parameters = connection.get_connection_params()
    other, looking = psycopg.connect(**parameters), psycopg.connect(**parameters | {"autocommit": True})
    other.execute("INSERT INTO centres_recordnumber (number, kind) VALUES (%s, 'intervention')", [number])
    stop = threading.Event()

    def commit_when_waited_for():
        while not looking.execute(WAITING).fetchone()[0] and not stop.wait(0.01):
            pass
        other.commit()

    committing = threading.Thread(target=commit_when_waited_for)
    committing.start()
    try:
        assert [row.pk for row in claim_several("intervention", first=1001, count=2)] == [number + 1, number + 2]
    finally:
        stop.set()
        committing.join()
        looking.execute("DELETE FROM centres_recordnumber WHERE number = %s", [number])
        other.close()
        looking.close()
