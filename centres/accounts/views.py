"""A person's own pages, the address of an invitation, and the few views of allauth's that need more than its settings."""

from datetime import UTC, datetime

from allauth.account.utils import perform_login
from allauth.account.views import LoginView, LogoutView
from allauth.decorators import rate_limit
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres import people, sessions
from centres.accounts.adapter import MFAAdapter, is_a_number
from centres.accounts.forms import Join, Own, Rejoin
from centres.models import Person, Role


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request):
    """My account: name, when to be told by mail, language, roles; the ways on to sign-in methods and sessions."""
    form = Own(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        people.change_own(by=request.user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return redirect("accounts:own")
    roles = Role.objects.current().filter(person=request.user).select_related("centre")
    context = {"form": form, "roles": roles, "administrator_for_good": request.user.is_superuser}
    return render(
        request, "account/own.html", context | {"title": _("Your account")}, status=422 if form.errors else 200
    )


@login_required
@require_safe
def own_sessions(request):
    """Where I am signed in."""
    ends = request.session_ends
    context = {
        "title": _("Where you are signed in"),
        "sessions": sessions.listed(request.user),
        "this": request.session.session_key,
        "idle_end": datetime.fromtimestamp(min(ends.idle, ends.whole), UTC),
        "whole_end": datetime.fromtimestamp(ends.whole, UTC),
        "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
    }
    return render(request, "account/sessions.html", context)


@login_required
@require_POST
def stay(request):
    """Stay signed in, up to what a session may last: when it ends now, as JSON for session.js and as a page for a form."""
    ends = sessions.stay(request)
    if not request.accepts("text/html"):
        return JsonResponse(ends._asdict())
    messages.success(request, _("You stay signed in."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_session(request, number):
    """End one of my sessions; ending this one is signing out."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    sessions.end(by=request.user, session=session)
    messages.success(request, _("That session has ended."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_other_sessions(request):
    """End all of my sessions but this one."""
    sessions.end_all(by=request.user, person=request.user, keep=request.session.session_key)
    messages.success(request, _("All other sessions have ended."))
    return redirect("accounts:sessions")


class SignInView(LoginView):
    """User name and password, or a passkey."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_a_number": is_a_number(self.request)}


class SignOutView(LogoutView):
    """Signing out, which also has the browser forget texts that it kept while they were typed."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


class SecondFactors(IndexView):
    """How I show that it is me: the app, passkeys, recovery codes. The first page of somebody who has none yet."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        has_one = context["authenticators"].keys() - {Authenticator.Type.RECOVERY_CODES}
        title = _("How you sign in") if has_one else _("Set up a second factor")
        return context | {"title": title, "has_one": bool(has_one), "is_a_number": is_a_number(self.request)}


class AddPasskeyView(AddWebAuthnView):
    """Adding a passkey, which a browser does for a host name only."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_a_number": is_a_number(self.request)}


class RenamePasskeyView(EditWebAuthnView):
    """Another name for a passkey."""

    success_url = reverse_lazy("mfa_index")


class RemovePasskeyView(RemoveWebAuthnView):
    """Removing a passkey, unless it is the only second factor: allauth asks that for an app alone."""

    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request, *args, **kwargs):
        self.request, self.kwargs = request, kwargs
        if request.user.is_authenticated and not MFAAdapter().can_delete_authenticator(self.get_object()):
            messages.error(request, MFAAdapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


def _ended(request):
    """One page for every address that opens nothing: wrong, used, withdrawn, expired."""
    return render(request, "account/invitation_ended.html", {"title": _("This invitation does not work")}, status=404)


@rate_limit(action="invitation", limit_get=True)
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, secret):
    """Where an invitation leads: to a new account, or for somebody who has one, to the role."""
    invited = people.invitation_with(secret)
    if invited is None:
        return _ended(request)
    person = people.invited_person(invited)
    context = {"invitation": invited, "title": _("Your invitation")}
    if person is not None and person.is_active:
        return _accept(request, secret, person, context)
    if request.user.is_authenticated:
        return render(request, "account/invitation_for_another.html", context, status=403)
    return _join(request, secret, invited, person, context)


def _accept(request, secret, person, context):
    """Somebody with an account accepts, signed in to it."""
    if not request.user.is_authenticated:
        return render(request, "account/invitation_sign_in.html", context)
    if request.user != person:
        return render(request, "account/invitation_for_another.html", context, status=403)
    if request.method != "POST":
        return render(request, "account/invitation_accept.html", context)
    try:
        people.accept_invitation(by=request.user, secret=secret)
    except people.Refusal:
        return _ended(request)
    messages.success(request, _("You have the role now."))
    return redirect("accounts:own")


def _join(request, secret, invited, person, context):
    """Somebody new, or who comes back, makes an account, and is signed in to set up a second factor."""
    form = (Rejoin if person else Join)(request.POST or None, instance=person or Person(email=invited.email))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = people.join(
                secret=secret,
                username=given.get("username", ""),
                first_name=given["first_name"],
                last_name=given["last_name"],
                password=given["password1"],
                language=translation.get_language(),
            )
        except people.Refusal:
            return _ended(request)
        except IntegrityError:
            # Somebody took the name between the check and now.
            form.add_error("username", _("Somebody has this user name: choose another."))
        else:
            return perform_login(request, person, email_verification="none")
    context |= {"form": form, "returning": person}
    return render(request, "account/invitation_join.html", context, status=422 if form.errors else 200)
