"""`manage.py workflow`: docs/workflow.md, from the table that the code is tested against."""

from django.core.management.base import BaseCommand

from toolkits.workflow import as_markdown


class Command(BaseCommand):
    help = "Print docs/workflow.md."

    def handle(self, *args, **options):
        self.stdout.write(as_markdown(), ending="")
