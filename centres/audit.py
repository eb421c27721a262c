"""Who did what, when, from what to what.

Triggers write an entry for every change of a row (migration `toolkits.0005_audit`), also for one made by raw SQL
or by code not yet written. They know the person from a setting of the database connection, which `speak_for`
sets for a request and `by_whom` for an action. What changes no row, such as an export, `record` enters.
"""

import contextlib
import functools

from django.db import connection, transaction
from django.db.models import Func, IntegerField

from centres.models import AuditEntry

# Until the transaction ends, rows are not entered one by one: whoever says so enters what was done as a whole.
SUMMARY = "summary"


def _set(name, value, *, until_transaction_ends):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s)", [f"whatworks.{name}", value, until_transaction_ends])


@contextlib.contextmanager
def speak_for(person):
    """Enter what is written inside as done by `person`; for a request, which may have many transactions."""
    _set("person", str(person.pk), until_transaction_ends=False)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            _set("person", "", until_transaction_ends=False)
        else:
            # A broken transaction takes no statement, and a pooled connection must not go on speaking for anybody.
            connection.close()


def by_whom(action):
    """Make `action(*, by, …)` atomic, and what it writes `by`'s."""

    @functools.wraps(action)
    def wrapped(*, by, **arguments):
        with transaction.atomic():
            _set("person", str(by.pk), until_transaction_ends=True)
            return action(by=by, **arguments)

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
        transaction=Func(function="txid_current", output_field=IntegerField()),
    )
