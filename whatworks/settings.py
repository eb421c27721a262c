"""Settings, all from the environment; one file for the demonstration, tests and production.

Every variable is read by whatworks/from_environment.py, which says what is wrong and how to mend it. `docs/settings.md`
lists them.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from whatworks import logs
from whatworks.from_environment import database, flag, is_loopback, mail_server, number, text, words

BASE_DIR = Path(__file__).resolve().parent.parent

# The demonstration: made-up accounts whose password is printed, and plain HTTP.
DEMO = flag("WHATWORKS_DEMO")
BIND = text("WHATWORKS_BIND", "127.0.0.1:8000")
if DEMO and not is_loopback(BIND.rpartition(":")[0]):
    raise ImproperlyConfigured(
        f"WHATWORKS_DEMO=1 creates accounts whose password is printed, so it serves on a loopback address only, "
        f"not on {BIND}. Unset WHATWORKS_DEMO, or set WHATWORKS_BIND=127.0.0.1:8000."
    )

# Where mail leads back to.
ADDRESS = text("WHATWORKS_ADDRESS", f"http://localhost:{BIND.rpartition(':')[2]}" if DEMO else None)
if not ADDRESS.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"WHATWORKS_ADDRESS is {ADDRESS!r}: write it like https://evidence.example.org.")

DEBUG = False
SECRET_KEY = text("WHATWORKS_SECRET_KEY")
SECRET_KEY_FALLBACKS = words("WHATWORKS_OLD_SECRET_KEYS")
ALLOWED_HOSTS = words("WHATWORKS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO else "")
DATA_DIR = Path(text("WHATWORKS_DATA_DIR", str(BASE_DIR / ".data")))
# The files of the open data, made again after each publication; nothing else is in it.
OPEN_DATA_DIR = DATA_DIR / "open-data"
# The files of packs that were made, of which this many bytes are kept; with 0 none is.
PACKS_DIR = DATA_DIR / "packs"
PACKS_BYTES = number("WHATWORKS_PACKS_BYTES", 512 * 1024 * 1024)

# What this process serves. A process for visitors has no address to sign in at, and needs no right to a working table.
SITE = text("WHATWORKS_SITE", "both")
if SITE not in {"public", "editorial", "both"}:
    raise ImproperlyConfigured(f"WHATWORKS_SITE is {SITE!r}: write public, editorial or both.")

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "whitenoise.runserver_nostatic",
    "whatworks.static_files.CompiledOnly",
    "whatworks",
    "django_filters",
    "csp",
]

MIDDLEWARE = [
    "whatworks.requests.note_route",
    "whatworks.views.say_when_away",
    "toolkits.languages.speak_by_address",
    "django.middleware.security.SecurityMiddleware",
    # These four so far up that static files, redirects to an address with its slash, and refusals of a host have them.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whatworks.sites.keep_to_own_pages",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django's, whose random padding keeps compressed forms from giving secrets away; without it for public pages.
    "toolkits.public.compression.Compression",
    "toolkits.public.surrogate_keys.name_keys",
    "django.middleware.common.CommonMiddleware",
    # Lazy, all five: a public page touches neither the session nor a message, so reading sets no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "centres.middleware.acting_person",
    "centres.middleware.speak_to_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "centres.accounts.gate.SecondFactorGate",
]

if SITE == "public":
    for app in ("admin", "sessions", "messages"):
        INSTALLED_APPS.remove(f"django.contrib.{app}")
    for app in ("allauth", "allauth.account", "allauth.mfa", "allauth.usersessions"):
        INSTALLED_APPS.remove(app)
    for middleware in (
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "centres.middleware.acting_person",
        "centres.middleware.speak_to_person",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "centres.accounts.gate.SecondFactorGate",
    ):
        MIDDLEWARE.remove(middleware)
elif SITE == "editorial":
    MIDDLEWARE.append("whatworks.sites.leave_out_public_pages")

# Whole public answers that each worker keeps, in bytes; with 0 every one is rendered.
ANSWER_CACHE_BYTES = number("WHATWORKS_ANSWER_CACHE_BYTES", 32 * 1024 * 1024)

# Whether answers name the keys by which a CDN may be told to forget them.
SURROGATE_KEYS = flag("WHATWORKS_SURROGATE_KEYS")

# How often an address may ask the API, in each web process; 0: as often as it likes.
API_CALLS_A_MINUTE = number("WHATWORKS_API_CALLS_A_MINUTE", 300)

# How old a page's search for studies may be before its readers are told.
STALE_MONTHS = number("WHATWORKS_STALE_MONTHS", 24)
if not STALE_MONTHS:
    raise ImproperlyConfigured("WHATWORKS_STALE_MONTHS is 0: write how many months a search stays fresh, such as 24.")

ROOT_URLCONF = "whatworks.public_urls" if SITE == "public" else "whatworks.urls"
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

POOL_SIZE = number("WHATWORKS_POOL", 4, least=1)
DATABASES = {"default": database(text("DATABASE_URL"), pool_size=POOL_SIZE)}
# Where visitors read, and nobody writes.
REPLICA_URL = os.environ.get("WHATWORKS_REPLICA_URL", "")
if REPLICA_URL and SITE == "public":
    DATABASES["replica"] = database(REPLICA_URL, pool_size=POOL_SIZE, name="WHATWORKS_REPLICA_URL")
    DATABASE_ROUTERS = ["toolkits.published.router.PublicReads"]
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
] + [{"NAME": "centres.accounts.passwords.NotOnlyKnownWords"}]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 4 * 3600

# Signing in: by invitation, user name and password, and always a second factor (centres/accounts).
LOCK_OUT_MINUTES = 15
ACCOUNT_ADAPTER = "centres.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "centres.accounts.forms.SignIn",
    "reauthenticate": "centres.accounts.forms.ShowPassword",
    "change_password": "centres.accounts.forms.ChangePassword",
    "reset_password": "centres.accounts.forms.ForgottenPassword",
    "reset_password_from_key": "centres.accounts.forms.NewPassword",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# allauth's own also counts addresses that it copies and never forgets, so that an old one would go on resetting.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"20/{LOCK_OUT_MINUTES}m/ip,5/{LOCK_OUT_MINUTES}m/key",
    "invitation": "20/m/ip",
}
MFA_ADAPTER = "centres.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "centres.accounts.forms.Authenticate",
    "reauthenticate": "centres.accounts.forms.ShowCode",
    "activate_totp": "centres.accounts.forms.SetUpApp",
    "login_webauthn": "centres.accounts.forms.SignInByPasskey",
    "authenticate_webauthn": "centres.accounts.forms.AuthenticateByPasskey",
    "reauthenticate_webauthn": "centres.accounts.forms.ShowPasskey",
    "add_webauthn": "centres.accounts.forms.AddPasskey",
    "edit_webauthn": "centres.accounts.forms.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # the clocks of phones differ; `centres.accounts.forms` sees that a code still works once

# Failed sign-ins and used codes are counted for all web processes together. Never culled in practice: what is over
# is deleted by the runner, and filling it must not make a lock-out forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Mail: a server in production; the demonstration writes files instead.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("WHATWORKS_MAIL_FROM", "What Works <noreply@localhost>" if DEMO else None)
EMAIL_FILE_PATH = None
if DEMO and not os.environ.get("WHATWORKS_MAIL_URL"):
    EMAIL_BACKEND, EMAIL_FILE_PATH = "centres.mail.Files", DATA_DIR / "mail"
else:
    globals().update(mail_server(text("WHATWORKS_MAIL_URL")))

# The address decides between English and Welsh (toolkits/languages.py), nothing else.
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["whatworks.formats"]
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
BUILD_DIR = BASE_DIR / "build"
LOCALE_PATHS = [BUILD_DIR / "locale"]
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
MESSAGE_STORAGE = "centres.message_cookie.Messages"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = 60 * number("WHATWORKS_IDLE_MINUTES", 120, least=1)
SESSIONS_PER_PERSON = 5
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if not DEMO:
    # `__Host-` cookies need TLS, which the demonstration on the loopback has not.
    SECURE_SSL_REDIRECT = flag("WHATWORKS_SSL_REDIRECT")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("WHATWORKS_BEHIND_PROXY") else None
    ALLAUTH_TRUSTED_PROXY_COUNT = int(flag("WHATWORKS_BEHIND_PROXY"))
    SECURE_HSTS_SECONDS = number("WHATWORKS_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Log lines: JSON where machines read them, text where a person does.
LOG_FORM = text("WHATWORKS_LOG", "text" if DEMO else "json")
if LOG_FORM not in {"json", "text"}:
    raise ImproperlyConfigured(f"WHATWORKS_LOG is {LOG_FORM!r}: write json or text.")
TRUST_REQUEST_ID = flag("WHATWORKS_TRUST_REQUEST_ID")
METRICS_PORT = number("WHATWORKS_METRICS_PORT", 0)
LOGGING = logs.configuration(form=LOG_FORM, error_mail=words("WHATWORKS_ERROR_MAIL"))

# What security.txt says (RFC 9116); without it there is none.
SECURITY_CONTACT = os.environ.get("WHATWORKS_SECURITY_CONTACT", "")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("WHATWORKS_SECURITY_CONTACT begins with none of mailto:, https:// and tel:.")

# Where readers write to, and who runs the portal: both stand in the accessibility statement.
CONTACT = os.environ.get("WHATWORKS_CONTACT", "")
if CONTACT and not CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured("WHATWORKS_CONTACT begins with neither mailto: nor https://.")
OPERATOR = os.environ.get("WHATWORKS_OPERATOR", "")

# Where copies of the database are put, for `manage.py doctor` to look at their age.
BACKUP_DIR = os.environ.get("WHATWORKS_BACKUP_DIR", "")
BACKUP_HOURS = number("WHATWORKS_BACKUP_HOURS", 26)
