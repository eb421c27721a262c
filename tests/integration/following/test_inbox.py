"""What visitors send waits in an inbox that is bounded, and that the public role cannot read."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from tests.integration.following.by_mail import (
    FRIDAY,
    MENTORING,
    ask,
    confirmed,
    take,
)
from toolkits import inbox
from toolkits.following.links import token_of
from toolkits.models import Follower, Inbox


def test_the_public_role_may_insert_into_the_inbox_and_read_nothing_of_it(network, client, clock):
    follow = confirmed(client, record=MENTORING)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE only_public; GRANT INSERT ON toolkits_inbox TO only_public")
        cursor.execute("GRANT SELECT ON toolkits_publishedpage, toolkits_publicationcounter TO only_public")
        cursor.execute("SET ROLE only_public")
        try:
            inbox.leave(inbox.Kind.STOP, {"key": "x"})
            page = client.get(f"/follow/{token_of(follow.follower_id)}/")
            cursor.execute(
                "SELECT has_table_privilege('toolkits_follow', 'SELECT'), has_table_privilege('toolkits_inbox', 'SELECT')"
            )
            assert cursor.fetchone() == (False, False)
        finally:
            cursor.execute("RESET ROLE")
    assert "Mentoring" in page.content.decode()
    assert Inbox.objects.filter(kind="stop", taken_at=None).count() == 1


def test_the_inbox_is_bounded(network, client):
    Inbox.objects.bulk_create([Inbox(kind="stop", payload={}) for _ in range(9_999)])
    inbox.leave(inbox.Kind.STOP, {})
    with pytest.raises(inbox.InboxFull):
        inbox.leave(inbox.Kind.STOP, {})
    response = ask(client, record=MENTORING)
    assert (response.status_code, response["Retry-After"]) == (503, "3600")


def test_the_inbox_takes_nothing_of_any_length(network):
    with pytest.raises(inbox.InboxFull):
        inbox.leave(inbox.Kind.STOP, {"key": "x" * 60_000})


def test_what_cannot_be_read_holds_nothing_up(network, client, caplog, clock):
    clock(FRIDAY)
    inbox.leave(inbox.Kind.CONFIRM, {"key": "no key", "follow": "no number"})
    inbox.leave(inbox.Kind.FOLLOW, {"address": "not an address", "often": "weekly"})
    inbox.leave(inbox.Kind.CHANGE, {"key": "0" * 32, "follow": 10**30, "often": "never"})
    inbox.leave(inbox.Kind.FOLLOW, {"address": "a@example.org", "often": "weekly", "record": -(10**30)})
    ask(client, record=MENTORING)
    assert len(take()) == 1
    assert "could not be read" in caplog.text
    assert not Inbox.objects.filter(taken_at=None).exists()


def test_a_sender_is_a_code_that_changes_daily_and_stands_for_a_household(monkeypatch):
    today = inbox.digest_of("203.0.113.7")
    assert "203" not in today
    assert (
        inbox.digest_of("2001:db8:1:2::1") == inbox.digest_of("2001:db8:1:2:ffff::9") != inbox.digest_of("2001:db8::")
    )
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2020, 1, 1))
    assert inbox.digest_of("203.0.113.7") != today


def test_the_question_waits_for_a_mail_server_that_is_away(network, client, server, clock):
    clock(FRIDAY)
    ask(client, record=MENTORING)
    server(ConnectionRefusedError())
    assert take() == []
    assert not Follower.objects.exists()
    clock(FRIDAY + datetime.timedelta(minutes=2))
    assert len(take()) == 1
