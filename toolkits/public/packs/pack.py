"""What a pack is: every figure, word and address that may stand in one of its formats. Made by `contents`.

A number is text as it was published; `words` of a number are how a reader meets it.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from toolkits.public.downloads import parts
from toolkits.public.synthesis_numbers import rounded


@dataclass(frozen=True)
class Rated:
    """A rating: the level in the centre's words, its place on its own scale, and its number with range and certainty."""

    axis: str
    title: str
    about: str
    by_network: bool
    label: str
    place: str
    meaning: str
    value: str
    unit: str
    low: str
    high: str
    figure: str
    range: str
    certainty: str
    band: str
    scale: str
    graded: str
    older: str

    @property
    def words(self):
        """The rating in one line, number never without its range and certainty."""
        level = self.label if not self.place else f"{self.label} ({self.place})"
        number = f"{parts.sentence(self.figure)} {self.range}" if self.figure else ""
        return " ".join(said for said in (parts.sentence(level), number.strip(), self.certainty) if said)

    @property
    def name(self):
        """The axis, and what the rating is about where that is not the whole."""
        return f"{self.title}: {self.about}" if self.about else self.title


@dataclass(frozen=True)
class Missing:
    """An axis without a rating of the centre's own, and what that means."""

    axis: str
    title: str
    meaning: str


@dataclass(frozen=True)
class StudyLine:
    """A study of a result, as readers see its numbers (ratios as ratios)."""

    record: int
    label: str
    year: int | None
    country: str
    design: str
    included: bool
    reason: str
    value: str
    low: str
    high: str
    weight: str
    people: int | None
    bias: str
    address: str

    @property
    def words(self):
        """Its effect with its range, rounded; why it was left out where it was."""
        if not self.included:
            return self.reason
        number = rounded(self.value)
        return f"{number} ({_ends(rounded(self.low), rounded(self.high))})" if self.low else number


@dataclass(frozen=True)
class Result:
    """What the studies of a synthesis add up to, in exactly one version of it."""

    record: int
    version: int
    name: str
    illustrative: bool
    outcome: str
    answer: str
    plain: str
    value: str
    unit: str
    low: str
    high: str
    prediction_low: str
    prediction_high: str
    k: int
    people: int | None
    figure: str
    range: str
    prediction: str
    people_words: str
    address: str
    digest: str
    published_at: datetime.datetime
    published: str
    last_searched: str
    source: Any
    studies: list[StudyLine]
    document: Any = field(repr=False, compare=False)


@dataclass(frozen=True)
class Other:
    """Another intervention of the same family, in exactly one version; `variant` where it is not the same idea."""

    record: int
    version: int
    name: str
    variant: bool
    centre: str
    toolkit: str
    ratings: list[Rated]
    missing: list[Missing]
    graded: list[str]
    studies: str
    studies_count: int | None
    notices: list[str]
    address: str


@dataclass(frozen=True)
class Family:
    """How other centres rate the same idea, and why they differ, in blocks of `downloads.parts`."""

    name: str
    others: list[Other]
    why: list


@dataclass(frozen=True)
class MadeOf:
    """A version that a pack is made of, and where it stays."""

    name: str
    record: int
    version: int
    published: str
    address: str


@dataclass(frozen=True)
class Item:
    """An intervention in exactly one version. `sections` are (title, blocks), as `downloads.parts` has blocks; `prices`
    are its costs in the prices of one year (cost_figures.Converted), None where it has none in figures."""

    record: int
    version: int
    name: str
    summary: str
    centre: str
    toolkit: str
    notices: list[str]
    message: list[str]
    ratings: list[Rated]
    missing: list[Missing]
    headline: str
    headline_value: str
    headline_unit: str
    studies: str
    studies_count: int | None
    sections: list
    silent: list[str]
    results: list[Result]
    family: Family | None
    prices: Any
    sources: list
    published_at: datetime.datetime
    published: str
    change: str
    dates: list
    address: str
    digest: str
    document: Any = field(repr=False, compare=False)


@dataclass(frozen=True)
class Pack:
    """A whole pack. `address` is where it answers for ever; `dated` the moment of its newest version.

    `english` is what centres wrote in it in English, where it is in another language.
    """

    title: str
    language: str
    address: str
    items: list[Item]
    gone: list[str]
    beside: list[MadeOf]
    dated: datetime.datetime
    disclaimer: str
    english: frozenset = field(default=frozenset(), repr=False)

    @property
    def date(self):
        """The day of its newest version, in words."""
        return day(self.dated)

    @property
    def results(self):
        """Every result once, in the order of the items."""
        return list({result.record: result for item in self.items for result in item.results}.values())

    @property
    def as_of(self):
        """What stands under the title of every format."""
        return _("The evidence as it was published on {date}. Whether it has moved since: {address}").format(
            date=self.date, address=self.address
        )


def day(moment):
    """A moment as a day of this site's, in words."""
    return parts.date(timezone.localtime(moment, timezone.get_default_timezone()))


def _ends(low, high):
    return _("{low} to {high}").format(low=low, high=high) if low and high else ""
