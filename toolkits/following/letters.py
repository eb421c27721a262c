"""The mails to followers, in plain text. Each says why it came and how to stop, in words and for mail programs.

Mail programs stop it in one click by RFC 8058: they post to the address in List-Unsubscribe.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.following.links import token_of
from toolkits.languages import spoken
from toolkits.mail import LONGEST_SUBJECT, absolute, deliver


def _letter(follower, template, *, subject, name, **context):
    """An EmailMessage to a follower; `name` is the same at every try of the same mail."""
    token = token_of(follower.pk)
    stop = absolute(reverse("public:follow_stop", args=[token]))
    context |= {"stop": stop, "all": absolute(reverse("public:followed", args=[token])), "address": follower.address}
    host = urlsplit(settings.ADDRESS).hostname
    return EmailMessage(
        # A title may hold a line break, and what follows one in a subject is a header of its own.
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=render_to_string(f"mail/{template}.txt", context),
        to=[follower.address],
        headers={
            "Message-ID": f"<{name}@{host}>",
            "List-Id": f"<follow.{host}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def send(follower, letter):
    """Send one of these mails, or raise `toolkits.mail.NotSent`. An address without one, deleted meanwhile, gets none."""
    if follower.address:
        deliver(letter)


def please_confirm(follow, subject, *, until):
    """Asks whether an address wants to follow something; `until` is when the question is forgotten."""
    follower = follow.follower
    confirm = reverse("public:follow_confirm", args=[token_of(follower.pk), follow.pk])
    return _letter(
        follower,
        "follow_confirm",
        subject=_("Please confirm: follow “%(title)s”") % {"title": subject.title},
        name=f"confirm-{follow.pk}-{follow.asked_at:%Y%m%d%H%M%S}",
        followed=subject,
        often=follow.get_often_display(),
        confirm=absolute(confirm),
        until=until,
    )


def already(follower, subject):
    """Says that an address follows something already, to whoever reads its mail."""
    return _letter(
        follower,
        "follow_already",
        subject=_("You follow “%(title)s” already") % {"title": subject.title},
        name=f"already-{follower.pk.hex}-{follower.asked}-{follower.asked_since:%Y%m%d%H%M%S}",
        followed=subject,
    )


def too_much(follower, subject, most):
    """Says that an address follows as many things as it may."""
    return _letter(
        follower,
        "follow_too_much",
        subject=_("You follow as much as one address can"),
        name=f"much-{follower.pk.hex}-{follower.asked}-{follower.asked_since:%Y%m%d%H%M%S}",
        followed=subject,
        most=most,
    )


def digest(follower, news, *, until):
    """Tells a follower what changed (News), of everything that is due now, until `until`."""
    count = sum(len(one.changes) + one.more for one in news)
    changes = ngettext("%(n)s change", "%(n)s changes", count) % {"n": count}
    titles = news[0].title if len(news) == 1 else _("What you follow")
    items = [
        {
            "news": one,
            "address": absolute(one.path) if one.path else "",
            "feed": absolute(one.feed),
            "changes": [
                (change, [(label, absolute(address)) for label, address in change.links]) for change in one.changes
            ],
        }
        for one in news
    ]
    return _letter(
        follower,
        "follow_digest",
        subject=f"{titles}: {changes}" if count else _("Something that you followed is not there any more"),
        name=f"digest-{spoken()}-{follower.pk.hex}-{until:%Y%m%d%H%M}",
        items=items,
    )
