"""Notices sent by mail: what people asked to be told at once, and one digest a day for those who asked for that.

A mail is sent in the transaction that marks its notices as sent, one mail a transaction, under a lock: after a crash
the runner goes on with the next. What the mail server refuses is tried again, later each time, and then given up.
"""

import datetime
import logging
from smtplib import SMTPRecipientsRefused
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from centres.models import Person
from toolkits.models import Notice

log = logging.getLogger(__name__)

DIGEST_HOUR = 7
# Pauses of 1, 4, 16… minutes between tries: the last comes after 23 hours.
TRIES = 7
FIRST_PAUSE = datetime.timedelta(minutes=1)
# News older than this is none: a runner that was off for weeks does not send it all.
KEPT_FOR = datetime.timedelta(days=7)
LONGEST_SUBJECT = 150


def digest_time(now):
    """When the last digest was due: seven in the morning, where the network is."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    due = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return due if due <= local else due - datetime.timedelta(days=1)


def _waiting(now):
    """Notices that may be sent: not sent or given up, and for people who still sign in and want mail."""
    return Notice.objects.filter(
        Q(try_at__isnull=True) | Q(try_at__lte=now),
        sent_at__isnull=True,
        tries__lt=TRIES,
        created_at__gt=now - KEPT_FOR,
        person__is_active=True,
        person__is_staff=True,
    ).exclude(Q(person__mail=Person.Mail.NEVER) | Q(person__email=""))


def _next_mail(now):
    """The notices of the mail to send next, locked; those of one kind that wait for somebody go together."""
    waiting = _waiting(now).select_for_update(of=["self"], skip_locked=True).select_related("person")
    due = waiting.filter(
        Q(person__mail=Person.Mail.AT_ONCE) | Q(person__mail=Person.Mail.DAILY, created_at__lt=digest_time(now))
    )
    first = due.first()
    if first is None:
        return []
    together = waiting.filter(person=first.person)
    if first.person.mail == Person.Mail.AT_ONCE:
        together = together.filter(event=first.event)
    return list(together)


class NotSent(Exception):
    """A mail did not go out; `refused` where the server answers, but will not take this one."""

    def __init__(self, *, refused):
        super().__init__("refused" if refused else "the mail server does not answer")
        self.refused = refused


def deliver(letter):
    """Send a mail, or raise NotSent, whatever went wrong: it is to be tried again later."""
    try:
        letter.send()
    except (SMTPRecipientsRefused, BadHeaderError) as error:
        log.warning("A mail was refused: %s", type(error).__name__)
        raise NotSent(refused=True) from error
    except Exception as error:
        log.exception("A mail could not be sent")
        raise NotSent(refused=False) from error


def absolute(address):
    """An address of the portal, from its root, as a mail has to give it."""
    return urljoin(settings.ADDRESS, address)


def _subject(notices):
    if len(notices) == 1:
        subject = f"{notices[0].get_event_display()}: {notices[0].title}"
    elif len({notice.event for notice in notices}) == 1:
        pages = ngettext("%(n)s page", "%(n)s pages", len(notices)) % {"n": len(notices)}
        subject = f"{notices[0].get_event_display()}: {pages}"
    else:
        subject = _("%(n)s things to know") % {"n": len(notices)}
    # A title may hold a line break, and what follows one in a subject is a header of its own.
    return " ".join(subject.split())[:LONGEST_SUBJECT]


def message(notices):
    """The mail (EmailMessage) that tells somebody of their `notices`, in plain text and in their language."""
    with override(notices[0].person.language):
        return _message(notices)


def _message(notices):
    person, preferences = notices[0].person, absolute(reverse("accounts:own"))
    context = {
        "person": person,
        "items": [(notice, absolute(notice.address)) for notice in notices],
        "preferences": preferences,
        "daily": person.mail == Person.Mail.DAILY,
    }
    # The same name at every try, so that a mailbox that was reached twice shows one mail.
    name = f"<notice-{notices[0].pk}-{len(notices)}@{urlsplit(settings.ADDRESS).hostname}>"
    return EmailMessage(
        subject=_subject(notices),
        body=render_to_string("mail/notices.txt", context),
        to=[person.email],
        headers={"Message-ID": name, "List-Unsubscribe": f"<{preferences}>", "Auto-Submitted": "auto-generated"},
    )


def _try_later(notices, now):
    pause = FIRST_PAUSE * 4 ** min(notice.tries for notice in notices)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(tries=F("tries") + 1, try_at=now + pause)


def send_mail():
    """Send what is due, as long as the mail server answers. Returns whether anything was sent."""
    sent, server_answers = 0, True
    while server_answers:
        with transaction.atomic():
            now = timezone.now()
            notices = _next_mail(now)
            if not notices:
                break
            try:
                message(notices).send()
            except (SMTPRecipientsRefused, BadHeaderError) as error:
                log.warning("Mail to %s was refused, and is tried again later: %s", notices[0].person, error)
                _try_later(notices, now)
            except Exception:
                # Whatever a mail server, or the way to it, can do wrong: what waits is still there when it is back.
                log.exception("Mail could not be sent, and is tried again later")
                _try_later(notices, now)
                server_answers = False
            else:
                Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=now)
                sent += 1
    return sent > 0
