"""Following by mail: asked and confirmed; the same answer to everybody, and nothing kept afterwards."""

import datetime

import pytest

from tests.integration.following.by_mail import (
    FRIDAY,
    MENTORING,
    ask,
    confirmed,
    field,
    link_in,
    send_form,
    take,
)
from toolkits import intake
from toolkits.following import asking
from toolkits.following.links import token_of
from toolkits.models import Follow, Follower, Inbox
from toolkits.public.views import follow as views


def test_nobody_is_told_anything_before_they_confirm_by_the_link_in_their_mail(network, client, clock):
    clock(FRIDAY)
    response = ask(client, record=MENTORING)
    assert (response.status_code, response["Location"]) == (302, "/follow/sent/")
    assert not Follower.objects.exists()
    (letter,) = take()
    assert letter.to == ["reader@example.org"]
    assert "Mentoring" in letter.body
    follow = Follow.objects.get()
    assert (follow.record, follow.often, follow.confirmed_at) == (MENTORING, "weekly", None)

    where = link_in(letter, r"/confirm/\d+/")
    # Programs that look at mail open every link in it.
    assert client.get(where).status_code == 200
    assert not Inbox.objects.filter(taken_at=None).exists()
    send_form(client, where)
    intake.take_inbox()
    follow.refresh_from_db()
    assert follow.confirmed_at is not None
    assert client.cookies == {}


def test_what_is_not_confirmed_in_time_is_deleted_with_its_address(network, client, clock):
    clock(FRIDAY)
    ask(client, record=MENTORING)
    take()
    clock(FRIDAY + datetime.timedelta(days=2))
    assert not asking.forget_unconfirmed()
    clock(FRIDAY + datetime.timedelta(days=4))
    assert asking.forget_unconfirmed()
    assert not Follower.objects.exists()


def test_the_answer_is_the_same_whether_or_not_an_address_follows(network, client, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    known, unknown = (
        ask(client, address=address, record=MENTORING) for address in ("reader@example.org", "nobody@example.org")
    )
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    subjects = [letter.subject for letter in take()]
    assert subjects == ["You follow “Mentoring” already", "Please confirm: follow “Mentoring”"]


def test_an_address_is_asked_three_times_at_most_whoever_asks(network, client, clock):
    clock(FRIDAY)
    for record in range(1001, 1007):
        assert ask(client, address="Victim@Example.org ", record=record).status_code == 302
    assert Inbox.objects.count() == views.asked.most
    assert len(take()) == asking.MOST_ASKED
    assert Follower.objects.get().address == "victim@example.org"


def test_a_sender_is_held_back_in_the_process_and_by_the_runner(network, client, monkeypatch):
    answers = [ask(client, address=f"r{n}@example.org", record=MENTORING).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
    monkeypatch.setitem(intake.MOST_A_DAY, Inbox.Kind.FOLLOW, 4)
    assert len(take()) == 4
    assert not Inbox.objects.filter(taken_at=None).exists()
    assert set(Inbox.objects.values_list("payload__address", flat=True)) == {None}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"address": ""}, "Write your e-mail address."),
        ({"address": "nobody"}, "Write an e-mail address in full"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "Write an e-mail address in full"),
        ({"often": "hourly"}, "Choose how often"),
        ({"token": "made-up"}, "open for too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(network, client, sent, said):
    page = client.get(f"/follow/?record={MENTORING}")
    data = {"address": "reader@example.org", "often": "weekly", "token": field(page, "token"), "record": MENTORING}
    response = client.post("/follow/", data | sent)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "There is a problem" in response.content.decode()
    assert not Inbox.objects.exists()


def test_other_sites_cannot_have_their_visitors_ask(network, client):
    token = field(client.get(f"/follow/?record={MENTORING}"), "token")
    data = {"address": "reader@example.org", "often": "weekly", "token": token, "record": MENTORING}
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
    ):
        assert client.post("/follow/", data, headers=headers).status_code == 400
    # The token of one form opens no other.
    assert client.post(f"/follow/{token_of('0' * 32)}/", {"token": token, "follow": 1}).status_code == 400
    assert not Inbox.objects.exists()


@pytest.mark.parametrize(
    "query", ["record=1", "record=99999999999", "record=x", "search=/admin/", "search=//x/", "search=http://["]
)
def test_only_what_is_here_can_be_followed(network, client, query):
    assert client.get(f"/follow/?{query}").status_code == 404


def test_forms_are_kept_by_nobody(network, client):
    response = client.get("/follow/")
    assert "no-store" in response["Cache-Control"]
    assert "Set-Cookie" not in response
