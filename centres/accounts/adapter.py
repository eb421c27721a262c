"""Where our rules differ from allauth's: who may sign in, what too many failures answer, and that a second factor stays."""

import ipaddress
import logging
import smtplib
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http.request import split_domain_port
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres import permissions, sessions
from centres.accounts import hiding, record

log = logging.getLogger("whatworks.accounts")
LOCKED_OUT = {"too_many_login_attempts", "rate_limited"}


def locked_out(request):
    """The page for who tried too often, known or not: the same for every name."""
    record.locked_out(request)
    response = render(request, "429.html", {"minutes": settings.LOCK_OUT_MINUTES}, status=429)
    response.headers["Retry-After"] = str(settings.LOCK_OUT_MINUTES * 60)
    return response


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by user name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("The user name or the password is not right."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "enter_current_password": gettext_lazy("This is not your password."),
    }

    def validation_error(self, code, *args):
        if code in LOCKED_OUT:
            raise ImmediateHttpResponse(locked_out(context.request))
        return super().validation_error(code, *args)

    def pre_login(self, request, user, **kwargs):
        if not permissions.may_sign_in(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        sessions.keep_newest(user)
        return response

    def authentication_failed(self, request, **credentials):
        record.sign_in_failed(request, credentials.get("username", ""))

    def is_reauthentication_required(self, **kwargs):
        # Who has just signed in has just shown who they are: allauth would ask for the password again at once.
        if sessions.age(context.request.session) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(**kwargs)

    def get_reset_password_from_key_url(self, key):
        # Not by the name that the request was sent to: whoever asked chose that.
        person, _dash, token = key.partition("-")
        return urljoin(settings.ADDRESS, reverse("account_reset_password_from_key", args=[person, token]))

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:own")

    def render_mail(self, template_prefix, email, context, headers=None):
        # Whoever asks for a new password is not signed in; the mail is for whose account it is.
        person = context.get("user")
        with translation.override(person.language if person else translation.get_language()):
            return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix, email, context):
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as error:
            log.exception("a mail could not be sent")
            raise ImmediateHttpResponse(render(self.request, "account/mail_failed.html", status=503)) from error


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: an app's codes, passkeys, recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or its time is over. Type the one shown now."),
        "cannot_delete_authenticator": gettext_lazy("This is your only second factor: add another one first."),
    }

    def encrypt(self, text):
        return hiding.hide(text)

    def decrypt(self, encrypted_text):
        return hiding.show(encrypted_text)

    def get_totp_issuer(self):
        return _("What Works")

    def can_delete_authenticator(self, authenticator):
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user, type):
        return ""


def is_a_number(request):
    """Whether the portal is asked for by an IP address: browsers keep passkeys for names only."""
    domain, _port = split_domain_port(request.get_host())
    try:
        ipaddress.ip_address(domain.strip("[]"))
    except ValueError:
        return False
    return True
