"""What a reader does who follows by mail: asks, confirms, and is written to."""

import datetime
import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core import mail
from django.urls import reverse

from toolkits import intake
from toolkits.following import digests
from toolkits.models import Follow

LONDON = ZoneInfo("Europe/London")


def _coming(weekday, hour, minute=0, *, after):
    """The first such time in London at least two days later."""
    day = after.date() + datetime.timedelta(days=2)
    day += datetime.timedelta(days=(weekday - day.weekday()) % 7)
    return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)


# Still to come, whenever the tests run: what the network published when it was loaded, now, is no news by then.
FRIDAY = _coming(4, 12, after=datetime.datetime.now(LONDON))
SATURDAY = _coming(5, 8, after=FRIDAY - datetime.timedelta(days=1))
NEXT_MONDAY = _coming(0, 7, 6, after=FRIDAY)
MENTORING = 1011


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
