"""Following by mail: asked, confirmed, told, stopped; the same answer to everybody, and nothing kept afterwards."""

import datetime
import re
import smtplib
from email import message_from_bytes
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories.publishing import republish
from toolkits import actions, inbox, intake, runner
from toolkits.following import asking, digests
from toolkits.following.links import token_of
from toolkits.models import Change, Decision, Follow, Follower, Inbox
from toolkits.public import index, saved_searches
from toolkits.public.views import follow as views

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime.datetime(2026, 11, 27, 12, 0, tzinfo=LONDON)
MENTORING = 1011


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    views.asking.forget()
    views.asked.forget()
    views.changing.forget()


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is, for the runner and for what is published: `clock(FRIDAY)`."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def field(response, name):
    """The value of a hidden field of the form that was answered."""
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def send_form(client, where, **data):
    """Open a form and send it as a browser does, with what it holds and `data`."""
    page = client.get(where)
    token = field(page, "token")
    return client.post(urlsplit(where).path, {"token": token, **data}, headers={"origin": "http://testserver"})


def ask(client, address="reader@example.org", often="weekly", **what):
    return send_form(client, reverse("public:follow"), address=address, often=often, **what)


def link_in(letter, ending):
    """The address in a mail that ends so, from the portal's root."""
    found = re.search(rf"^https?://\S+{ending}$", letter.body, re.MULTILINE)
    return urlsplit(found.group(0)).path


def take():
    """The mails that come of what waits in the inbox."""
    before = len(mail.outbox)
    intake.take_inbox()
    return mail.outbox[before:]


def confirmed(client, address="reader@example.org", **what):
    """A Follow, asked for and confirmed."""
    assert ask(client, address=address, **what).status_code == 302
    (letter,) = take()
    where = link_in(letter, r"/confirm/\d+/")
    assert send_form(client, where).status_code == 302
    intake.take_inbox()
    return Follow.objects.latest("pk")


def digest(clock, moment):
    """The mails of the digests that are due at a time."""
    clock(moment)
    before = len(mail.outbox)
    while digests.send_digests():
        pass
    return mail.outbox[before:]


NEXT_MONDAY = datetime.datetime(2026, 11, 30, 7, 6, tzinfo=LONDON)


# --- asking and confirming -------------------------------------------------------------------------------------------


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


def test_a_sender_is_held_back_in_the_process_and_by_the_runner(network, client, monkeypatch, clock):
    clock(FRIDAY)
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


# --- the inbox -------------------------------------------------------------------------------------------------------


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


# --- digests ---------------------------------------------------------------------------------------------------------


def test_a_digest_says_what_changed_why_and_both_versions_and_comes_once(
    network, client, mentoring, editor, reviewer, clock
):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    republish(mentoring, editor, reviewer, note="Said more plainly")
    assert digest(clock, datetime.datetime(2026, 11, 28, 8, 0, tzinfo=LONDON)) == []
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.subject == "Mentoring: 1 change"
    for said in (
        "Wording: Said more plainly",
        f"Version 2: http://localhost:8000/record/{MENTORING}/v2/",
        f"Version 1, before: http://localhost:8000/record/{MENTORING}/v1/",
        f"/record/{MENTORING}/compare/?a=1&b=2",
        "reader@example.org was confirmed",
    ):
        assert said in letter.body
    assert digest(clock, NEXT_MONDAY + datetime.timedelta(hours=1)) == []
    # A runner that was away for two weeks has nothing to tell twice.
    assert digest(clock, NEXT_MONDAY + datetime.timedelta(days=15)) == []


