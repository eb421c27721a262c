"""`manage.py hide_second_factors`: after the secret key was changed."""

from django.core.management.base import BaseCommand

from centres.accounts.hiding import hide_anew


class Command(BaseCommand):
    help = (
        "Hide the secrets of all authenticator apps and recovery codes by the present WHATWORKS_SECRET_KEY. They are read "
        "by it or by one of WHATWORKS_OLD_SECRET_KEYS, which may be set for this one command."
    )

    def handle(self, *args, **options):
        hidden, left = hide_anew()
        self.stdout.write(f"{hidden} hidden by the present key.")
        if left:
            self.stderr.write(
                f"{left} are hidden by a key that is not known. Set it in WHATWORKS_OLD_SECRET_KEYS for this command; if "
                "it is lost, their owners set up new ones (reset_second_factor)."
            )
