"""The banner of a centre that has ended: how, when in words, and who carries on."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from toolkits.published import Page


@dataclass(frozen=True)
class Former:
    """How a centre ended: `kind` is merged, closed, ended or renamed; `successor` None where nobody carries on."""

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


def former(centre, pages):
    """The Former of a centre's page, or None while it goes on.

    `pages` are live pages by record number, where its successor's is looked for.
    """
    if centre is None:
        return None
    document = centre.document
    ending = document.ending
    if ending is None:
        if not document.closed:
            return None
        return Former(centre=centre, kind="closed", date_text=date_words(document.closed), successor=None, note="")
    return Former(
        centre=centre,
        kind=ending.kind,
        date_text=date_words(ending.date),
        successor=pages.get(ending.successor.record) if ending.successor else None,
        note=ending.note,
    )
