"""`manage.py demonstration_accounts`: who can sign in to the demonstration, and with what."""

from django.core.management.base import BaseCommand, CommandError

from centres.demonstration import create_accounts


class Command(BaseCommand):
    help = "Make the demonstration's accounts and print them. Only with WHATWORKS_DEMO=1, on a loopback address."

    def handle(self, *args, **options):
        try:
            accounts = create_accounts()
        except RuntimeError as error:
            raise CommandError(error) from error
        for username, what, secret in accounts:
            self.stdout.write(f"  {username:<14} {what:<34} password {secret}")
        self.stdout.write("  Signing in also asks for a code: make code USER=editor")
