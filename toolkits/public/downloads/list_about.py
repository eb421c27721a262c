"""What a downloaded list says of itself: what was chosen, in words, when, where it is, and on what terms."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from toolkits.public.terms import disclaimer, licence


@dataclass(frozen=True)
class About:
    """What a list is: `chosen` are its filters in words, `order` how it is sorted, `address` its page, whole."""

    title: str
    chosen: list[str]
    order: str
    day: datetime.date
    count: int
    address: str
    publication: int

    @property
    def facts(self):
        """The same as (label, words)."""
        return [
            (_("List"), self.title),
            (_("Chosen"), "; ".join(self.chosen) if self.chosen else _("everything, no filter")),
            (_("Sorted by"), self.order),
            (_("Rows"), str(self.count)),
            (_("Date"), date_format(self.day, "j F Y")),
            (_("Publication"), str(self.publication)),
            (_("Address"), self.address),
            (_("Licence"), licence()),
            (_("Whose word counts"), disclaimer()),
        ]
