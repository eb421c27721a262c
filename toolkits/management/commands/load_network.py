"""`manage.py load_network DIR`: check a network folder, write it, and publish what changed."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from toolkits.networks import run


class Command(BaseCommand):
    help = "Load a folder of CSV files: all of it is checked first, and all of it is published or nothing."

    def add_arguments(self, parser):
        parser.add_argument("directory", help="the folder that holds network.csv, centres.csv and the others")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are records already")
        parser.add_argument(
            "--check", action="store_true", help="say what is wrong and what would change; write nothing"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="replace what people changed here since the last load"
        )
        parser.add_argument(
            "--withdraw-missing", action="store_true", help="withdraw the pages of records no longer in the folder"
        )

    def handle(self, *args, **options):
        started = time.monotonic()

        def tell(line):
            if options["verbosity"]:
                self.stdout.write(line)
                self.stdout.flush()

        try:
            run.load(
                options["directory"],
                if_empty=options["if_empty"],
                check=options["check"],
                overwrite=options["overwrite"],
                withdraw_missing=options["withdraw_missing"],
                tell=tell,
            )
        except run.Stopped as stopped:
            for line in stopped.lines:
                self.stderr.write(line)
            raise CommandError(str(stopped)) from stopped
        except IntegrityError as error:
            raise CommandError(f"The database refused a row, and nothing was loaded: {error}") from error
        tell(f"Done in {time.monotonic() - started:.1f} s.")
