"""The banner of a centre that has ended or left: how, when in words, and who looks after its pages."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from toolkits.published import Page


@dataclass(frozen=True)
class Former:
    """How a centre ended: `kind` is merged, closed, ended, renamed or left (the network); `successor` None where
    nobody carries on, and the network looks after its pages."""

    centre: Page
    kind: str
    date_text: str
    successor: Page | None
    note: str


def date_words(partial):
    """A year, month or day as a reader says it: "2020", "December 2022", "30 April 2024".

    Raises ValueError where `partial` is neither 2020 nor 2022-12 nor 2024-04-30.
    """
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return date_format(datetime.date(*parts, 1), "F Y")
    return date_format(datetime.date(*parts), "j F Y")


def _left(spells, on):
    """The last spell of a centre whose membership has ended before the day `on`; None while it is a member.

    A centre of which no membership is recorded has not left.
    """
    if not spells or any(spell.last_day is None or spell.last_day >= on for spell in spells):
        return None
    return max(spells, key=lambda spell: spell.last_day)


def former(record, centres, on):
    """The Former of the centre with a record number on the day `on`, or None while it goes on.

    `centres` are the live pages of all centres by record number.
    """
    centre = centres.get(record)
    if centre is None:
        return None
    document = centre.document
    ending, left = document.ending, _left(document.memberships, on)
    if ending is not None:
        return Former(
            centre=centre,
            kind=ending.kind,
            date_text=date_words(ending.date),
            successor=centres.get(ending.successor.record) if ending.successor else None,
            note=ending.note,
        )
    if not document.closed and left is None:
        return None
    kind, date = ("closed", document.closed) if document.closed else ("left", left.ended)
    return Former(centre=centre, kind=kind, date_text=date_words(date), successor=None, note="")
