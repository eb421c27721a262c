"""All checks, in the order in which somebody would mend what they find."""

from django.conf import settings
from django.db import Error

from whatworks.doctor import FAULT, configuration, database, fault, machine, replica, skipped

BEFORE = (configuration.demonstration, configuration.debug, configuration.secret_key, configuration.hosts)
BEFORE += (configuration.transport, configuration.encryption, configuration.contact)
BEFORE += (machine.static_files, machine.words, machine.data_folder)
OF_TABLES = (database.triggers, database.runner, database.work, database.content)
OF_DATABASE = (database.version, database.encoding, database.role, database.clock)


def examine(*, mail=False):
    """Every Finding. `mail`: connect to the mail server too. What needs tables waits for the migrations.

    A process for visitors is looked at as far as its role may look; the rest is said by the editorial one's doctor.
    """
    visitors = settings.SITE == "public"
    for check in BEFORE:
        yield from check()
    if not visitors:
        yield from machine.backups()
        yield from configuration.mail(mail)
    reached = yield from _passed(database.reachable)
    for check in OF_DATABASE:
        yield from _passed(check, when=reached)
    current = yield from _passed(replica.visitors if visitors else database.migrations, when=reached)
    for check in (database.content,) if visitors else OF_TABLES:
        yield from _passed(check, when=current)
    yield from replica.replica()


def _passed(check, *, when=True):
    """Yield what a check finds, and return whether there was no fault. Without `when` it is not even asked."""
    name = check.__name__.replace("_", " ")
    if not when:
        yield skipped(name, "Not looked at before what is above is mended.")
        return False
    good = True
    try:
        for finding in check():
            good = good and finding.state != FAULT
            yield finding
    except Error as error:
        yield fault(
            name, f"The database refused to say: {' '.join(str(error).split())[:200]}", "Read the database's log."
        )
        return False
    return good
