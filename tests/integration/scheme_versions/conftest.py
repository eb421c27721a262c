"""The EEF's scale of months of progress, and its next version."""

import pytest

from centres.models import Role
from evidence.models import RatingScheme
from tests.factories import person
from tests.factories.publishing import republish
from toolkits import scheme_versions


@pytest.fixture
def months(network):
    """The EEF's scale of months of progress."""
    return RatingScheme.objects.get(slug="eef-months")


@pytest.fixture
def newer(months, editor):
    """Its next version, a draft."""
    return scheme_versions.new_version(scheme=months, version="2027", by=editor)


@pytest.fixture
def public_newer(newer, editor, reviewer):
    """Its next version, public."""
    republish(newer, editor, reviewer, note="A new scale")
    return newer


@pytest.fixture
def network_editor(db):
    """An editor of the network's own records."""
    return person("bands", None, Role.Name.NETWORK_EDITOR)
