"""The demonstration's accounts: made up, and only where nobody else can reach the portal."""

import base64
import hashlib
import hmac
import secrets
import time

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.checks import Error, register
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from centres.accounts.forms import used_code_key
from centres.models import Centre, Person, Role

# (user name, centre, role): one of each kind, so that the whole way to the public can be tried.
CAST = (
    ("editor", "eef", Role.Name.EDITOR),
    ("reviewer", "eef", Role.Name.REVIEWER),
    ("manager", "eef", Role.Name.MANAGER),
    ("police-editor", "college-of-policing", Role.Name.EDITOR),
    ("network-editor", None, Role.Name.NETWORK_EDITOR),
    ("admin", None, Role.Name.ADMINISTRATOR),
)


class NoCode(Exception):
    """Why there is no code for somebody, and what to do."""


def _check_demonstration():
    if not settings.DEMO:
        raise RuntimeError(_("Demonstration accounts exist only with WHATWORKS_DEMO=1, on a loopback address."))


def _kept(name):
    """A secret made once for this machine, readable by its owner only."""
    path = settings.DATA_DIR / name
    if not path.exists():
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text().strip()


def password():
    """The demonstration's password."""
    return _kept("demonstration-password")


def _app_secret(username):
    """What an account's authenticator app would hold: another one for each account, from one secret of the machine."""
    seed = _kept("demonstration-codes")
    return base64.b32encode(hmac.new(seed.encode(), username.encode(), hashlib.sha1).digest()).decode()


def _hash_in_use(secret):
    """The stored hash of the demonstration's password, if an account has it already."""
    somebody = Person.objects.filter(is_demonstration=True).order_by("pk").first()
    return somebody.password if somebody and somebody.check_password(secret) else None


@transaction.atomic
def create_accounts():
    """Make (or mend) the demonstration's accounts and return (name, what it is, password) for each.

    Raises RuntimeError outside the demonstration.
    """
    _check_demonstration()
    secret = password()
    # One hash for all of them: each check costs a quarter of a second, and they share the password.
    hashed = _hash_in_use(secret) or make_password(secret)
    accounts = []
    for username, slug, role in CAST:
        centre = Centre.objects.filter(slug=slug).first() if slug else None
        if slug and centre is None:
            continue
        person, _created = Person.objects.get_or_create(
            username=username,
            defaults={"is_staff": True, "is_demonstration": True, "email": f"{username}@demonstration.example"},
        )
        if not person.is_demonstration or not person.is_active:
            continue
        if person.password != hashed or person.is_superuser:
            person.password, person.is_superuser = hashed, False
            person.save(update_fields=["password", "is_superuser"])
        if not person.roles.filter(centre=centre, name=role).exists():
            person.roles.create(centre=centre, name=role)
        Authenticator.objects.update_or_create(
            user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": _app_secret(username)}}
        )
        accounts.append((username, f"{role.label}, {centre or _('the network')}", secret))
    return accounts


def current_code(username):
    """A code with which the demonstration account `username` can sign in now; raises NoCode with the reason.

    The portal also takes the code before and the one after, so one that was used needs no waiting for the next.
    """
    _check_demonstration()
    if not username:
        raise NoCode(_("Say whose code: make code USER=editor"))
    person = Person.objects.filter(username=username, is_demonstration=True, is_active=True).first()
    app = person and Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if app is None:
        names = ", ".join(name for name, _centre, _role in CAST)
        raise NoCode(
            _("%(name)s is no demonstration account with a code. These are: %(names)s.")
            % {"name": username, "names": names}
        )
    before, now, after = yield_hotp_counters_from_time()
    for counter in (now, after, before):
        code = format_hotp_value(hotp_value(decrypt(app.data["secret"]), counter))
        if cache.get(used_code_key(person.pk, code)) is None:
            return code
    seconds = TOTP_PERIOD - int(time.time()) % TOTP_PERIOD
    raise NoCode(_("All codes of this minute are used. Ask again in %(seconds)s seconds.") % {"seconds": seconds})


@register(deploy=False)
def no_demonstration_accounts_in_public(app_configs=None, databases=None, **kwargs):
    """Refuse to start with a printed password where others can reach the portal."""
    if settings.DEMO or not databases:
        return []
    try:
        names = list(Person.objects.filter(is_demonstration=True, is_active=True).values_list("username", flat=True))
    except DatabaseError:
        # Before the first migration there is no table, and so no account.
        return []
    if not names:
        return []
    return [
        Error(
            f"This database has demonstration accounts ({', '.join(names)}), whose password was printed.",
            hint="Delete them, or use WHATWORKS_DEMO=1 on a loopback address.",
            id="whatworks.E001",
        )
    ]
