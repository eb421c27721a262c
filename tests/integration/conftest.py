"""The layer of kept answers, for the tests that look at what passes through it."""

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.integration.front import Asked
from toolkits import published
from toolkits.public.kept.front import KeptAnswers
from toolkits.public.kept.reading import Reading
from toolkits.public.kept.store import Store


@pytest.fixture
def front(network):
    """The layer as it is set up for production, but reading the number in the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would end that transaction
    yield KeptAnswers(
        Asked(),
        Store(settings.ANSWER_CACHE_BYTES),
        lambda: Reading("default", str(published.publication_number()).encode(), 0),
        never=["/admin/", "/editorial/", "/static/", "/healthz"],
    )
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
