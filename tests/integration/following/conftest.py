"""A clock that stands where it is set, and counts that begin at nothing."""

import pytest
from django.utils import timezone

from toolkits.public.views import follow as views


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    views.asking.forget()
    views.asked.forget()
    views.changing.forget()


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is, for the runner and for what is published: `clock(FRIDAY)`."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to
