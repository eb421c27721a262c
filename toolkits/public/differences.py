"""Why members of a family are rated differently, in the words that both centres agreed to."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from toolkits import published

CAUSES = {
    "inclusion rule": _("They count different studies"),
    "version": _("They look at different versions of the programme"),
    "outcome": _("They look at different outcomes"),
    "standard": _("They hold the evidence to different standards"),
    "people": _("They look at different people or places"),
    "not known": _("Nobody knows why"),
}


@dataclass(frozen=True)
class Reason:
    """An agreed difference between two live interventions, and the day on which the second centre agreed."""

    first: published.Page
    second: published.Page
    cause: str
    text: str
    agreed_on: datetime.date

    @property
    def cause_words(self):
        """The cause as a short statement for the public."""
        return CAUSES.get(self.cause, self.cause)


def standing(document, live):
    """The differences of a payloads.Family of which both interventions are among the `live` records."""
    return [said for said in document.differences if said.first in live and said.second in live]


def reasons(document, pages, *, about=None):
    """The Reasons of a payloads.Family of which both interventions are among `pages` ({record: page}).

    `about` keeps those that concern one record.
    """
    return [
        Reason(pages[said.first], pages[said.second], said.cause, said.text, said.agreed_on)
        for said in standing(document, pages)
        if about in {None, said.first, said.second}
    ]
