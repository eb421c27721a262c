"""Settings, all from the environment; one file for the demonstration, tests and production.

Every variable is read through one of the typed helpers below, which say what is wrong and how to
mend it. `docs/settings.md` lists them.
"""

import ipaddress
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent


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


def number(name, default):
    """The variable `name` as a whole number."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
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


def database(url, *, pool_size):
    """A DATABASES entry from a libpq address; a socket is `postgresql://user@/name?host=/dir`."""
    try:
        parts = conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not a PostgreSQL address: {error}") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "whatworks"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**parts, "pool": {"min_size": 1, "max_size": pool_size, "timeout": 5}},
    }


# The demonstration: made-up accounts whose password is printed, and plain HTTP.
DEMO = flag("WHATWORKS_DEMO")
BIND = text("WHATWORKS_BIND", "127.0.0.1:8000")
if DEMO and not is_loopback(BIND.rpartition(":")[0]):
    raise ImproperlyConfigured(
        f"WHATWORKS_DEMO=1 creates accounts whose password is printed, so it serves on a loopback address only, "
        f"not on {BIND}. Unset WHATWORKS_DEMO, or set WHATWORKS_BIND=127.0.0.1:8000."
    )

DEBUG = False
SECRET_KEY = text("WHATWORKS_SECRET_KEY")
ALLOWED_HOSTS = words("WHATWORKS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO else "")
DATA_DIR = Path(text("WHATWORKS_DATA_DIR", str(BASE_DIR / ".data")))

INSTALLED_APPS = [
    "toolkits.apps.ToolkitsConfig",
    "evidence.apps.EvidenceConfig",
    "centres.apps.CentresConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "whatworks.static_files.CompiledOnly",
    "django_filters",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django's, whose random padding keeps compressed forms from giving secrets away; without it for public pages.
    "toolkits.public.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Lazy, all four: a public page touches neither the session nor a message, so reading sets no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# Whole public answers that each worker keeps, in bytes; with 0 every one is rendered.
ANSWER_CACHE_BYTES = number("WHATWORKS_ANSWER_CACHE_BYTES", 32 * 1024 * 1024)

ROOT_URLCONF = "whatworks.urls"
WSGI_APPLICATION = "whatworks.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static", "django.templatetags.i18n"],
        },
    },
]

DATABASES = {"default": database(text("DATABASE_URL"), pool_size=number("WHATWORKS_POOL", 4))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "centres.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# One language for now; Welsh comes as an equal, so every string already goes through gettext.
LANGUAGE_CODE = "en-gb"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
BUILD_DIR = BASE_DIR / "build"
STATICFILES_DIRS = [path for path in (BASE_DIR / "static", BUILD_DIR / "static") if path.is_dir()]
STATIC_ROOT = BUILD_DIR / "collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
PDF_FONTS = BUILD_DIR / "fonts"

# Security. Nothing inline, nothing from elsewhere, in the admin too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if not DEMO:
    # `__Host-` cookies need TLS, which the demonstration on the loopback has not.
    SECURE_SSL_REDIRECT = flag("WHATWORKS_SSL_REDIRECT")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("WHATWORKS_BEHIND_PROXY") else None
    SECURE_HSTS_SECONDS = number("WHATWORKS_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
