"""The mail that invites."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from centres.people import INVITATION_DAYS, invited_person


def send_invitation(invitation, secret):
    """Mail the invited address where to accept, in the language of their account; who has none yet, in the inviter's.

    Raises what the mail server's refusal raises.
    """
    with translation.override((invited_person(invitation) or invitation.invited_by).language):
        _letter(invitation, secret).send()


def _letter(invitation, secret):
    context = {
        "invitation": invitation,
        "by": invitation.invited_by.get_full_name() or invitation.invited_by.get_username(),
        "place": invitation.centre.name if invitation.centre else _("the network"),
        "days": INVITATION_DAYS,
        "address": urljoin(settings.ADDRESS, reverse("accounts:invitation", args=[secret])),
    }
    subject = " ".join(render_to_string("account/email/invitation_subject.txt", context).split())
    message = render_to_string("account/email/invitation_message.txt", context).strip() + "\n"
    return EmailMessage(subject, message, to=[invitation.email])
