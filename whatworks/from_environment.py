"""What the environment says, read as what it has to be; what cannot be read is said with how to mend it."""

import ipaddress
import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def text(name, default=None):
    """The variable `name`, or `default`; ImproperlyConfigured when neither is there."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/settings.md).")
    return value


def flag(name):
    """True for 1, true, yes, on; False for 0, false, no, off and when unset."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def number(name, default, *, least=0):
    """The variable `name` as a whole number, `least` or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number from {least}.")
    return int(value)


def words(name, default=""):
    """The variable `name` as a list, split at commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def is_loopback(host):
    """Whether `host` (a name or an address, without port) can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


# A machine that vanished says nothing: by these, seconds and milliseconds tell it from one that is slow.
WHEN_SILENT = {"connect_timeout": 5, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}
WHEN_SILENT |= {"tcp_user_timeout": 20_000}


def database(url, *, pool_size, name="DATABASE_URL"):
    """A DATABASES entry from a libpq address; a socket is `postgresql://user@/name?host=/dir`."""
    try:
        parts = conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(f"{name} is not a PostgreSQL address: {error}") from error
    # After a restart of the server every connection of the pool is broken: each is tried before it is used, and a new
    # one is asked for again after a few seconds, however long the server was away.
    pool = {"min_size": 1, "max_size": pool_size, "timeout": 3, "reconnect_timeout": 3}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "whatworks"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**WHEN_SILENT, **parts, "pool": pool},
        "CONN_HEALTH_CHECKS": True,
    }


def mail_server(url):
    """Django's settings for mail from an address such as `smtp+starttls://user:password@host:587`.

    `smtps://` speaks TLS from the start, `smtp://` none at all; user name and password are percent-encoded.
    """
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        parts = urlsplit(url)
        port = parts.port or ports[parts.scheme]
        if not parts.hostname:
            raise ValueError
    except (KeyError, ValueError):
        # Not chained, nor with the address itself: it holds a password.
        raise ImproperlyConfigured(
            "WHATWORKS_MAIL_URL is no address of a mail server: write it like smtp+starttls://user:password@host:587."
        ) from None
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
