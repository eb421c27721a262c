"""Makers of working rows. Published things are made by actions only."""

from centres.models import Person


def person(username, centre=None, role=None, *, superuser=False):
    """An account that may sign in, with one role where `role` is given; its password is its name."""
    somebody = Person.objects.create_user(
        username, password=username, is_staff=True, is_superuser=superuser, email=f"{username}@example.org"
    )
    if role:
        somebody.roles.create(centre=centre, name=role)
    return somebody
