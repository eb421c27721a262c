"""What these tests do again and again: set an app up, sign in by hand, and look what was entered."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from centres.models import AuditEntry

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIGN_IN, SECOND_STEP, SET_UP = (reverse(name) for name in ("account_login", "mfa_authenticate", "mfa_index"))
ADMIN = reverse("admin:index")


def with_app(somebody):
    """`somebody`, who has set up an authenticator app."""
    Authenticator.objects.create(user=somebody, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return somebody


def code(secret=SECRET, *, period=0):
    """What the app shows now; -1 for what it showed just before, 1 for what comes next."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + period))


def give_password(browser, somebody, password=None, **more):
    """Fill in the first page of signing in."""
    username = getattr(somebody, "username", somebody)
    return browser.post(SIGN_IN, {"login": username, "password": password or username, **more})


def sign_in(browser, somebody, *, period=0):
    """Sign in by password and code."""
    assert give_password(browser, somebody)["Location"] == SECOND_STEP
    return browser.post(SECOND_STEP, {"code": code(period=period)})


def is_in(browser):
    """Whether somebody in `browser` gets past the gate: to the cheapest page behind it."""
    return browser.get(reverse("accounts:own")).status_code == 200


def shown(response):
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def entered(action):
    """The newest entry of the audit trail for an action; None where there is none."""
    return AuditEntry.objects.filter(action=action).order_by("-pk").first()
