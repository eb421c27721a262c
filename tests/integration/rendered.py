"""What a reader sees on the page of an intervention, read back from its HTML."""

import re
from dataclasses import dataclass

import lxml.html

PLACE = re.compile(r"(.+?)(?:[:,]? \(?(\d+ of \d+)\)?)?")
RANGE = re.compile(r"(?:likely between )?(\S+?) (?:and|to) (\S+)")


@dataclass(frozen=True)
class Shown:
    """A rating as it stands there: level, place on its scale, number with its unit, ends of its range, what it is about."""

    level: str
    place: str
    value: str
    low: str
    high: str
    about: str


def words(element):
    """All that is said in an element, with one space between words."""
    return " ".join(element.text_content().split())


class RenderedPage:
    """The page of an intervention."""

    def __init__(self, html):
        (self._main,) = lxml.html.fromstring(html.decode()).xpath("//main")

    @property
    def text(self):
        """All of its words."""
        return words(self._main)

    def column(self, axis):
        """The ratings on an axis of the panel, and the words for what is missing there."""
        for column in self._main.xpath('.//div[@class="panel__column"]'):
            if words(column.find("h3")) == axis:
                return _ratings(column), [words(said) for said in column.xpath('.//p[@class="absence"]')]
        return [], []

    @property
    def readings(self):
        """The network's readings, which are no ratings of the centre's."""
        return [found for part in self._main.xpath('.//section[@class="reading"]') for found in _ratings(part)]

    @property
    def further(self):
        """The ratings on further axes."""
        return [found for part in self._main.xpath('.//table[caption/@id="further"]') for found in _ratings(part)]

    def outcomes(self):
        """The rows of the table of outcomes: number and range."""
        rows = self._main.xpath('.//table[caption/@id="outcomes-caption"]/tbody/tr')
        return [tuple(words(cell) for cell in row.findall("td")[1:]) for row in rows]

    def fact(self, label):
        """What stands beside a label."""
        found = self._main.xpath(f'.//dt[normalize-space()="{label}"]/following-sibling::dd[1]')
        return words(found[0]) if found else ""

    def others(self):
        """[(name, ratings)] of the table of other centres."""
        rows = self._main.xpath('.//table[contains(@class, "table--family")]/tbody/tr')
        return [(words(row.find("th/a")), _ratings(row)) for row in rows]


def _ratings(part):
    return [_rating(found) for found in part.xpath('.//div[@class="rating" or @class="rating rating--large"]')]


def _rating(element):
    said = {
        name: words(found[0]) if (found := element.xpath(f'./p[@class="rating__{name}"]')) else ""
        for name in ("words", "value", "range", "about")
    }
    level, place = PLACE.fullmatch(said["words"]).groups()
    ends = RANGE.fullmatch(said["range"])
    low, high = ends.groups() if ends else ("", "")
    return Shown(level, place or "", said["value"], low, high, said["about"])
