"""Second factors as people call them."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _


def factor_in_words(authenticator):
    """What a second factor is, and its name where it has one."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        return _("passkey “%(name)s”") % {"name": authenticator.wrap().name or "–"}
    if authenticator.type == Authenticator.Type.TOTP:
        return _("authenticator app")
    return _("recovery codes")
