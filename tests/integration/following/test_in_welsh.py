"""Following from a Welsh page: every mail and every page that a mail leads to is in Welsh; one person may have both."""

import datetime

from django.core import mail
from django.utils.formats import date_format
from django.utils.translation import override

from tests.factories.publishing import republish
from tests.integration.following.by_mail import FRIDAY, MENTORING, NEXT_MONDAY, digest, link_in, send_form, take
from toolkits import intake
from toolkits.following.asking import CONFIRM_WITHIN
from toolkits.models import Follow

HOUR = datetime.timedelta(hours=1)
WHO = {"address": "reader@example.org", "often": "weekly"}


def follow_by(client, page, **what):
    """A Follow asked for on the form at `page` and confirmed by the link in its mail, which is returned too."""
    assert send_form(client, page, **WHO, **what).status_code == 302
    (letter,) = take()
    assert send_form(client, link_in(letter, r"/confirm/\d+/")).status_code == 302
    intake.take_inbox()
    return Follow.objects.latest("pk"), letter


def test_what_is_asked_for_in_welsh_is_told_of_in_welsh(mentoring, editor, reviewer, client, clock):
    clock(FRIDAY)
    follow, asked = follow_by(client, "/cy/follow/", record=MENTORING)
    assert follow.language == "cy"
    assert link_in(asked, r"/confirm/\d+/").startswith("/cy/")
    assert asked.subject.startswith("Cadarnhewch")
    with override("cy"):
        assert date_format(FRIDAY + CONFIRM_WITHIN, "j F Y") in asked.body

    mentoring.summary += " More."
    mentoring.save()
    clock(FRIDAY + HOUR)
    republish(mentoring, editor, reviewer)
    (letter,) = digest(clock, NEXT_MONDAY)
    assert letter.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/cy/follow/")
    assert f"http://localhost:8000/cy/record/{MENTORING}/v2/" in letter.body
    assert "Version" not in letter.body
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert '<html lang="cy"' in client.get(stop).content.decode()
    assert client.post(stop).status_code == 200
    intake.take_inbox()
    assert not Follow.objects.exists()


def test_one_address_has_a_mail_in_each_language_it_asked_in(mentoring, editor, reviewer, client, clock):
    clock(FRIDAY)
    follow_by(client, "/cy/follow/", record=MENTORING)
    follow_by(client, "/follow/")
    mentoring.summary += " More."
    mentoring.save()
    clock(FRIDAY + HOUR)
    republish(mentoring, editor, reviewer)

    welsh, english = sorted(digest(clock, NEXT_MONDAY), key=lambda letter: "Mentoring" not in letter.subject)
    assert "/cy/record/" in welsh.body
    assert "/cy/" not in english.body
    assert welsh.extra_headers["Message-ID"] != english.extra_headers["Message-ID"]


def test_the_page_where_it_is_changed_decides_from_then_on(network, client, clock):
    clock(FRIDAY)
    follow, letter = follow_by(client, "/follow/", record=MENTORING)
    own = link_in(letter, r"/confirm/\d+/").rpartition("confirm/")[0]
    send_form(client, f"/cy{own}", follow=follow.pk, often="daily")
    intake.take_inbox()

    follow.refresh_from_db()
    assert (follow.often, follow.language) == ("daily", "cy")


def test_a_second_question_is_answered_in_the_language_it_was_asked_in(network, client, clock):
    clock(FRIDAY)
    follow_by(client, "/follow/", record=MENTORING)
    send_form(client, "/cy/follow/", **WHO, record=MENTORING)
    take()

    assert "Rydych" in mail.outbox[-1].body
    assert Follow.objects.get().language == "en-gb"
