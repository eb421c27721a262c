"""The background runner: what it does once, and only once."""

import datetime

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from toolkits import runner
from toolkits.models import PublicationCounter


def number():
    return PublicationCounter.objects.get().number


def test_day_turns_once(network):
    before = number()
    assert runner.run_due() == ["turn_the_day"]
    assert number() == before + 1
    assert runner.run_due() == []
    assert number() == before + 1


def test_day_turns_again_the_next_day(network):
    PublicationCounter.objects.update(day=timezone.localdate() - datetime.timedelta(days=3))
    assert runner.run_due() == ["turn_the_day"]
    assert PublicationCounter.objects.get().day == timezone.localdate()


def test_only_one_runner_works_at_a_time(network):
    other = psycopg.connect(**connection.get_connection_params() | {"autocommit": True})
    try:
        other.execute("SELECT pg_advisory_lock(%s)", [runner.LOCK])
        assert runner.run_due() is None
    finally:
        other.close()


def test_command_looks_once(network):
    before = number()
    call_command("runner", "--once")
    assert number() == before + 1
