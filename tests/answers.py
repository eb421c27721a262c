"""What an address answers, whole: a streamed body can be read only once, so it is read at once."""

from typing import NamedTuple


class Answer(NamedTuple):
    """Status, Location header (empty where there is none) and body of a response."""

    status: int
    location: str
    body: bytes


def ask(client, path):
    """GET `path` and return its Answer."""
    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, response.get("Location", ""), body)
