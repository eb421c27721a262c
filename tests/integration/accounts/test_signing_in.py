"""Signing in takes a password and a second factor, for everybody, and tells a stranger nothing."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import hashers
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from centres.models import AuditEntry, Person
from tests.factories import person
from tests.integration.accounts.people import (
    ADMIN,
    SECOND_STEP,
    SET_UP,
    SIGN_IN,
    code,
    entered,
    give_password,
    is_in,
    shown,
    sign_in,
    with_app,
)
from toolkits import actions


def test_password_and_code_open_the_editorial_side(browser, ada):
    assert sign_in(browser, ada)["Location"] == ADMIN
    assert browser.get(ADMIN).status_code == 200
    assert browser.get(reverse("editorial:queue")).status_code == 200
    assert entered("signed in").person == ada


def test_signing_in_leads_to_the_page_that_was_asked_for(browser, ada):
    wanted = reverse("editorial:queue")
    refused = browser.get(wanted)
    assert refused["Location"] == f"{SIGN_IN}?next={wanted}"
    give_password(browser, ada, next=wanted)
    assert browser.post(SECOND_STEP, {"code": code()})["Location"] == wanted


def test_the_admins_own_sign_in_is_this_one(browser, network):
    assert browser.get(ADMIN, follow=True).redirect_chain[-1][0].startswith(SIGN_IN)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(browser, ada, elsewhere):
    give_password(browser, ada, next=elsewhere)
    assert browser.post(SECOND_STEP, {"code": code()})["Location"] == ADMIN


def test_a_password_alone_opens_nothing(browser, ada):
    give_password(browser, ada)
    assert not is_in(browser)


@pytest.mark.parametrize("wrong", ["000000", "", "12345678901234567890", "ab cd ef"])
def test_a_wrong_code_opens_nothing(browser, ada, wrong):
    give_password(browser, ada)
    assert browser.post(SECOND_STEP, {"code": wrong}).status_code == 200
    assert not is_in(browser)


def test_a_wrong_code_is_entered_without_it(browser, ada):
    give_password(browser, ada)
    browser.post(SECOND_STEP, {"code": "000000"})
    assert entered("sign-in failed").note == "ada: authenticator app"


@pytest.mark.parametrize("period", [-1, 0, 1])
def test_a_clock_may_differ_by_half_a_minute(browser, ada, period):
    assert sign_in(browser, ada, period=period)["Location"] == ADMIN


def test_a_clock_may_not_differ_by_more(browser, ada):
    give_password(browser, ada)
    browser.post(SECOND_STEP, {"code": code(period=2)})
    assert not is_in(browser)


def test_a_code_works_once_for_as_long_as_it_is_accepted(browser, ada, monkeypatch):
    # allauth forgets it after one period; here it is as if that had passed.
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda self, code: True)
    sign_in(browser, ada)
    second = Client()
    give_password(second, ada)
    assert "used already" in shown(second.post(SECOND_STEP, {"code": code()}))
    assert not is_in(second)


def test_a_recovery_code_works_once_in_place_of_a_code(browser, ada):
    recovery = RecoveryCodes.activate(ada).generate_codes()[0]
    give_password(browser, ada)
    assert browser.post(SECOND_STEP, {"code": recovery})["Location"] == ADMIN
    assert is_in(browser)
    assert entered("recovery code used").person == ada
    assert not AuditEntry.objects.filter(note__contains=recovery).exists()
    second = Client()
    give_password(second, ada)
    second.post(SECOND_STEP, {"code": recovery})
    assert not is_in(second)


def test_whoever_has_no_second_factor_is_led_to_set_one_up(browser, editor, commits_at_once):
    assert give_password(browser, editor)["Location"] == ADMIN
    for page in (ADMIN, reverse("editorial:queue"), reverse("accounts:own"), reverse("accounts:sessions")):
        assert browser.get(page)["Location"] == SET_UP
    assert "Set up a second factor" in shown(browser.get(SET_UP))
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml")
    done = browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert len(browser.get(done["Location"]).context["unused_codes"]) == 10
    assert is_in(browser)
    assert entered("second factor added").note == "authenticator app"
    assert entered("recovery codes made").person == editor
    assert not AuditEntry.objects.filter(after__icontains=secret).exists()


def test_the_secrets_of_second_factors_are_hidden_in_the_database_and_outlast_a_new_key(browser, editor, settings):
    give_password(browser, editor)
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    app = Authenticator.objects.get(user=editor, type=Authenticator.Type.TOTP)
    assert secret not in str(app.data)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert app.wrap().validate_code(code(secret))
    call_command("hide_second_factors", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    app.refresh_from_db()
    assert app.wrap().validate_code(code(secret, period=1))
    settings.SECRET_KEY = "a third, and the second is lost"
    assert not app.wrap().validate_code(code(secret, period=-1))
    said = StringIO()
    call_command("hide_second_factors", stdout=StringIO(), stderr=said)
    assert "2 are hidden by a key that is not known" in said.getvalue()


def test_a_session_from_before_the_second_factor_shows_it_first(browser, editor):
    give_password(browser, editor)
    with_app(editor)
    show = reverse("mfa_reauthenticate")
    for name in ("admin:index", "mfa_activate_totp", "mfa_index", "account_reauthenticate", "mfa_add_webauthn"):
        assert browser.get(reverse(name))["Location"].startswith(show)
    assert browser.post(show, {"code": "000000"}).status_code == 200
    assert not is_in(browser)
    browser.post(show, {"code": code()})
    assert is_in(browser)


def test_the_only_second_factor_stays(browser, ada):
    sign_in(browser, ada)
    browser.post(reverse("mfa_deactivate_totp"))
    key = Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Phone", "credential": {}})
    Authenticator.objects.filter(user=ada, type="totp").delete()
    assert browser.post(reverse("mfa_remove_webauthn", args=[key.pk]))["Location"] == SET_UP
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_second_factors_can_go(browser, ada):
    sign_in(browser, ada)
    Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Phone", "credential": {}})
    browser.post(reverse("mfa_deactivate_totp"))
    assert [a.type for a in Authenticator.objects.filter(user=ada)] == ["webauthn"]
    assert entered("second factor removed").note == "authenticator app"


@pytest.mark.parametrize("junk", ["", "x", "{}", "[]", "null", "7", '{"id": 1}', '{"response": {"userHandle": "MQ"}}'])
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_authenticate", "mfa_add_webauthn"])
def test_junk_in_place_of_a_passkey_is_refused(browser, ada, name, junk):
    if name == "mfa_add_webauthn":
        sign_in(browser, ada)
    elif name == "mfa_authenticate":
        give_password(browser, ada)
    browser.get(reverse(name), headers={"accept": "application/json"})
    assert browser.post(reverse(name), {"credential": junk}).status_code in {200, 302}
    assert Authenticator.objects.filter(user=ada).count() == 1
    assert is_in(browser) == (name == "mfa_add_webauthn")


def test_the_loader_cannot_sign_in(browser, network):
    loader = actions.loader_account()
    give_password(browser, loader)
    assert not is_in(browser)
    loader.set_password("loader")
    loader.save()
    assert give_password(browser, loader, "loader")["Location"] == reverse("account_inactive")
    browser.force_login(loader)
    assert browser.get(ADMIN)["Location"].startswith(SIGN_IN)


def test_who_has_left_cannot_sign_in(browser, ada):
    ada.is_active = False
    ada.save()
    assert give_password(browser, ada)["Location"] == reverse("account_inactive")


def test_signing_out_is_asked_first_and_entered(browser, ada):
    sign_in(browser, ada)
    out = reverse("account_logout")
    assert browser.get(out).status_code == 200
    assert is_in(browser)
    assert browser.post(out)["Location"] == SIGN_IN
    assert not is_in(browser)
    assert entered("signed out").person == ada


def answer(browser, username):
    response = give_password(browser, username, "not the password")
    csrf = response.context["csrf_token"]
    return response.status_code, response.content.decode().replace(username, "NAME").replace(str(csrf), "TOKEN")


@pytest.fixture
def counted_hashes(settings, monkeypatch):
    """The real hash, counting how often it is computed: that is what a sign-in costs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    computed = []
    really = hashers.PBKDF2PasswordHasher.encode

    def encode(self, password, *args, **kwargs):
        computed.append(password)
        return really(self, password, *args, **kwargs)

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "iterations", 1000)
    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", encode)
    return computed


