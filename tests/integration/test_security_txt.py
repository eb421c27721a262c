"""/.well-known/security.txt: whom to tell of a hole, by RFC 9116; none without a contact."""

import datetime


def test_it_has_the_fields_of_the_standard(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    settings.ADDRESS = "https://evidence.example.org"
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "https://evidence.example.org/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=140) < left < datetime.timedelta(days=365)


def test_without_a_contact_there_is_none(client, settings, db):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
