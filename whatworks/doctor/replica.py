"""What the replica says that visitors read from, and whether their role may do there what it has to, and no more."""

import time

import psycopg
from django.conf import settings
from django.db import Error, connection

from toolkits.models import Inbox
from toolkits.public_role import published_models
from whatworks.doctor import fault, ok, skipped, warning

CONNECT_SECONDS = 3
FOLLOWS_WITHIN = 3.0  # seconds in which it is to replay what the primary had written when it was asked

RIGHTS = """
SELECT relname, has_any_column_privilege(oid, 'SELECT'), has_any_column_privilege(oid, 'INSERT'),
    has_any_column_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE, TRUNCATE')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""
STANDING = """
SELECT pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn()), pg_is_wal_replay_paused(),
    extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
"""


def replica():
    """Whether it answers, is one, follows, and lets the public role read what is published; nothing where there is none."""
    if not settings.REPLICA_URL:
        return
    if settings.SITE != "public":
        mend = "Run the doctor with the environment of the public process; elsewhere leave WHATWORKS_REPLICA_URL out."
        yield skipped("replica", f"WHATWORKS_SITE={settings.SITE} takes no notice of it.", mend)
        return
    try:
        with psycopg.connect(settings.REPLICA_URL, connect_timeout=CONNECT_SECONDS, autocommit=True) as there:
            yield from _follows(there)
            yield _rights("replica's role", there.execute(RIGHTS).fetchall())
    except psycopg.Error as error:
        yield fault(
            "replica",
            f"No answer: {' '.join(str(error).split())[:200]}",
            "Start it, and compare WHATWORKS_REPLICA_URL: host, port, name, user, password. Until then visitors read "
            "from the primary.",
        )


def visitors():
    """Whether the role of the public process may read what is published, leave letters, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS)
        yield _rights("role of visitors", cursor.fetchall())


def _follows(there):
    """Whether it is a replica, and how far behind the primary."""
    if not there.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
        mend = "Name a standby of this primary in WHATWORKS_REPLICA_URL. Was it promoted, set DATABASE_URL to it everywhere."
        yield fault("replica", "It is not in recovery: it hears of no publication of the primary.", mend)
        return
    reached = _primary_wrote()
    if reached is None:
        behind, paused, age = there.execute(STANDING, ["0/0"]).fetchone()
        mend = "Mend the primary, or promote this one (docs/operating.md, A streaming replica)."
        yield warning("replica", f"In recovery; the primary does not answer, {_since(age)}.", mend)
        return
    began = time.monotonic()
    while True:
        behind, paused, age = there.execute(STANDING, [reached]).fetchone()
        took = time.monotonic() - began
        if behind is not None and behind <= 0:
            yield ok("replica", f"in recovery, less than {max(took, 0.1):.1f} seconds behind the primary")
            return
        if took > FOLLOWS_WITHIN:
            break
        time.sleep(0.1)
    mend = "Look at its log and at the way to the primary (pg_stat_replication there). Visitors read from the primary."
    if paused:
        mend = "SELECT pg_wal_replay_resume() there, as a superuser. Until it follows visitors read from the primary."
    waits = "replay is paused" if paused else "it does not follow"
    size = "an unknown number of" if behind is None else f"{behind:,.0f}"
    yield fault("replica", f"In recovery, but {waits}: {size} bytes behind, {_since(age)}.", mend)


def _primary_wrote():
    """The place in the log that the primary has written up to; None where it does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_lsn()")
            return cursor.fetchone()[0]
    except Error:
        return None


def _since(seconds):
    if seconds is None:
        return "it has replayed no transaction since it started"
    return f"the last transaction it replayed is {seconds:.0f} seconds old"


def _rights(name, rows):
    """Whether the role that was answered with `rows` (of RIGHTS) reads what is published and nothing else, and writes letters."""
    published = {model._meta.db_table for model in published_models()}
    reads = {table for table, may_read, _inserts, _changes in rows if may_read}
    writes = {table for table, _reads, inserts, changes in rows if changes or inserts} - {Inbox._meta.db_table}
    mend = "As the owner, on the primary: manage.py grant_public_role ROLE. A replica hears of it by itself."
    if published - reads:
        return fault(name, f"It may not read {len(published - reads)} of the {len(published)} published tables.", mend)
    if reads - published or writes:
        more = f"It may read {len(reads - published)} tables that are not published, and change {len(writes)}."
        return fault(name, more, mend)
    return ok(name, f"reads {len(reads)} published tables, and nothing else")
