"""What every test of answers needs."""

import pytest

from toolkits.public import index


@pytest.fixture(autouse=True)
def _nothing_kept():
    """A test that is rolled back takes its publication numbers back, so nothing kept for one may outlive it."""
    index.forget()
    yield
    index.forget()
