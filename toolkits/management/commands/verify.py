"""`manage.py verify`: whether everything published is still what it was."""

import json
import sys
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkits import verification

EVERY = 5_000  # rows between two signs of life


class Command(BaseCommand):
    help = (
        "Recompute every digest, list column and link between documents, look at the database's own rules, and say "
        "what is wrong. Writes nothing; ends with 1 where anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON object a problem and line, then the count")

    def handle(self, *args, **options):
        if settings.SITE == "public":
            raise CommandError(
                "The role of the public process may not read what this compares: run it with the settings of the "
                "editorial one (WHATWORKS_SITE=editorial or both, and its DATABASE_URL)."
            )
        looked_at, told = {}, {}

        def tell(name, done):
            looked_at[name] = done
            if options["verbosity"] and not options["json"] and done - told.get(name, 0) >= EVERY:
                told[name] = done
                self.stderr.write(f"  {name}: {done} …")

        count = 0
        for problem in verification.problems(tell):
            count += 1
            self.stdout.write(json.dumps(asdict(problem), ensure_ascii=False) if options["json"] else str(problem))
        if options["json"]:
            self.stdout.write(json.dumps({"problems": count, "looked_at": looked_at}))
        elif options["verbosity"]:
            self.stdout.write(", ".join(f"{done} {name}" for name, done in looked_at.items()) + " looked at.")
            self.stdout.write(f"{count} wrong." if count else "Everything is as it was published.")
        if count:
            sys.exit(1)
