"""`manage.py code USER`: what a demonstration account types beside its password."""

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from centres.demonstration import NoCode, current_code


class Command(BaseCommand):
    help = (
        "Print the current code of a demonstration account. Only with WHATWORKS_DEMO=1; real accounts have none here."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        try:
            self.stdout.write(current_code(username))
        except (NoCode, RuntimeError) as error:
            raise CommandError(error) from error
        except ProgrammingError as error:
            raise CommandError("The database has no tables yet: run `make run` first.") from error
