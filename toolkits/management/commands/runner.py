"""`manage.py runner`: the background process beside the web server."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from toolkits.runner import run_due

log = logging.getLogger("whatworks.runner")


class Command(BaseCommand):
    help = "Do in the background what is due, until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="look once, then stop")
        parser.add_argument("--every", type=float, default=3.0, metavar="SECONDS", help="how often to look (3)")

    def handle(self, *args, once, every, **options):
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        done = []
        while not stop.is_set():
            before, done = done, []
            try:
                done = run_due() or []
                for name in done:
                    # What goes on where it stopped says so once: a long duty would fill the log, two seconds a line.
                    log.log(logging.DEBUG if name in before else logging.INFO, "done: %s", name)
            except (DatabaseError, InterfaceError):
                # The database may be away for a moment; the duty is still due when it is back.
                if once:
                    raise
                log.exception("the database did not answer; trying again in %s s", every)
            if once:
                return
            close_old_connections()
            # What was waiting behind what is done is due now.
            stop.wait(0 if done else every)
