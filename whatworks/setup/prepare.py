"""Bring the database up to date: run by the environment's own Python, all of it in one process (a Django start costs 1 s)."""

import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from whatworks.setup.steps import diagnose, step


def main() -> int:
    """Migrate, load the built-in network into an empty database, and make the demonstration's accounts."""
    network = sys.argv[1]
    try:
        django.setup()
        with step("Database tables"):
            call_command("migrate", interactive=False, verbosity=0)
        with step("Built-in network", talks=True):
            call_command("load_network", "--if-empty", network)
        if settings.DEMO:
            with step("Demonstration accounts", talks=True):
                call_command("demonstration_accounts")
    except (CommandError, ImproperlyConfigured) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OperationalError as error:
        said = str(error).strip().splitlines()[0]
        print(f"\n{diagnose(said, settings.DATA_DIR) or f'The database does not answer: {said}'}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
