"""What search knows of the published lists: words that mean the same, what was assessed and not listed. Pure: no Django."""

from dataclasses import dataclass
from functools import cached_property

from toolkits.public.search import synonyms
from toolkits.words import stems


@dataclass(frozen=True)
class Lexicon:
    """The published words of one publication; `assessed` are payloads.Assessed."""

    synonyms: synonyms.Synonyms
    assessed: tuple = ()

    @cached_property
    def synonym_words(self):
        """Every word that stands in a group of synonyms."""
        return tuple(sorted(self.synonyms.vocabulary()))

    @cached_property
    def _assessed_stems(self):
        return [(set(stems(item.name)), set(stems(f"{item.name} {item.reason}")), item) for item in self.assessed]

    def assessed_like(self, units, most=5):
        """What was assessed and not listed and has most of the units, the nearest first."""
        found = []
        for place, (name, everything, item) in enumerate(self._assessed_stems):
            hits = sum(1 + _has(name, unit) for unit in units if _has(everything, unit))
            if hits and 2 * sum(_has(everything, unit) for unit in units) >= len(units):
                found.append((-hits, place, item))
        return [item for _hits, _place, item in sorted(found)[:most]]


def _has(found, unit):
    return any(said and set(said) <= found for said in map(stems, (unit.said, *map(" ".join, unit.others))))


def build(vocabularies):
    """The Lexicon of published lists, {name: payloads.Vocabulary}."""
    groups = vocabularies["synonyms"].synonyms if "synonyms" in vocabularies else []
    assessed = vocabularies["assessed"].assessed if "assessed" in vocabularies else []
    return Lexicon(synonyms=synonyms.build(groups), assessed=tuple(assessed))


NOTHING = Lexicon(synonyms=synonyms.Synonyms())
