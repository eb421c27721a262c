"""`manage.py reset_second_factor USER`: for somebody who lost every second factor, where nobody else can remove them."""

from django.core.management.base import BaseCommand, CommandError

from centres import people
from centres.models import Person


class Command(BaseCommand):
    help = (
        "Remove the second factors of an account and end its sessions: its next sign-in, by password, sets one up anew. "
        "For the last administrator; of anybody else, an administrator removes them in the portal."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="who asked, and how you know that it is them; it is kept")

    def handle(self, *args, username, reason, **options):
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account {username!r}.")
        if not person.is_active:
            raise CommandError(f"The account {username!r} is closed, so it needs no second factor.")
        if not reason.strip():
            raise CommandError("Say with --reason who asked, and how you know that it is them.")
        removed = people.reset_second_factors(person=person, reason=reason.strip())
        if not removed:
            self.stdout.write(f"{username} has no second factor: the next sign-in sets one up. Nothing was changed.")
            return
        self.stdout.write(f"Removed {removed} from {username} and ended every session. The audit trail says so.")
        if not person.has_usable_password():
            self.stdout.write(f"It has no password either: python manage.py changepassword {username}")
