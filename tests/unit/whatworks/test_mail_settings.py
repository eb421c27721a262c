"""The address of a mail server, read from one variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from whatworks.from_environment import mail_server


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "tls", "ssl"),
    [
        ("smtp+starttls://ann:s%40crt@mail.example:2525", "mail.example", 2525, "ann", "s@crt", True, False),
        ("smtp+starttls://mail.example", "mail.example", 587, "", "", True, False),
        ("smtps://ann%40example.org:x@mail.example", "mail.example", 465, "ann@example.org", "x", False, True),
        ("smtp://127.0.0.1", "127.0.0.1", 25, "", "", False, False),
    ],
)
def test_what_an_address_says(url, host, port, user, password, tls, ssl):
    settings = mail_server(url)
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == (host, port)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == (user, password)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://", "smtp", "smtp://host:banana"])
def test_what_is_no_address_is_refused_without_showing_it(url):
    with pytest.raises(ImproperlyConfigured, match="WHATWORKS_MAIL_URL") as refused:
        mail_server(url)
    assert "banana" not in str(refused.value)
