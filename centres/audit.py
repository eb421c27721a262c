"""Who did what, when, from what to what.

Triggers write an entry for every change of a row (migration `toolkits.0005_audit`), also for one made by raw SQL
or by code not yet written. They know the person from a setting of the database connection, which `speak_for`
sets for a request and `by_whom` for an action. What changes no row, such as an export, `record` enters.
"""

import contextlib
import functools

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import BigIntegerField, Func
from django.utils import translation

from centres.models import AuditEntry

# Until the transaction ends, rows are not entered one by one: whoever says so enters what was done as a whole.
SUMMARY = "summary"


def _set(name, value, *, until_transaction_ends):
    """Set `whatworks.<name>` on the connection and return what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH former AS MATERIALIZED (SELECT coalesce(current_setting(%s, true), '') AS value) "
            "SELECT value, set_config(%s, %s, %s) FROM former",
            [f"whatworks.{name}", f"whatworks.{name}", value, until_transaction_ends],
        )
        return cursor.fetchone()[0]


@contextlib.contextmanager
def speak_for(person):
    """Enter what is written inside as done by `person`; for a request, which may have many transactions."""
    _set("person", str(person.pk), until_transaction_ends=False)
    spoken_through = connection.connection
    try:
        yield
    finally:
        if connection.connection is not spoken_through or not _falls_silent():
            # Back in the pool, it would go on speaking for somebody in the requests of others.
            spoken_through.close()
            connection.close()
            connection.pool.check()


def _falls_silent():
    """Whether the connection took the word that it speaks for nobody: a broken transaction, or a lost server, takes none."""
    try:
        _set("person", "", until_transaction_ends=False)
    except Error:
        return False
    return True


def kept_words():
    """For words of ours that are kept for others to read: they are in the portal's language, whoever's act they tell of."""
    return translation.override(settings.LANGUAGE_CODE)


def by_whom(action):
    """Make `action(*, by, …)` atomic, and what it writes `by`'s."""

    @functools.wraps(action)
    def wrapped(*, by, **arguments):
        is_part_of_another = connection.in_atomic_block
        with transaction.atomic():
            former = _set("person", str(by.pk), until_transaction_ends=True)
            result = action(by=by, **arguments)
            if is_part_of_another:
                _set("person", former, until_transaction_ends=True)
            return result

    return wrapped


def in_summary():
    """Leave the rows of this transaction to one entry, which the caller makes with `record`: for loads of thousands."""
    _set("audit", SUMMARY, until_transaction_ends=True)


def record(*, action, by=None, kind="", key="", record=None, centre=None, before=None, after=None, note=""):
    """Enter something that changed no row of its own: a sign-in, an export, a load. `by` None: nobody signed in."""
    return AuditEntry.objects.create(
        action=action,
        person=by,
        kind=kind,
        key=str(key),
        record=record,
        centre=centre,
        before=before,
        after=after,
        note=note,
        transaction=Func(function="txid_current", output_field=BigIntegerField()),
    )
