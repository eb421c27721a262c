"""`manage.py grant_public_role ROLE`: give a database role the rights of the public site, and no others."""

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection

from toolkits import public_role


class Command(BaseCommand):
    help = (
        "Give a database role exactly the rights of a process that only answers visitors. Repeat it after a migration."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="a role that exists and owns nothing")
        parser.add_argument("--sql", action="store_true", help="print the statements; run none")

    def handle(self, *args, role, **options):
        connection.ensure_connection()
        if options["sql"]:
            for statement in public_role.statements(role, connection.settings_dict["NAME"]):
                self.stdout.write(statement.as_string(connection.connection) + ";")
            return
        try:
            public_role.grant(connection, role)
        except ProgrammingError as error:
            raise CommandError(
                f"Nothing was changed: {error}\nMake the role first (CREATE ROLE ... LOGIN PASSWORD ...), and run this as"
                " the owner of the tables."
            ) from error
        if options["verbosity"]:
            self.stdout.write(f"{role} may read what is published and write to the inbox, and nothing else.")
