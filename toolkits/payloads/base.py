"""What documents are made of: the smallest parts, which every kind of document uses."""

from typing import Literal

import msgspec

Axis = Literal[
    "impact",
    "cost",
    "strength",
    "cost-effectiveness",
    "mechanism",
    "moderator",
    "implementation",
    "economics",
    "study quality",
]
# The axes a reader may filter and sort by; the others are shown, in the centre's words.
MAIN_AXES = ("impact", "strength", "cost")


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """What documents are made of. What has its default is left out when stored: a new field changes no old digest."""


class Term(Part, frozen=True):
    """A word of a vocabulary."""

    slug: str
    name: str


class Link(Part, frozen=True):
    """Another record, as it was named when this was frozen; its address is found when read."""

    record: int
    slug: str
    name: str


class CentreLink(Link, frozen=True):
    """The owning centre, with its short name and accent colour (`#rrggbb`)."""

    short_name: str = ""
    accent: str = "#14213d"


class Source(Part, frozen=True):
    """Where facts were seen. `copy_on` names the site where it is not the centre's own; `note` is the rest."""

    url: str
    note: str = ""
    copy_on: str = ""
