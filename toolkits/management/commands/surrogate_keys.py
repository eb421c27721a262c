"""`manage.py surrogate_keys --since N`: which answers a CDN is to forget, for a script that tells it."""

import time

from django.core.management.base import BaseCommand
from django.db import Error, connection

from toolkits import freshness, published
from toolkits.public.surrogate_keys import NETWORK, key_of

MOST_RECORDS = 100  # of more than so many, such as after a load, the network's key alone is said: it covers them


class Command(BaseCommand):
    help = (
        "Print, on one line, the publication number and the surrogate keys that were touched since another one; "
        "nothing where that is the newest. Asked again with the number printed, it tells nothing twice and misses nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--since", type=int, default=0, metavar="N", help="the publication number of the last time")
        parser.add_argument(
            "--follow", action="store_true", help="go on: a line for what is published, and one as a day begins"
        )
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="how often to look (1)")

    def handle(self, *args, since, follow, every, **options):
        today = freshness.today()
        while True:
            try:
                number = published.publication_number()
                if number != since or freshness.today() != today:
                    self.stdout.write(" ".join([str(number), NETWORK, *_records(since, number)]))
                    self.stdout.flush()
                    since, today = number, freshness.today()
            except Error as error:
                if not follow:
                    raise
                self.stderr.write(f"The database does not answer: {' '.join(str(error).split())}")
                connection.close()
            if not follow:
                return
            time.sleep(every)


def _records(since, number):
    """The keys of the records that something public happened to after one publication number, up to another."""
    events = published.changes(number=since, most=MOST_RECORDS + 1)
    keys = {key_of(event.record): None for event in events if event.publication <= number}
    return keys if len(events) <= MOST_RECORDS else ()
