"""Enters into the audit trail who signed in and out, who failed to, and what became of second factors and sessions.

Never a password, a code or a secret; a user name that was tried is cut to one short line.
"""

from allauth.account.signals import authentication_step_completed, password_changed, password_reset, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as django_signals
from django.dispatch import receiver

from centres import audit, sessions
from centres.accounts.words import factor_in_words

RECOVERY = Authenticator.Type.RECOVERY_CODES


def _enter(action, person, note=""):
    audit.record(action=action, by=person, kind="centres_person", key=person.pk, note=note)


def sign_in_failed(request, username):
    """Enter a user name that was tried with a wrong password, whether there is one or not."""
    audit.record(action="sign-in failed", note=" ".join(username.split())[:150])


def locked_out(request):
    """Enter that somebody tried too often: who was signed in, or the user name that was tried."""
    person = request.user if request.user.is_authenticated else None
    tried = " ".join(request.POST.get("login", "").split())[:150]
    audit.record(action="locked out", by=person, note=tried or request.path)


@receiver(django_signals.user_logged_in)
def _began(sender, request, user, **kwargs):
    sessions.begin(request.session)


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    _enter("signed in", user)


@receiver(django_signals.user_logged_out)
def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        _enter("signed out", user)


@receiver(authenticator_added)
def _added(sender, request, user, authenticator, **kwargs):
    made = authenticator.type == RECOVERY
    _enter(
        "recovery codes made" if made else "second factor added", user, "" if made else factor_in_words(authenticator)
    )
    if not made:
        # It was shown to work a moment ago. Sessions that began before it existed never showed one.
        sessions.pass_second_factor(request.session, user)


@receiver(authenticator_reset)
def _made_anew(sender, request, user, authenticator, **kwargs):
    _enter("recovery codes made", user)


@receiver(authenticator_removed)
def _removed(sender, request, user, authenticator, **kwargs):
    _enter("second factor removed", user, factor_in_words(authenticator))


@receiver(authenticator_used)
def _used(sender, request, user, authenticator, **kwargs):
    sessions.pass_second_factor(request.session, user)
    if authenticator.type == RECOVERY:
        _enter("recovery code used", user)


@receiver(authentication_step_completed)
def _shown_again(sender, request, user, method, reauthenticated=False, **kwargs):
    if reauthenticated:
        _enter("shown again", user, str(method))
        sessions.renew(request.session)


@receiver(authentication_failed)
def _wrong_code(sender, request, user, authenticator, **kwargs):
    audit.record(
        action="sign-in failed", kind="centres_person", key=user.pk, note=f"{user}: {factor_in_words(authenticator)}"
    )


@receiver(password_changed)
def _password_changed(sender, request, user, **kwargs):
    _enter("password changed", user)
    sessions.end_all(by=user, person=user, keep=request.session.session_key)


@receiver(password_reset)
def _password_reset(sender, request, user, **kwargs):
    _enter("password reset by mail", user)
    sessions.end_all(by=user, person=user)
