"""What a reader typed, read as words, "phrases" and -minus. Any text can be read; none is an error. Pure: no Django."""

import re
from dataclasses import dataclass, field

from toolkits.words import is_stop, stem, words

LONGEST = 200
MOST_WORDS = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_DASHES = "-−–—"
_PART = re.compile(rf'(?:(?<=\s)|^)(?P<minus>[{_DASHES}]*)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))|(?P<rest>[^\s"]+)')


@dataclass(frozen=True)
class Part:
    """A run of folded words that stand together: as typed, as a phrase in quotes, or to be left out."""

    words: tuple[str, ...]
    phrase: bool = False
    minus: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as read. `text` is how it is shown back; `cut` says that its end was left out."""

    text: str = ""
    parts: tuple[Part, ...] = field(default=())
    cut: bool = False

    @property
    def wanted(self):
        """The parts to be found."""
        return tuple(part for part in self.parts if not part.minus)

    @property
    def unwanted(self):
        """The phrases that no result may have."""
        return tuple(part.words for part in self.parts if part.minus)

    @property
    def is_empty(self):
        """Whether there is nothing to look for: no word, or only such as every page has, or only minus."""
        return not any(says_something(part.words) for part in self.wanted)


def says_something(found):
    """Whether any of some folded words is worth searching for."""
    return any(not is_stop(word) for word in found)


def clean(text):
    """`text` with plain quotes and single spaces, without what cannot be shown: (text, whether its end was cut)."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: LONGEST * 4])
    shown = " ".join(shown.translate(_QUOTES).split())
    return shown[:LONGEST].rstrip(), len(shown) > LONGEST or len(text) > LONGEST * 4


def _parts(text):
    if text.count('"') % 2:
        # A quote without its other half: the words after it are words.
        text = "".join(text.rsplit('"', 1))
    for found in _PART.finditer(text):
        phrase, said = found["phrase"], found["word"] or found["rest"] or found["phrase"] or ""
        yield Part(tuple(words(said)), phrase=phrase is not None, minus=bool(found["minus"]))


def _joined(parts):
    """`parts` with typed words that follow one another as one run; those without words are dropped."""
    joined = []
    for part in parts:
        if not part.words:
            continue
        plain = not part.phrase and not part.minus
        if plain and joined and not joined[-1].phrase and not joined[-1].minus:
            joined[-1] = Part(joined[-1].words + part.words)
        else:
            joined.append(part)
    return joined


def _limited(parts):
    """The first parts, up to the most words that are searched for, and whether anything was left out."""
    kept, room = [], MOST_WORDS
    for part in parts:
        count = 0
        for place, word in enumerate(part.words):
            count += not is_stop(word)
            if count > room:
                if place and not part.phrase and not part.minus:
                    kept.append(Part(part.words[:place]))
                return kept, True
        kept.append(part)
        room -= count
    return kept, False


def parse(text):
    """The Asked in `text`."""
    shown, cut = clean(text)
    parts, more = _limited(_joined(_parts(shown)))
    return Asked(text=shown, parts=tuple(parts), cut=cut or more)


def stems_of(found):
    """The stems of folded words."""
    return tuple(stem(word) for word in found)
