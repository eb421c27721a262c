"""Words that mean the same, found in a question and put beside it. Pure: no Django."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from toolkits.matches import Unit
from toolkits.public.search.parsing import says_something, stems_of
from toolkits.words import is_asking, is_stop, words

LONGEST_MEMBER = 8


@dataclass(frozen=True)
class Synonyms:
    """Groups of equivalent phrases, each a tuple of folded words, by the stems of each member."""

    by_stems: dict = field(default_factory=dict)
    longest: int = 0

    def at(self, found, start):
        """(length, members) of the longest group member that stands in the words `found` at `start`; (0, ())."""
        for length in range(min(self.longest, len(found) - start), 0, -1):
            members = self.by_stems.get(stems_of(found[start : start + length]))
            if members:
                return length, members
        return 0, ()

    def vocabulary(self):
        """Every word of every member."""
        return {word for members in self.by_stems.values() for member in members for word in member}


def build(groups):
    """The Synonyms of published groups (payloads.Synonyms)."""
    by_stems = defaultdict(list)
    for group in groups:
        members = [tuple(words(member)[:LONGEST_MEMBER]) for member in (group.term, *group.equivalents)]
        members = [member for member in members if says_something(member)]
        for member in members:
            known = by_stems[stems_of(member)]
            known += [other for other in members if other not in known]
    longest = max((len(stems) for stems in by_stems), default=0)
    return Synonyms(by_stems={stems: tuple(members) for stems, members in by_stems.items()}, longest=longest)


def _plain_units(found, synonyms):
    """The units of a run of typed words: the longest synonyms first, then words."""
    start = 0
    while start < len(found):
        length, members = synonyms.at(found, start)
        said = found[start : start + max(length, 1)]
        if length:
            others = tuple(member for member in members if stems_of(member) != stems_of(said))
            yield Unit(words=tuple(word for word in said if not is_stop(word)), others=others)
        elif not is_stop(said[0]):
            yield Unit(words=said, optional=is_asking(said[0]))
        start += max(length, 1)


def expand(asked, synonyms):
    """The units to be found for a question. What stands in quotes is taken as it is.

    At least one of them is not optional.
    """
    units = []
    for part in asked.wanted:
        if part.phrase:
            if says_something(part.words):
                units.append(Unit(words=part.words, phrase=True))
        else:
            units += _plain_units(part.words, synonyms)
    units = tuple(dict.fromkeys(units))
    if all(unit.optional for unit in units):
        return tuple(replace(unit, optional=False) for unit in units)
    return units