def test_unknown_and_known_user_names_get_the_same_answer_for_the_same_work(network, counted_hashes):
    ada = with_app(person("ada"))
    left = person("left")
    Person.objects.filter(pk=left.pk).update(is_active=False)
    answers, work = set(), set()
    for username in (ada.username, left.username, "nobody-at-all"):
        counted_hashes.clear()
        answers.add(answer(Client(), username))
        work.add(len(counted_hashes))
    assert len(answers) == 1
    assert work == {1}


@pytest.mark.parametrize("username", ["ada", "nobody-at-all"])
def test_failing_again_and_again_locks_out(browser, ada, username, settings):
    for _attempt in range(5):
        assert give_password(browser, username, "wrong").status_code == 200
    refused = give_password(browser, username)
    assert refused.status_code == 429
    assert f"{settings.LOCK_OUT_MINUTES} minutes" in shown(refused)
    assert refused["Retry-After"] == str(settings.LOCK_OUT_MINUTES * 60)
    assert not is_in(browser)
    assert entered("sign-in failed").note == username
    assert entered("locked out").note == username
    assert not AuditEntry.objects.filter(note__contains="wrong").exists()


def test_locked_out_from_elsewhere_too_and_others_are_not(browser, ada, stranger):
    for _attempt in range(5):
        give_password(browser, ada, "wrong")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert give_password(elsewhere, ada).status_code == 429
    assert sign_in(elsewhere, stranger)["Location"] == ADMIN


