"""People with second factors, and a browser that goes through the pages like anybody."""

import pytest
from django.test import Client

from centres.models import Role
from tests.factories import person
from tests.integration.accounts.people import with_app


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A hash that costs nothing: half a second for each password would be most of what these tests take."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for the end of a transaction is done now: the one around each test never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **_options: done())


@pytest.fixture
def browser():
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def ada(eef):
    """An editor of the EEF with an authenticator app."""
    return with_app(person("ada", eef, Role.Name.EDITOR))


@pytest.fixture
def manager(eef):
    """The manager of the EEF, with an authenticator app."""
    return with_app(person("manager", eef, Role.Name.MANAGER))


@pytest.fixture
def administrator(network):
    """A network administrator by role, with an authenticator app."""
    return with_app(person("administrator", None, Role.Name.ADMINISTRATOR))


@pytest.fixture
def stranger(yef):
    """An editor of another centre."""
    return with_app(person("stranger", yef, Role.Name.EDITOR))
