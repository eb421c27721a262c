"""Why something was found: its words marked in what is shown, and the place of those that are elsewhere."""

import re
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import mark_safe

from toolkits import words
from toolkits.public.search.passages import passages

# Letters on each side of the first word that was found.
AROUND = 70
MOST_REASONS = 3


@dataclass(frozen=True)
class Reason:
    """Where a page has what its title and summary do not: the name of the place, and the words there, marked, in their language."""

    place: str
    text: str
    language: str = "en"


@dataclass(frozen=True)
class Marked:
    """A title and summary with what was found marked (safe HTML), and where the rest of it stands."""

    title: str
    summary: str
    reasons: tuple[Reason, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Sought:
    stems: tuple[str, ...]
    unit: int
    text: str
    own: bool


class Marker:
    """Finds units in texts as the index does: by stems, phrases word by word."""

    def __init__(self, units):
        self.needed = {number for number, unit in enumerate(units) if not unit.optional}
        sought = []
        for number, unit in enumerate(units):
            if unit.phrase:
                sought.append(_Sought(words.stems(unit.said), number, unit.said, True))
            else:
                sought += [_Sought((words.stem(word),), number, word, True) for word in unit.words]
            sought += [_Sought(words.stems(" ".join(other)), number, " ".join(other), False) for other in unit.others]
        self._by_first = {}
        for item in sought:
            if item.stems:
                self._by_first.setdefault(item.stems[0], []).append(item)
        # Stemming changes at most the end of a word: only words that begin so need be looked at.
        beginnings = sorted({re.escape(stem[:-1] if len(stem) > 3 else stem[:1]) for stem in self._by_first})
        self._likely = re.compile(rf"(?<![^\W_])(?:{'|'.join(beginnings)})[^\W_]*", re.IGNORECASE)

    def places(self, text):
        """[(start, end, _Sought)] of everything sought in a text, in order."""
        if not self._by_first:
            return []
        # An accent may stand in the beginning of a word.
        likely = self._likely if text.isascii() else words.WORD
        found = []
        for word in likely.finditer(text):
            for item in self._by_first.get(words.stem(words.fold(word[0])), ()):
                end = _end_of(item.stems, text, word)
                if end is not None:
                    found.append((word.start(), end, item))
        return found

    def units_in(self, places):
        """The numbers of the units found at some places."""
        return {item.unit for _start, _end, item in places}


def _end_of(stems, text, first):
    """Where the words with `stems` end that begin with the match `first` in a text; None where others follow."""
    if len(stems) == 1:
        return first.end()
    following = list(islice(words.WORD.finditer(text, first.end()), len(stems) - 1))
    stands = tuple(words.stem(words.fold(word[0])) for word in following) == stems[1:]
    return following[-1].end() if stands else None


def _marked(text, places, start=0, end=None):
    """Safe HTML of `text` from `start` to `end`, with what lies at `places` in <mark>."""
    end = len(text) if end is None else end
    parts, at = [], start
    for first, last, _item in places:
        first = max(first, at)
        if last > end or first >= last:
            continue
        parts += [escape(text[at:first]), f"<mark>{escape(text[first:last])}</mark>"]
        at = last
    parts.append(escape(text[at:end]))
    return mark_safe("".join(parts))  # every part was escaped above


def _snippet(text, places):
    """The words round the first place, marked, with … where words are left out."""
    start, end = max(0, places[0][0] - AROUND), min(len(text), places[0][1] + AROUND)
    if start:
        start = text.find(" ", start) + 1 or start
        start = min(start, places[0][0])
    if end < len(text):
        end = max(text.rfind(" ", 0, end), places[0][1])
    inside = _marked(text, [place for place in places if place[0] >= start], start, end)
    return mark_safe(("…" if start else "") + inside + ("…" if end < len(text) else ""))  # `inside` is safe


def _reasons(marker, page, missing):
    """The Reasons for units that title and summary do not have, and every place that was looked at for them."""
    reasons, seen = [], []
    for label, text, language in passages(page.kind, page.document):
        if not missing or len(reasons) == MOST_REASONS:
            break
        places = [place for place in marker.places(text) if place[2].unit in missing]
        if places:
            reasons.append(Reason(place=label, text=_snippet(text, places), language=language))
            missing = missing - marker.units_in(places)
            seen += places
    return reasons, seen


def marked(page, marker):
    """The Marked of a live page."""
    title, summary = marker.places(page.title), marker.places(page.summary)
    missing = marker.needed - marker.units_in(title) - marker.units_in(summary)
    reasons, elsewhere = _reasons(marker, page, missing) if missing else ([], [])
    everywhere = [*title, *summary, *elsewhere]
    own = {item.unit for _start, _end, item in everywhere if item.own}
    # The first of those with the same stems: homeless and homelessness are one word to a search.
    others = {}
    for _start, _end, item in everywhere:
        if not item.own and item.unit not in own:
            others.setdefault(item.stems, item.text)
    return Marked(
        title=_marked(page.title, title),
        summary=_marked(page.summary, summary),
        reasons=tuple(reasons),
        others=tuple(others.values()),
    )
