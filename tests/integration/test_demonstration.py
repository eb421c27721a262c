"""Demonstration accounts: where they may exist, and that the portal refuses to start with them elsewhere."""

import stat

import pytest
from django.core.management import CommandError, call_command

from centres import demonstration
from centres.models import Person


@pytest.fixture
def demo(settings, tmp_path, network):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    return settings


def test_accounts_can_sign_in_with_the_printed_password(demo, client, capsys):
    call_command("demonstration_accounts")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == ["editor", "reviewer", "police-editor", "admin"]
    for line in lines:
        assert client.login(username=line[0], password=line[-1])


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
