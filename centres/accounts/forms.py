"""The forms of signing in, in plain words, and a person's own."""

import struct

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth import password_validation
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.models import Person


def used_code_key(person_pk, code):
    """Where the shared cache notes that a code was used."""
    return f"one-time-code:{person_pk}:{code}"


def code_lasts():
    """For how many seconds one code is accepted."""
    return mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)


class CodeOnce:
    """A code works once. allauth remembers it for one period, and accepts it for as many as the clocks may differ."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = gettext_lazy("Code")
        code.help_text = gettext_lazy("Six digits from your authenticator app, or one of your recovery codes.")
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def clean_code(self):
        code = super().clean_code()
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        digits = "".join(code.split())
        if is_totp and not cache.add(used_code_key(self.user.pk, digits), True, timeout=code_lasts()):
            raise ValidationError(_("This code was used already: wait for the next one."), code="incorrect_code")
        return code


class Authenticate(CodeOnce, mfa.AuthenticateForm):
    """The second step of signing in."""


class ShowCode(CodeOnce, mfa.ReauthenticateForm):
    """Showing that it is still you, by a code."""


def _reworded(form, labels, helps=None):
    """Our labels and help, and no placeholders: they vanish while one types."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
    for name, text in (helps or {}).items():
        form.fields[name].help_text = text


class SignIn(account.LoginForm):
    """User name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"login": _("User name"), "password": _("Password")}, {"password": ""})
        self.fields["login"].widget.attrs["autofocus"] = True


class ShowPassword(account.ReauthenticateForm):
    """Showing that it is still you, by the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"password": _("Password")}, {"password": ""})


class ChangePassword(account.ChangePasswordForm):
    """The old password and a new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("Your password now"), "password1": _("New password"), "password2": _("Again")}
        _reworded(self, labels, {"oldpassword": ""})


class NewPassword(account.ResetPasswordKeyForm):
    """A new password, after the mailed address was opened."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"password1": _("New password"), "password2": _("Again")})


class ForgottenPassword(account.ResetPasswordForm):
    """The address to mail to. An unknown one gets a mail too, so that neither answer nor waiting tells which it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"email": _("E-mail address")})

    def save(self, request, **kwargs):
        if self.users:
            return super().save(request, **kwargs)
        email = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class SetUpApp(totp.ActivateTOTPForm):
    """The first code from an authenticator app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"code": _("Code from the app")}, {"code": _("Six digits; they change twice a minute.")})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReadsPasskey:
    """What a browser says of a passkey may be anything at all: what cannot be read or does not fit is refused."""

    UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error, InvalidSignature)

    def full_clean(self):
        try:
            super().full_clean()
        except self.UNREADABLE:
            self.add_error("credential", ValidationError(_("This passkey could not be read. Try again.")))


class SignInByPasskey(ReadsPasskey, webauthn.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class AuthenticateByPasskey(ReadsPasskey, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in, by a passkey."""


class ShowPasskey(ReadsPasskey, webauthn.ReauthenticateWebAuthnForm):
    """Showing that it is still you, by a passkey."""


class AddPasskey(ReadsPasskey, webauthn.AddWebAuthnForm):
    """A passkey: a name for it, and what the browser says."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "name": _("A name for it"),
            "passwordless": _("Sign in with this alone, without user name and password"),
        }
        helps = {
            "name": _("So that you can tell your passkeys apart: “My phone”."),
            "passwordless": _("The device then asks for its PIN, your finger or your face."),
        }
        _reworded(self, labels, helps)


class RenamePasskey(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reworded(self, {"name": _("Name")})


class Own(forms.ModelForm):
    """What a person says about themselves. Nothing here gives a right."""

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "mail", "language"]
        labels = {"mail": gettext_lazy("Mail to me"), "language": gettext_lazy("Language")}


class Rejoin(forms.ModelForm):
    """What somebody who comes back by an invitation fills in: name, and a new password."""

    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least eight characters, nothing common, not only digits, not like your name."),
    )
    password2 = forms.CharField(
        label=gettext_lazy("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Person
        fields = ["first_name", "last_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True

    def clean_password2(self):
        again = self.cleaned_data["password2"]
        if again != self.cleaned_data.get("password1", again):
            raise ValidationError(_("Type the same password twice."))
        return again

    def _post_clean(self):
        # The checks compare the password with the name, which the instance has only now.
        super()._post_clean()
        password = self.cleaned_data.get("password1")
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)


class Join(Rejoin):
    """What somebody new fills in."""

    class Meta(Rejoin.Meta):
        fields = ["username", "first_name", "last_name"]
        labels = {"username": gettext_lazy("User name")}
        help_texts = {"username": gettext_lazy("For signing in: letters, digits and . + - _ @")}

    def clean_username(self):
        username = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Somebody has this user name: choose another."))
        return username
