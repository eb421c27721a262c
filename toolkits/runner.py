"""What the background runner does, one function a duty; each is safe to run twice or late.

`manage.py runner` calls `run_due` in a loop. Several runners may be started: PostgreSQL's advisory
lock lets one of them work at a time.
"""

from django.db import connection, transaction
from django.utils import timezone

from toolkits import actions
from toolkits.models import PublicationCounter

# An arbitrary number that names this lock among all advisory locks of the database.
LOCK = 7_410_001


def turn_the_day():
    """Once a day, make cached answers that depend on the date out of date (who is a member today).

    Returns whether there was anything to do.
    """
    today = timezone.localdate()
    counter = PublicationCounter.objects.select_for_update().get()
    if counter.day == today:
        return False
    counter.day = today
    counter.save(update_fields=["day"])
    actions.raise_publication_number()
    return True


DUTIES = (turn_the_day,)


def run_due():
    """Run every duty that is due, each in its own transaction, and return the names of those that did something.

    Returns None where another runner holds the lock.
    """
    done = []
    for duty in DUTIES:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    return None
            if duty():
                done.append(duty.__name__)
    return done
