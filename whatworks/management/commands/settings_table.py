"""`manage.py settings_table`: print docs/settings.md."""

from django.core.management.base import BaseCommand

from whatworks.variables import as_markdown


class Command(BaseCommand):
    help = "Print the table of the variables that the portal reads from its environment."

    def handle(self, *args, **options):
        self.stdout.write(as_markdown(), ending="")