def test_every_mail_can_be_stopped_in_one_click_without_a_form(network, client, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    raw = message_from_bytes(mail.outbox[-1].message().as_bytes())
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Content-Type"].startswith("text/plain")
    where = urlsplit(raw["List-Unsubscribe"].strip().strip("<>")).path
    assert client.get(where).status_code == 200
    assert not Inbox.objects.filter(kind="stop").exists()
    response = client.post(where, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    intake.take_inbox()
    assert not Follower.objects.exists()
    assert not Follow.objects.exists()
    assert client.post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_correction_says_what_was_wrong_and_what_that_does(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    revision = actions.submit(
        document=mentoring,
        by=editor,
        change=Change.CORRECTION,
        note="It is every week",
        wrong="It said every month.",
        conclusion="same",
    )
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "  Correction: It is every week\n" in letter.body
    assert "  What was wrong: It said every month. The conclusion is the same.\n" in letter.body


def test_a_minor_change_is_not_told(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    mentoring.summary = mentoring.summary + " Or so."
    mentoring.save()
    clock(FRIDAY + datetime.timedelta(hours=1))
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, minor=True)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    assert digest(clock, NEXT_MONDAY) == []


@pytest.mark.parametrize("kind", ["toolkit", "centre", "network"])
def test_what_belongs_to_a_toolkit_a_centre_or_the_network_is_told_with_it_and_once(
    network, client, reviewer, clock, mentoring, eef, kind
):
    clock(FRIDAY)
    record = {"toolkit": mentoring.entry.toolkit_id, "centre": eef.pk, "network": None}[kind]
    confirmed(client, **({"record": record} if record else {}))
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.body.count("Under review") == 1
    assert "Withdrawn" in letter.body


def test_a_list_tells_what_is_new_in_it_and_what_left(network, client, mentoring, editor, reviewer, clock):
    clock(FRIDAY)
    outcome = mentoring.outcomes.first()
    search = f"/interventions/?sort=changed&view=table&centre=eef&outcome={outcome.slug}"
    follow = confirmed(client, search=search)
    assert follow.search == f"/interventions/?outcome={outcome.slug}&centre=eef"
    assert MENTORING in follow.found
    clock(FRIDAY + datetime.timedelta(hours=1))
    mentoring.outcomes.clear()
    republish(mentoring, editor, reviewer, note="Not about that")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "It is no longer in this list." in letter.body
    assert "Not about that" in letter.body
    clock(NEXT_MONDAY + datetime.timedelta(hours=1))
    mentoring.outcomes.add(outcome)
    republish(mentoring, editor, reviewer, note="It is after all")
    (letter,) = digest(clock, NEXT_MONDAY + datetime.timedelta(days=7))
    assert "It is new in this list." in letter.body


def test_a_list_that_can_no_longer_be_asked_for_says_so_once_and_ends(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, search="/interventions/?centre=eef")
    Follow.objects.filter(pk=follow.pk).update(search="/interventions/?centre=eef&outcome=no-such-outcome")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "no-such-outcome" in letter.body
    assert "you no longer follow it" in letter.body
    assert not Follower.objects.exists()


def test_what_is_removed_is_told_and_followed_no_longer(network, client, reviewer, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.remove(record=MENTORING, by=reviewer, reason="Published by mistake")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert "Published by mistake" in letter.body
    assert not Follow.objects.exists()


def test_a_long_digest_is_cut_and_says_how_much_is_left_out(network, client, reviewer, clock, mentoring):
    clock(FRIDAY)
    confirmed(client)
    clock(FRIDAY + datetime.timedelta(hours=1))
    for record in range(1001, 1034):
        actions.withdraw(record=record, by=reviewer, reason=f"Reason of {record}")
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.body.count("Reason of") == 30
    # The newest are told.
    assert "Reason of 1033" in letter.body
    assert "Reason of 1003" not in letter.body
    assert "And 3 earlier changes" in letter.body


def test_a_refused_mail_is_tried_again_and_an_address_that_never_takes_one_is_deleted(
    network, client, reviewer, server, clock
):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    moment = NEXT_MONDAY
    for _ in range(7):
        server(smtplib.SMTPRecipientsRefused({}))
        assert Follower.objects.exists()
        assert digest(clock, moment) == []
        moment += datetime.timedelta(days=1)
    assert not Follower.objects.exists()


def test_a_server_that_is_away_costs_nobody_a_digest(network, client, reviewer, server, clock):
    clock(FRIDAY)
    confirmed(client, record=MENTORING)
    clock(FRIDAY + datetime.timedelta(hours=1))
    actions.withdraw(record=MENTORING, by=reviewer, reason="Under review")
    server(*[ConnectionRefusedError()] * 1)
    assert digest(clock, NEXT_MONDAY) == []
    assert len(digest(clock, NEXT_MONDAY + datetime.timedelta(minutes=10))) == 1


# --- one's own page --------------------------------------------------------------------------------------------------


def test_a_follower_sees_and_changes_only_their_own(network, client, clock):
    clock(FRIDAY)
    other = confirmed(client, address="other@example.org", record=1012)
    follow = confirmed(client, record=MENTORING)
    where = f"/follow/{token_of(follow.follower_id)}/"
    body = client.get(where).content.decode()
    assert "Mentoring" in body
    assert "other@example.org" not in body
    send_form(client, where, follow=follow.pk, often="daily")
    assert send_form(client, where, follow=other.pk, often="never").status_code == 400
    intake.take_inbox()
    follow.refresh_from_db()
    assert follow.often == "daily"
    send_form(client, where, follow=follow.pk, often="never")
    intake.take_inbox()
    assert list(Follow.objects.all()) == [other]
    assert "Nothing is followed with this link" in client.get(where).content.decode()


def test_a_link_that_is_not_ours_opens_nothing(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, record=MENTORING)
    for token in ("x", follow.follower_id.hex, token_of(follow.follower_id)[:-1]):
        assert client.get(f"/follow/{token}/").status_code == 404


def test_a_change_of_somebody_elses_is_refused_by_the_runner_too(network, client, clock):
    clock(FRIDAY)
    follow = confirmed(client, record=MENTORING)
    other = Follower.objects.create(address="other@example.org")
    inbox.leave(inbox.Kind.CHANGE, {"key": other.pk.hex, "follow": follow.pk, "often": "never"})
    intake.take_inbox()
    assert Follow.objects.filter(pk=follow.pk).exists()


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/interventions/?q=mentoring", "/reports/?year_from=2015", "/toolkits/crime-reduction/?strength=4"]
)
def test_a_list_is_read_as_its_page_shows_it(network, client, address):
    found = saved_searches.read(address)
    assert len(found.records) == client.get(address).context["listing"].count
    assert found.problems == ()
    assert found.filters


def test_the_runner_has_these_duties(network):
    index.forget()
    assert {intake.take_inbox, digests.send_digests, asking.forget_unconfirmed} <= set(runner.DUTIES)
    with transaction.atomic():
        assert not intake.take_inbox()
