"""`manage.py metrics`: answers Prometheus; gunicorn starts it where WHATWORKS_METRICS_PORT is set."""

import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PAUSE = 2  # seconds between two looks at whether gunicorn is still there


class Command(BaseCommand):
    help = "Answer Prometheus on WHATWORKS_METRICS_PORT with what the web workers of this machine count."
    requires_system_checks = []

    def handle(self, *args, **options):
        if not settings.METRICS_PORT or "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            raise CommandError(
                "gunicorn starts this where WHATWORKS_METRICS_PORT is set; alone it has nothing to tell."
            )
        from whatworks.metrics import serve

        parent = os.getppid()
        try:
            server, _thread = serve(settings.BIND.rpartition(":")[0].strip("[]"), settings.METRICS_PORT)
        except OSError as error:
            raise CommandError(
                f"Port {settings.METRICS_PORT} (WHATWORKS_METRICS_PORT) cannot be had: {error}"
            ) from error
        # One whose gunicorn was killed must not go on telling old numbers.
        while os.getppid() == parent:
            time.sleep(PAUSE)
        server.shutdown()
