import pytest

from tests.factories.networks import Network


@pytest.fixture
def tiny(tmp_path):
    """A tiny network folder that is right, for a test to spoil."""
    return Network(tmp_path / "tiny")
