"""What stands before every page that is not public: a session that is going on, and a second factor shown in it.

Deny by default: a page is public because its address says so, here, and not because somebody forgot a decorator.
Public pages are not looked at further, so that reading them touches neither a session nor the database.
"""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from centres import permissions, sessions

PUBLIC = ("public",)
PUBLIC_NAMES = ("healthz", "readyz", "security_txt")
# Where one signs in, out, or in again; each looks after itself.
ENTRANCE = {
    *("account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("accounts:invitation", "admin:login"),
}
# How a second factor is set up by somebody who has none, and shown by somebody who set it up elsewhere meanwhile.
SET_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
SHOW = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactorGate:
    """Lets visitors as far as where one signs in, people without a second factor as far as where one sets it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.resolver_match is not None and not is_public(request.resolver_match):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request, view, args, kwargs):
        """The page that has to come first, or None."""
        if is_public(request.resolver_match):
            return None
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # No text of the database holds one, so that each view would have to look for itself.
            raise BadRequest("a NUL in the address")
        if not request.user.is_authenticated:
            return _to_entrance(request)
        why = _("You cannot sign in here.") if not permissions.may_sign_in(request.user) else sessions.why_over(request)
        if why:
            sessions.drop(request, why)
            messages.info(request, why)
            return _to_entrance(request)
        if sessions.has_passed_second_factor(request):
            permissions.remember_roles(request.user)
            return None
        return _to_second_factor(request)


def is_public(match):
    """Whether an address, as resolved, is for everybody."""
    return match.namespace in PUBLIC or match.view_name in PUBLIC_NAMES


def _to_entrance(request):
    if request.resolver_match.view_name in ENTRANCE:
        return None
    wanted = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return redirect_to_login(wanted)


def _to_second_factor(request):
    name = request.resolver_match.view_name
    has_one = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    types = set(has_one.values_list("type", flat=True))
    if name in ENTRANCE or name in (SHOW if types else SET_UP):
        return None
    if not types:
        return redirect("mfa_index")
    only_passkeys = types == {Authenticator.Type.WEBAUTHN}
    return redirect("mfa_reauthenticate_webauthn" if only_passkeys else "mfa_reauthenticate")
