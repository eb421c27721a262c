"""The second factors of the last administrator are removed on the server, and the audit trail says so."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from centres.models import AuditEntry
from tests.factories import person


def reset(username, reason="Called back on the number we hold"):
    said = io.StringIO()
    call_command("reset_second_factor", username, reason=reason, stdout=said)
    return said.getvalue()


def test_it_removes_them_and_keeps_the_reason(network_admin):
    Authenticator.objects.create(user=network_admin, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Removed 1" in reset(network_admin.username)
    assert not Authenticator.objects.filter(user=network_admin).exists()
    entry = AuditEntry.objects.get(action="second factors reset on the server")
    assert (entry.person, entry.key) == (None, str(network_admin.pk))
    assert "Called back" in entry.note
    assert "Nothing was changed" in reset(network_admin.username)


def test_it_refuses_nobody_a_closed_account_and_no_reason(network_admin):
    closed = person("closed")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    for username, reason, why in (
        ("zz", "x", "no account"),
        ("closed", "x", "closed"),
        ("network-admin", " ", "who asked"),
    ):
        with pytest.raises(CommandError, match=why):
            reset(username, reason)
