"""Demonstration accounts: where they may exist, and that the portal refuses to start with them elsewhere."""

import stat
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from centres import demonstration
from centres.accounts.forms import used_code_key
from centres.models import Person


@pytest.fixture
def demo(settings, tmp_path, network):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    return settings


def test_accounts_can_sign_in_with_the_printed_password_and_code(demo, capsys):
    call_command("demonstration_accounts")
    *lines, how = capsys.readouterr().out.splitlines()
    accounts = {line.split()[0]: line.split()[-1] for line in lines}
    assert list(accounts) == ["editor", "reviewer", "manager", "police-editor", "network-editor", "admin"]
    assert "make code USER=editor" in how
    for username, password in accounts.items():
        browser = Client()
        browser.post(reverse("account_login"), {"login": username, "password": password})
        assert browser.get(reverse("accounts:own")).status_code == 302
        browser.post(reverse("mfa_authenticate"), {"code": code(username)})
        assert browser.get(reverse("accounts:own")).status_code == 200, username


def code(username):
    out = StringIO()
    call_command("code", username, stdout=out)
    return out.getvalue().strip()


def test_each_has_its_role_and_no_flag(demo):
    demonstration.create_accounts()
    Person.objects.filter(username="admin").update(is_superuser=True)
    demonstration.create_accounts()
    accounts = Person.objects.filter(is_demonstration=True)
    held = {(person.username, role.name) for person in accounts for role in person.roles.current()}
    assert held == {(username, role) for username, _centre, role in demonstration.CAST}
    assert not accounts.filter(is_superuser=True).exists()


def test_codes_differ_and_their_secret_is_kept_for_its_owner_only(demo):
    demonstration.create_accounts()
    secrets = Authenticator.objects.values_list("data__secret", flat=True)
    assert len(set(secrets)) == len(demonstration.CAST)
    assert stat.S_IMODE((demo.DATA_DIR / "demonstration-codes").stat().st_mode) == 0o600
    demonstration.create_accounts()
    assert set(Authenticator.objects.values_list("data__secret", flat=True)) == set(secrets)


def test_a_code_that_was_used_is_not_printed_again(demo):
    demonstration.create_accounts()
    person, printed = Person.objects.get(username="editor"), []
    for _time in range(3):
        printed.append(code("editor"))
        cache.set(used_code_key(person.pk, printed[-1]), True)
    assert len(set(printed)) == 3
    with pytest.raises(CommandError, match="Ask again in [0-9]+ seconds"):
        code("editor")


@pytest.mark.parametrize("username", ["real", "nobody", "no-code"])
def test_code_is_for_demonstration_accounts_alone(demo, username):
    demonstration.create_accounts()
    somebody = Person.objects.create_user("real", is_staff=True)
    Authenticator.objects.create(user=somebody, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    Person.objects.create_user("no-code", is_demonstration=True)
    with pytest.raises(CommandError, match="no demonstration account"):
        code(username)


def test_code_says_whose_it_wants(demo):
    with pytest.raises(CommandError, match="USER=editor"):
        code("")


def test_no_code_outside_the_demonstration(demo):
    demonstration.create_accounts()
    demo.DEMO = False
    with pytest.raises(CommandError, match="WHATWORKS_DEMO"):
        code("editor")


def test_password_is_kept_for_its_owner_only(demo):
    demonstration.create_accounts()
    path = demo.DATA_DIR / "demonstration-password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert demonstration.password() == demonstration.password()


def test_refused_outside_the_demonstration(demo):
    demo.DEMO = False
    with pytest.raises(CommandError, match="WHATWORKS_DEMO"):
        call_command("demonstration_accounts")
    assert not Person.objects.filter(is_demonstration=True).exists()


def test_portal_refuses_to_start_with_them_in_public(demo):
    demonstration.create_accounts()
    assert demonstration.no_demonstration_accounts_in_public(databases=["default"]) == []
    demo.DEMO = False
    errors = demonstration.no_demonstration_accounts_in_public(databases=["default"])
    assert [error.id for error in errors] == ["whatworks.E001"]


def test_a_real_account_of_the_same_name_is_left_alone(demo):
    somebody = Person.objects.create_user("editor", password="their own secret")
    demonstration.create_accounts()
    somebody.refresh_from_db()
    assert somebody.check_password("their own secret")
    assert not somebody.is_demonstration
