"""Asking the API in tests."""

import json
from urllib.parse import urlsplit

from django.urls import reverse


def path_of(name, *args):
    """The path of a call of the API."""
    return reverse(f"public:api_{name}", args=args)


def get(client, path, status=200, **query):
    """What the API answers, read; the status has to be `status`."""
    response = client.get(path, query)
    assert response.status_code == status, response.content[:500]
    return json.loads(response.content)


def walk(client, path, **query):
    """Every result of a list, page by page."""
    answer = get(client, path, **query)
    found = answer["data"]
    while answer["next"]:
        parts = urlsplit(answer["next"])
        answer = get(client, f"{parts.path}?{parts.query}")
        assert answer["data"]
        found += answer["data"]
    return found
