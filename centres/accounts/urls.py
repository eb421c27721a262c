"""Addresses below /accounts/: those of allauth's that are reached, under its names, and a person's own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from centres.accounts import views


def titled(view, title, **context):
    """The view, its page headed `title`; allauth's have their headings in templates that are not used here."""
    return view.as_view(extra_context={"title": title, **context})


own = [
    path("", views.own, name="own"),
    path("sessions/", views.own_sessions, name="sessions"),
    path("sessions/<int:number>/end/", views.end_session, name="end_session"),
    path("sessions/stay/", views.stay, name="stay"),
    path("sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("login/", titled(views.SignInView, _("Sign in")), name="account_login"),
    path("logout/", titled(views.SignOutView, _("Sign out")), name="account_logout"),
    path("inactive/", titled(account.AccountInactiveView, _("This account is closed")), name="account_inactive"),
    path("reauthenticate/", titled(account.ReauthenticateView, _("Is it still you?")), name="account_reauthenticate"),
    path(
        "password/change/", titled(account.PasswordChangeView, _("Change the password")), name="account_change_password"
    ),
    path("password/reset/", titled(account.PasswordResetView, _("Forgotten password")), name="account_reset_password"),
    path(
        "password/reset/done/",
        titled(account.PasswordResetDoneView, _("Look into your mail"), mail_folder=settings.EMAIL_FILE_PATH),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        titled(account.PasswordResetFromKeyView, _("Choose a new password")),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        titled(account.PasswordResetFromKeyDoneView, _("New password")),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", views.SecondFactors.as_view(), name="mfa_index"),
    path("2fa/authenticate/", titled(mfa.AuthenticateView, _("Your second factor")), name="mfa_authenticate"),
    path("2fa/reauthenticate/", titled(mfa.ReauthenticateView, _("Is it still you?")), name="mfa_reauthenticate"),
    path(
        "2fa/app/activate/", titled(totp.ActivateTOTPView, _("Set up an authenticator app")), name="mfa_activate_totp"
    ),
    path(
        "2fa/app/deactivate/",
        titled(totp.DeactivateTOTPView, _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/recovery-codes/",
        titled(recovery.ViewRecoveryCodesView, _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        titled(recovery.GenerateRecoveryCodesView, _("Make new recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/add/", titled(views.AddPasskeyView, _("Add a passkey")), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        titled(webauthn.ReauthenticateWebAuthnView, _("Is it still you?")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/passkeys/<int:pk>/edit/", titled(views.RenamePasskeyView, _("Rename a passkey")), name="mfa_edit_webauthn"
    ),
    path(
        "2fa/passkeys/<int:pk>/remove/",
        titled(views.RemovePasskeyView, _("Remove a passkey")),
        name="mfa_remove_webauthn",
    ),
]
