"""`manage.py rights`: print docs/rights.md."""

from django.core.management.base import BaseCommand

from toolkits.rights import as_markdown


class Command(BaseCommand):
    help = "Print the table of who gets past which address."

    def handle(self, *args, **options):
        self.stdout.write(as_markdown(), ending="")
