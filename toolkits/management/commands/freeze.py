"""`manage.py freeze DIR`: write the whole public site as static files."""

from django.core.management.base import BaseCommand, CommandError

from toolkits.freezing import copying
from toolkits.freezing.addresses import Scope


class Command(BaseCommand):
    help = "Write the whole public site as static files that work from any folder of any web server."

    def add_arguments(self, parser):
        parser.add_argument("directory", help="a new or empty folder")
        parser.add_argument("--force", action="store_true", help="replace the frozen copy that is in the folder")
        parser.add_argument("--pdf", action="store_true", help="with every PDF, which takes a second each")
        parser.add_argument(
            "--only", action="append", default=[], metavar="/PATH/", help="only what begins so; may be given again"
        )

    def handle(self, *args, **options):
        def tell(line):
            if options["verbosity"]:
                self.stdout.write(line)

        scope = Scope(pdf=options["pdf"], only=options["only"])
        try:
            done = copying.freeze(options["directory"], scope=scope, force=options["force"], tell=tell)
        except copying.NotWritten as problem:
            raise CommandError(str(problem)) from problem
        for address, why in done["broken"].items():
            self.stderr.write(f"Leads nowhere: {address} ({why})")
        tell(
            f"Wrote {done['files']} files ({done['bytes'] / 1e6:.1f} MB) to {options['directory']}: {done['pages']} pages, "
            f"{done['redirects']} that lead on; {done['left_out']} addresses need a server and lead to a page that says so."
        )
