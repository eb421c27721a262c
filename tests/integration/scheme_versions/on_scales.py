"""Giving a rating, and reading a page, in the tests of versions of scales."""

from tests.answers import ask

PAGE = "/toolkits/teaching-and-learning/mentoring/"
TOOLKIT = "/toolkits/teaching-and-learning/"


def rate(intervention, scheme, key, **more):
    """Give a rating on a level of a scale."""
    return intervention.ratings.create(level=scheme.levels.get(key=key), reason="Because of the trials.", **more)


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())
