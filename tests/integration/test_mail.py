"""Mail: at once or once a day, once and only once, in plain text, and nothing smuggled into its head."""

import datetime
import smtplib
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from centres.models import Person
from tests.factories import person
from toolkits import mail as notices_by_mail
from toolkits import notices, runner
from toolkits.models import Notice

LONDON = ZoneInfo("Europe/London")
Event = Notice.Event


@pytest.fixture
def reader(empty_database):
    """Somebody who wants mail at once."""
    return person("reader")


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is, for what waits and for what is sent: `clock(2026, 11, 23, 6, 59)`, in London."""

    def set_to(*moment):
        now = datetime.datetime(*moment, tzinfo=LONDON)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to


def notify(somebody, key="a", event=Event.SUBMITTED, title="Mentoring", text="Ann submitted this."):
    notices.tell([somebody], event=event, title=title, text=text, address="/editorial/revisions/5/", key=key)


def waiting():
    return Notice.objects.filter(sent_at__isnull=True).count()


def wants(somebody, when):
    somebody.mail = when
    somebody.save()


# --- at once ---------------------------------------------------------------------------------------------------------


def test_a_notice_is_a_plain_text_mail_that_leads_back_and_says_how_to_opt_out(reader, settings):
    settings.ADDRESS = "https://evidence.example.org"
    notify(reader, text="Ann submitted this: <b>& so on</b>")
    assert notices_by_mail.send_mail()
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.content_subtype) == (
        ["reader@example.org"],
        "Submitted for review: Mentoring",
        "plain",
    )
    assert sent.message().get_content_type() == "text/plain"
    assert "Ann submitted this: <b>& so on</b>\n\nhttps://evidence.example.org/editorial/revisions/5/\n" in sent.body
    assert "once a day or not at all" in sent.body
    assert sent.body.rstrip().endswith("https://evidence.example.org/accounts/")
    assert sent.extra_headers["List-Unsubscribe"] == "<https://evidence.example.org/accounts/>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_is_sent_is_not_sent_again(reader):
    notify(reader)
    assert notices_by_mail.send_mail()
    assert not notices_by_mail.send_mail()
    assert len(mail.outbox) == 1
    assert Notice.objects.get().sent_at


def test_different_things_are_mails_of_their_own_and_many_of_a_kind_are_one(reader):
    for number in range(30):
        notify(reader, key=f"o{number}", event=Event.OVERDUE, title=f"Page {number}")
    notify(reader, key="s")
    notices_by_mail.send_mail()
    assert sorted(sent.subject for sent in mail.outbox) == [
        "Overdue for review: 30 pages",
        "Submitted for review: Mentoring",
    ]
    together = next(sent for sent in mail.outbox if "30" in sent.subject)
    assert all(f"Overdue for review: Page {number}\n" in together.body for number in range(30))


def test_each_person_has_a_mail_of_their_own(reader):
    another = person("another")
    notices.tell([reader, another], event=Event.SUBMITTED, title="T", text="x", address="/", key="k")
    notices_by_mail.send_mail()
    assert sorted(sent.to for sent in mail.outbox) == [["another@example.org"], ["reader@example.org"]]


@pytest.mark.parametrize("changed", [{"mail": "never"}, {"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_who_opted_out_or_left_meanwhile_is_not_written_to(reader, changed):
    notify(reader)
    Person.objects.filter(pk=reader.pk).update(**changed)
    assert not notices_by_mail.send_mail()
    assert mail.outbox == []


@pytest.mark.parametrize("title", ["Mentoring\nBcc: everybody@example.org", "A\r\nB", "A\x0bB\x85C\u2028D"])
def test_no_title_smuggles_a_line_into_the_head(reader, title):
    notify(reader, title=title)
    notices_by_mail.send_mail()
    [sent] = mail.outbox
    assert len(sent.subject.splitlines()) == 1
    assert sent.recipients() == ["reader@example.org"]
    head = sent.message().as_bytes().split(b"\n\n")[0]
    assert not [line for line in head.split(b"\n") if line.startswith(b"Bcc")]


def test_an_address_with_a_line_break_stops_nobody_elses_mail(reader):
    another = person("another")
    Person.objects.filter(pk=reader.pk).update(email="reader@example.org\nBcc: everybody@example.org")
    notify(Person.objects.get(pk=reader.pk))
    notify(another)
    notices_by_mail.send_mail()
    assert [sent.to for sent in mail.outbox] == [["another@example.org"]]
    assert waiting() == 1


# --- once a day ------------------------------------------------------------------------------------------------------


def test_a_digest_is_sent_after_seven_and_once_a_day(reader, clock):
    wants(reader, Person.Mail.DAILY)
    clock(2026, 11, 22, 15)
    notify(reader, key="a")
    notify(reader, key="b", event=Event.RETURNED, title="Phonics")
    clock(2026, 11, 23, 6, 59)
    assert not notices_by_mail.send_mail()
    clock(2026, 11, 23, 7, 0)
    assert notices_by_mail.send_mail()
    assert [sent.subject for sent in mail.outbox] == ["2 things to know"]
    assert "Submitted for review: Mentoring" in mail.outbox[0].body
    assert "Returned: Phonics" in mail.outbox[0].body
    notify(reader, key="c")
    clock(2026, 11, 23, 23, 59)
    assert not notices_by_mail.send_mail()
    clock(2026, 11, 24, 7, 1)
    assert notices_by_mail.send_mail()
    assert len(mail.outbox) == 2


def test_a_digest_that_is_late_has_what_came_meanwhile_and_there_is_no_second(reader, clock):
    wants(reader, Person.Mail.DAILY)
    clock(2026, 11, 22, 15)
    notify(reader, key="a")
    clock(2026, 11, 23, 12)
    notify(reader, key="b")
    assert notices_by_mail.send_mail()
    assert "2 pages" in mail.outbox[0].subject
    assert not notices_by_mail.send_mail()


def test_seven_is_londons_in_summer_too(reader, clock):
    wants(reader, Person.Mail.DAILY)
    clock(2026, 7, 1, 20)
    notify(reader)
    moment = clock(2026, 7, 2, 7)
    assert moment.astimezone(datetime.UTC).hour == 6
    assert notices_by_mail.send_mail()


# --- when things go wrong --------------------------------------------------------------------------------------------


class Killed(BaseException):
    """What no handler of ours stops, as `kill -9` is not stopped."""


def test_a_crash_between_two_mails_sends_neither_twice(reader, server, monkeypatch):
    another = person("another")
    notify(reader)
    notify(another)
    server(None, Killed())
    with pytest.raises(Killed):
        notices_by_mail.send_mail()
    assert [sent.to for sent in mail.outbox] == [["reader@example.org"]]
    assert notices_by_mail.send_mail()
    assert [sent.to for sent in mail.outbox] == [["reader@example.org"], ["another@example.org"]]
    assert not notices_by_mail.send_mail()


def test_a_mail_sent_again_all_the_same_has_the_same_name(reader):
    notify(reader)
    notices_by_mail.send_mail()
    Notice.objects.update(sent_at=None)
    notices_by_mail.send_mail()
    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second


def test_a_server_that_is_away_is_asked_again_later_and_given_up_in_the_end(reader, server, clock, caplog):
    moment = clock(2026, 11, 23, 12)
    notify(reader)
    pauses = []
    for _try in range(notices_by_mail.TRIES):
        server(ConnectionRefusedError("nobody listens"))
        assert not notices_by_mail.send_mail()
        later = Notice.objects.get().try_at
        pauses.append((later - moment).total_seconds() / 60)
        # A second before its time it is left alone.
        moment = later
        clock(*(later - datetime.timedelta(seconds=1)).astimezone(LONDON).timetuple()[:6])
        assert not notices_by_mail.send_mail()
        clock(*later.astimezone(LONDON).timetuple()[:6])
    assert pauses == [1, 4, 16, 64, 256, 1024, 4096]
    server()
    assert not notices_by_mail.send_mail()
    assert mail.outbox == []
    assert "tried again later" in caplog.text


def test_what_waited_for_the_server_is_sent_when_it_is_back(reader, server, clock):
    clock(2026, 11, 23, 12)
    notify(reader)
    server(smtplib.SMTPServerDisconnected("gone"))
    assert not notices_by_mail.send_mail()
    clock(2026, 11, 23, 12, 1)
    assert notices_by_mail.send_mail()
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_is_asked_once_a_round_and_one_that_refuses_somebody_goes_on(reader, server):
    people = [reader, *(person(f"person{number}") for number in range(2))]
    for somebody in people:
        notify(somebody)
    server(TimeoutError("slow"), None, None)
    assert not notices_by_mail.send_mail()
    assert mail.outbox == []
    server(smtplib.SMTPRecipientsRefused({}), None)
    assert notices_by_mail.send_mail()
    assert [sent.to for sent in mail.outbox] == [["person1@example.org"]]
    assert waiting() == 2


def test_news_of_last_month_is_none(reader, clock):
    clock(2026, 10, 1, 12)
    notify(reader)
    clock(2026, 11, 23, 12)
    assert not notices_by_mail.send_mail()


def test_the_runner_sends_and_a_failing_server_keeps_no_other_duty_from_its_turn(reader, server, monkeypatch):
    notify(reader)
    assert "send_mail" in runner.run_due()
    notify(reader, key="b")
    server(ConnectionRefusedError("nobody listens"))
    ran = []
    monkeypatch.setattr(runner, "DUTIES", (*runner.DUTIES, lambda: ran.append("the next")))
    assert "send_mail" not in runner.run_due()
    assert ran == ["the next"]
