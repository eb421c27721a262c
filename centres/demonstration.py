"""The demonstration's accounts: made up, and only where nobody else can reach the portal."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.checks import Error, register
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from centres.models import Centre, Person, Role

# (user name, centre, role): one of each kind, so that the whole way to the public can be tried.
CAST = (
    ("editor", "eef", Role.Name.EDITOR),
    ("reviewer", "eef", Role.Name.REVIEWER),
    ("police-editor", "college-of-policing", Role.Name.EDITOR),
    ("admin", None, None),
)


def password():
    """The demonstration's password: made once for this machine, readable by its owner only."""
    path = settings.DATA_DIR / "demonstration-password"
    if not path.exists():
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text().strip()


def _hash_in_use(secret):
    """The stored hash of the demonstration's password, if an account has it already."""
    somebody = Person.objects.filter(is_demonstration=True).order_by("pk").first()
    return somebody.password if somebody and somebody.check_password(secret) else None


@transaction.atomic
def create_accounts():
    """Make (or mend) the demonstration's accounts and return (name, what it is, password) for each.

    Raises RuntimeError outside the demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError(_("Demonstration accounts exist only with WHATWORKS_DEMO=1, on a loopback address."))
    secret = password()
    # One hash for all of them: each check costs a quarter of a second, and they share the password.
    hashed = _hash_in_use(secret) or make_password(secret)
    accounts = []
    for username, slug, role in CAST:
        centre = Centre.objects.filter(slug=slug).first() if slug else None
        if slug and centre is None:
            continue
        person, _created = Person.objects.get_or_create(
            username=username, defaults={"is_staff": True, "is_superuser": role is None, "is_demonstration": True}
        )
        if not person.is_demonstration:
            continue
        if person.password != hashed:
            person.password = hashed
            person.save(update_fields=["password"])
        if role:
            person.roles.get_or_create(centre=centre, name=role)
        what = f"{role.label}, {centre}" if role else _("Network administrator")
        accounts.append((username, what, secret))
    return accounts


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
