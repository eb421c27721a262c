"""What the background runner does, one function a duty; each is safe to run twice or late.

`manage.py runner` calls `run_due` in a loop. Several runners may be started: PostgreSQL's advisory
lock lets one of them work at a time.
"""

from django.db import connection, transaction
from django.utils import timezone

from centres import people, sessions
from toolkits import actions, heartbeat, jobs
from toolkits.following.asking import forget_unconfirmed
from toolkits.following.digests import send_digests
from toolkits.intake import take_inbox
from toolkits.mail import send_mail
from toolkits.models import PublicationCounter
from toolkits.public.packs.keeping import keeper
from toolkits.reminders import remind_of_overdue

# An arbitrary number that names this lock among all advisory locks of the database.
LOCK = 7_410_001


@transaction.atomic
def turn_the_day():
    """Once a day, make cached answers that depend on the date out of date (who is a member today), and take
    back the work of people whose role has ended.

    Returns whether there was anything to do.
    """
    today = timezone.localdate()
    counter = PublicationCounter.objects.select_for_update().get()
    if counter.day == today:
        return False
    counter.day = today
    counter.save(update_fields=["day"])
    actions.raise_publication_number()
    people.take_back_from_leavers()
    return True


def keep_appointments():
    """Publish everything whose time has come. Returns whether there was anything."""
    kept = 0
    while actions.keep_next_appointment():
        kept += 1
    return kept > 0


def keep_packs():
    """Make the files of packs that are not there yet, some at a time. Returns whether any was made."""
    return keeper.keep()


DUTIES = (
    turn_the_day,
    keep_appointments,
    take_inbox,
    remind_of_overdue,
    send_mail,
    send_digests,
    jobs.do_next_job,
    sessions.forget_what_is_over,
    forget_unconfirmed,
    keep_packs,
)


def run_due():
    """Run every duty that is due, and return the names of those that did something.

    Each duty keeps its own transactions. Returns None where another runner holds the lock, which belongs to the
    database session: a runner that dies gives it back.
    """
    done = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        try:
            for duty in DUTIES:
                if duty():
                    done.append(duty.__name__)
            heartbeat.beat(done)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return done
