"""Makers of working rows. Published things are made by actions only."""

import datetime

from centres.models import Person
from evidence.models import Intervention


def person(username, centre=None, role=None, *, superuser=False):
    """An account that may sign in, with one role where `role` is given; its password is its name."""
    somebody = Person.objects.create_user(
        username, password=username, is_staff=True, is_superuser=superuser, email=f"{username}@example.org"
    )
    if role:
        somebody.roles.create(centre=centre, name=role)
    return somebody


def intervention(toolkit, slug, **fields):
    """A new intervention in a toolkit, with all that a submission asks for."""
    told = {
        "name": slug.replace("-", " ").capitalize(),
        "summary": "An adult meets a pupil every week.",
        "source_url": "https://example.org/",
        "authors": "A. Author",
        "interests": "None declared",
        "last_searched": datetime.date.today(),
    }
    new = Intervention.objects.create(centre=toolkit.centre, **(told | fields))
    toolkit.entries.create(intervention=new, slug=slug)
    return new
