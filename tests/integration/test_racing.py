"""Two people at once, 200 times: on save, submit, decide, publish and schedule. Nothing out twice, no word lost.

Real threads against PostgreSQL on a database of its own (`tests/integration/racing.py`), because a test's
transaction would hold them apart.
"""

import json

import pytest

from tests.integration.own_database import own_database

RECORD, ROUNDS = "1001", 207  # 23 of save, 46 of each of the others


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What the racing process found."""
    with own_database("whatworks_racing", tmp_path_factory.mktemp("data"), like="tiny") as database:
        yield json.loads(database.run("-m", "tests.integration.racing", RECORD, str(ROUNDS)))


def test_nobody_meets_an_error_or_loses_a_word(report):
    assert report["problems"] == []


@pytest.mark.parametrize("race", ["save", "submit", "decide", "publish", "appoint"])
def test_exactly_one_of_two_gets_through(report, race):
    assert report["ledger"][race] == {"1": 23 if race == "save" else 46}


def test_a_time_and_two_runners_and_a_hand_publish_once(report):
    assert report["ledger"]["go out"] == {"1": 46}


def test_the_versions_are_whole(report):
    assert report["versions"] == list(range(1, len(report["versions"]) + 1))
    assert report["published twice"] == 0
    assert report["tampered"] == []
    assert report["page is the last version"]
