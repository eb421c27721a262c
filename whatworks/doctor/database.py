"""What the database says, and whether it is one that the portal's promises hold on."""

import time

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from toolkits import heartbeat
from toolkits.audit_trail import audited_tables
from whatworks.doctor import fault, ok, skipped, warning

OLDEST, NEWEST = 15, 18
SLOWEST_CLOCK = 2  # seconds by which two machines may differ
DEAD_AFTER = 180  # seconds without a word from the runner


def _one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def reachable():
    """Whether it answers; the checks after this one are skipped where it does not."""
    try:
        _one("SELECT 1")
    except Error as error:
        mend = "Start it, and compare DATABASE_URL: host, port, name, user, password."
        yield fault("database", f"No answer: {' '.join(str(error).split())[:200]}", mend)
        return
    yield ok("database", "answers")


def version():
    """A version that the portal was tested on."""
    number = connection.pg_version // 10_000
    if not OLDEST <= number <= NEWEST:
        yield fault("version", f"PostgreSQL {number}.", f"Use one of {OLDEST} to {NEWEST}.")
    else:
        yield ok("version", f"PostgreSQL {number}")


def encoding():
    """UTF-8, and an order of words that does not change with the operating system."""
    letters, provider, collation, ctype = _one(
        "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datcollate, datctype "
        "FROM pg_database WHERE datname = current_database()"
    )
    if letters != "UTF8":
        mend = "Make a new database with ENCODING 'UTF8' TEMPLATE template0 and restore a dump into it."
        yield fault("encoding", f"The database is {letters}.", mend)
    else:
        yield ok("encoding", letters)
    if provider == "c" and (collation not in {"C", "POSIX", "C.UTF-8", "C.utf8"} or ctype in {"C", "POSIX"}):
        yield warning(
            "collation",
            f"The C library sorts by {collation} and folds case by {ctype}: an upgrade of the operating system can "
            "damage indexes, and `C` alone does not know É from é.",
            "For a new database: LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' (PostgreSQL 17), or C.UTF-8 of libc. "
            "On this one: REINDEX DATABASE after each upgrade of the operating system.",
        )
    else:
        yield ok("collation", {"b": "builtin", "i": "ICU", "c": "libc"}.get(provider, provider) + f", {collation}")


def migrations():
    """Whether the tables are those of this code."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _backwards in plan[:5])
        yield fault("migrations", f"{len(plan)} are not applied: {names}", "Run `manage.py migrate`.")
    else:
        yield ok("migrations", "all applied")


def triggers():
    """Whether what must never change is still held by the database, and every change still entered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text || '.' || tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled IN ('D', 'R') ORDER BY 1"
        )
        off = [name for (name,) in cursor.fetchall()]
    if off:
        yield fault(
            "triggers",
            f"{len(off)} are switched off: {', '.join(off[:5])}. What is append-only may have been changed meanwhile.",
            "ALTER TABLE … ENABLE TRIGGER ALL, then find out who switched them off, and compare with a copy.",
        )
    elif not audited_tables():
        mend = "Restore a dump that has them, or run `manage.py migrate` on an empty database and load it anew."
        yield fault("triggers", "No table enters its changes in the audit trail.", mend)
    elif _one("SHOW session_replication_role")[0] == "replica":
        mend = "ALTER ROLE … RESET session_replication_role."
        yield fault("triggers", "This role's sessions run no triggers (session_replication_role).", mend)
    else:
        yield ok("triggers", f"on; {len(audited_tables())} tables enter their changes")


def role():
    """Whether a hole in the portal would be one in the whole database server."""
    name, *rights = _one(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    )
    words = ("SUPERUSER", "CREATEROLE", "CREATEDB", "BYPASSRLS", "REPLICATION")
    more = [word for word, has in zip(words, rights, strict=True) if has]
    mend = f'ALTER ROLE "{name}" {" ".join(f"NO{word}" for word in more)}; as another superuser, who stays.'
    if "SUPERUSER" in more:
        yield fault("role", f"{name} is a superuser: it can read files of the server and switch triggers off.", mend)
    elif more:
        yield warning("role", f"{name} has {', '.join(more)}, which the portal never needs.", mend)
    else:
        yield ok("role", f"{name} has the portal's own rights only")


def clock():
    """Whether this machine and the database's agree what time it is."""
    before = time.time()
    theirs = float(_one("SELECT extract(epoch FROM clock_timestamp())")[0])
    after = time.time()
    apart = max(before - theirs, theirs - after, 0)
    if apart > SLOWEST_CLOCK:
        mend = "Let both machines keep time by NTP (timedatectl): codes, appointments and locks depend on it."
        yield fault("clock", f"This machine and the database's differ by {apart:.0f} seconds.", mend)
    else:
        yield ok("clock", f"within {SLOWEST_CLOCK} seconds of the database's")


def runner():
    """Whether somebody does what is due: mail, appointments, imports."""
    at = heartbeat.read().at
    seconds = time.time() - at
    mend = "Start `manage.py runner` beside the web server, and read its log."
    if not at:
        yield fault("runner", "It was never seen on this database.", mend)
    elif seconds > DEAD_AFTER:
        yield fault("runner", f"It was last seen {seconds / 60:.0f} minutes ago.", mend)
    else:
        yield ok("runner", f"seen {max(seconds, 0):.0f} seconds ago")


def work():
    """What the runner could not do."""
    from toolkits.models import Job, Notice

    stuck = Notice.objects.filter(sent_at__isnull=True, tries__gt=0).count()
    if stuck:
        mend = "Run `manage.py doctor --mail`; the runner's log has the server's words."
        yield warning("mail waiting", f"{stuck} notices were refused by the mail server at least once.", mend)
    waiting = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).count()
    yield ok("jobs", f"{waiting} wait or run")


def content():
    """Whether there is anything to read."""
    from toolkits import published

    if published.anything_published():
        yield ok("network", "loaded")
    else:
        yield skipped("network", "Nothing is published yet.", "Run `manage.py load_network DIR`.")
