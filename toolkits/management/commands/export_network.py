"""`manage.py export_network DIR`: write the working rows as a network folder."""

from django.core.management.base import BaseCommand, CommandError

from toolkits.networks import exporting


class Command(BaseCommand):
    help = "Write all working rows as a folder of CSV files, drafts and the columns for editors only included."

    def add_arguments(self, parser):
        parser.add_argument("directory", help="a new or empty folder")
        parser.add_argument("--force", action="store_true", help="write over a network that is in the folder")

    def handle(self, *args, **options):
        def tell(line):
            if options["verbosity"]:
                self.stdout.write(line)

        try:
            counts = exporting.export(options["directory"], force=options["force"], tell=tell)
        except exporting.NotWritten as problem:
            raise CommandError(str(problem)) from problem
        tell(f"Wrote {sum(counts.values())} rows in {len(counts)} files to {options['directory']}.")