def test_trying_codes_locks_out(browser, ada):
    give_password(browser, ada)
    for _attempt in range(5):
        browser.post(SECOND_STEP, {"code": "000000"})
    refused = browser.post(SECOND_STEP, {"code": code()})
    assert refused.status_code == 429
    assert not is_in(browser)


def test_a_user_name_that_is_tried_is_entered_as_one_short_line(browser, network):
    give_password(browser, "a\nb" + "c" * 400, "wrong")
    give_password(browser, "x\r\n2026-01-01 signed in", "wrong")
    notes = AuditEntry.objects.filter(action="sign-in failed").values_list("note", flat=True)
    assert all("\n" not in note and len(note) <= 150 for note in notes)


def reset(browser, email):
    return browser.post(reverse("account_reset_password"), {"email": email})


def test_a_forgotten_password_is_chosen_anew_and_ends_all_sessions(browser, ada, settings):
    elsewhere = Client()
    sign_in(elsewhere, ada)
    reset(browser, ada.email)
    address = next(word for word in mail.outbox[0].body.split() if word.startswith(settings.ADDRESS))
    address = address.removeprefix(settings.ADDRESS)
    assert "ada" in mail.outbox[0].body
    form = browser.get(address, follow=True)
    chosen = {"password1": "a staple of correct horses", "password2": "a staple of correct horses"}
    browser.post(form.request["PATH_INFO"], chosen)
    assert not is_in(browser)
    assert not is_in(elsewhere)
    assert give_password(browser, ada, chosen["password1"])["Location"] == SECOND_STEP
    assert "works once" in shown(Client().get(address, follow=True))


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(browser, ada):
    answers = {(reset(Client(), email)["Location"], len(mail.outbox)) for email in (ada.email,)}
    mail.outbox.clear()
    answers |= {(reset(Client(), "nobody@example.org")["Location"], len(mail.outbox))}
    assert len(answers) == 1
    assert mail.outbox[0].to == ["nobody@example.org"]
    assert "http" not in mail.outbox[0].body


def test_an_address_that_was_corrected_resets_nothing_any_more(browser, ada):
    reset(browser, ada.email)
    former, ada.email = ada.email, "new@example.org"
    ada.save()
    mail.outbox.clear()
    reset(browser, former)
    assert "No account has the address" in mail.outbox[0].body


def test_a_mail_server_that_is_down_is_said(browser, ada, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    refused = reset(browser, ada.email)
    assert refused.status_code == 503
    assert "mail server does not answer" in shown(refused)


def test_sign_up_does_not_exist(browser, network):
    for rest in ("signup/", "email/", "password/set/", "confirm-email/x/", "login/code/", "2fa/webauthn/signup/"):
        assert browser.get(f"/accounts/{rest}").status_code == 404
