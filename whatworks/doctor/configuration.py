"""What the settings say."""

from urllib.parse import urlsplit

from django.conf import settings

from whatworks.doctor import fault, ok, skipped, warning
from whatworks.settings import is_loopback

SHORTEST_SECRET, FEWEST_LETTERS = 50, 15
ONE_YEAR = 31_536_000
REPLICA = "WHATWORKS_REPLICA_URL"


def demonstration():
    """Whether this is the real thing."""
    if settings.DEMO:
        yield fault("demonstration", "WHATWORKS_DEMO is on: accounts with a printed password, plain HTTP.", "Unset it.")
    else:
        yield ok("demonstration", "off")


def debug():
    """Whether errors would show code and settings."""
    if settings.DEBUG:
        yield fault("debug", "DEBUG is on: an error page shows code and settings.", "Set DEBUG = False in settings.py.")
    else:
        yield ok("debug", "off")


def secret_key():
    """Whether the key that signs sessions can be guessed."""
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_LETTERS or key.startswith("django-insecure"):
        yield fault(
            "secret key",
            f"WHATWORKS_SECRET_KEY has {len(key)} characters, {len(set(key))} of them different.",
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'. Everybody signs in again.",
        )
    else:
        yield ok("secret key", f"{len(key)} characters")


def hosts():
    """Whether the portal answers to its own name, and to nobody else's."""
    host = urlsplit(settings.ADDRESS).hostname or ""
    names = settings.ALLOWED_HOSTS
    if "*" in names:
        yield fault("host names", "WHATWORKS_ALLOWED_HOSTS takes every name.", "List the portal's own names.")
    elif not any(host == name or (name.startswith(".") and f".{host}".endswith(name)) for name in names):
        yield fault(
            "host names",
            f"WHATWORKS_ADDRESS is at {host}, which WHATWORKS_ALLOWED_HOSTS ({', '.join(names) or 'empty'}) lacks.",
            f"Add {host} to WHATWORKS_ALLOWED_HOSTS: as it is, readers get status 400.",
        )
    else:
        yield ok("host names", ", ".join(names))


def transport():
    """HTTPS, HSTS, and the proxy that ends TLS."""
    if not settings.ADDRESS.startswith("https://"):
        mend = "Set it to the https address: links in mail begin with it."
        yield fault("https", f"WHATWORKS_ADDRESS is {settings.ADDRESS}.", mend)
    else:
        yield ok("https", settings.ADDRESS)
    if not settings.SESSION_COOKIE_SECURE:
        yield fault("cookies", "They would go over plain HTTP.", "Unset WHATWORKS_DEMO.")
    else:
        yield ok("cookies", settings.SESSION_COOKIE_NAME)
    if settings.SECURE_HSTS_SECONDS < ONE_YEAR:
        mend = "Unset WHATWORKS_HSTS_SECONDS (one year) once HTTPS works for every name below this host."
        yield warning("hsts", f"Browsers insist on HTTPS for {settings.SECURE_HSTS_SECONDS} seconds.", mend)
    else:
        yield ok("hsts", f"{settings.SECURE_HSTS_SECONDS} seconds")
    if not settings.SECURE_PROXY_SSL_HEADER:
        yield fault(
            "proxy",
            "WHATWORKS_BEHIND_PROXY is off, and gunicorn speaks no TLS: no form of those who sign in passes the check "
            "of its origin, and failed sign-ins are counted by the proxy's address.",
            "Put a proxy in front that overwrites X-Forwarded-Proto and appends to X-Forwarded-For; set it to 1.",
        )
    else:
        yield ok("proxy", "one, trusted for the scheme and the visitor's address")
    if settings.SECURE_SSL_REDIRECT:
        yield ok("redirect to https", "by the portal")
    else:
        mend = "Nothing, where the proxy redirects port 80; else set WHATWORKS_SSL_REDIRECT=1."
        yield warning("redirect to https", "Not by the portal (WHATWORKS_SSL_REDIRECT is off).", mend)


def encryption():
    """Whether what is said to a database or a mail server elsewhere can be read on the way."""
    local = "the same machine"
    for alias, database in settings.DATABASES.items():
        name, variable = ("replica's TLS", REPLICA) if alias != "default" else ("database's TLS", "DATABASE_URL")
        host, mode = database["HOST"], database["OPTIONS"].get("sslmode", "prefer")
        if not host or host.startswith("/") or is_loopback(host):
            yield ok(name, local)
        elif mode != "verify-full":
            mend = (
                f"Add ?sslmode=verify-full&sslrootcert=FILE to {variable}; nothing, on a network that is yours alone."
            )
            yield warning(name, f"{host} is asked with sslmode={mode}: it could be somebody else.", mend)
        else:
            yield ok(name, f"{host}, by its certificate")
    if settings.SITE == "public":
        return  # it sends no mail
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or is_loopback(settings.EMAIL_HOST):
        yield ok("mail server's TLS", "on, or " + local)
    else:
        mend = "Write smtp+starttls:// or smtps:// in WHATWORKS_MAIL_URL."
        yield warning("mail server's TLS", f"Mail to {settings.EMAIL_HOST} can be read on the way.", mend)


def contact():
    """Whether a reader, and somebody who finds a hole, knows whom to tell."""
    if settings.CONTACT:
        yield ok("readers' contact", settings.CONTACT)
    else:
        mend = "Set WHATWORKS_CONTACT, such as mailto:evidence@example.org."
        yield warning("readers' contact", "The accessibility statement names nobody to write to.", mend)
    if settings.SECURITY_CONTACT:
        yield ok("security contact", settings.SECURITY_CONTACT)
    else:
        mend = "Set WHATWORKS_SECURITY_CONTACT, such as mailto:security@example.org."
        yield warning("security contact", "There is no /.well-known/security.txt.", mend)


def mail(connect):
    """Whether mail is set up; with `connect`, whether the server takes us."""
    from django.core.mail import get_connection

    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        yield fault("mail", f"Mail goes to {settings.EMAIL_BACKEND}, not to people.", "Set WHATWORKS_MAIL_URL.")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        mend = "Set WHATWORKS_MAIL_FROM to an address of your domain."
        yield fault("sender of mail", f"Mail is from {settings.DEFAULT_FROM_EMAIL}.", mend)
    if not connect:
        yield skipped(
            "mail", f"{server} was not asked.", "Run `manage.py doctor --mail`: it connects, and sends nothing."
        )
        return
    try:
        with get_connection():
            yield ok("mail", f"{server} lets us in; nothing was sent")
    except OSError as error:  # every error of smtplib is one
        mend = "Compare WHATWORKS_MAIL_URL with what the provider says: host, port, TLS, user, percent-encoding."
        yield fault("mail", f"{server}: {type(error).__name__}: {error}", mend)
