"""Whether two studies are one and the same, entered twice. Pure: plain Python.

What is asked of a study are `doi`, `registration`, `title`, `label` and `year`, as texts (the year a number or None),
so a row of a spreadsheet is compared like one of the database.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass

DOI, REGISTRATION, TITLE = "doi", "registration", "title"
NEAR = 0.85  # of the words in two titles, how many both have: one word in eight may be misspelt or left out
FEWEST_WORDS = 4  # a shorter title, such as "A pilot trial", names many studies
# In which years a study may be dated by two people: online first, and in print.
YEARS_APART = 1

_DOI_BEFORE = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:?\s*", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Told:
    """What tells a study from another."""

    doi: str = ""
    registration: str = ""
    title: str = ""
    label: str = ""
    year: int | None = None


def plain_doi(text):
    """A DOI without what may stand around it: the address of the resolver, `doi:`, capitals, a full stop."""
    return _DOI_BEFORE.sub("", text.strip()).strip().rstrip(".").lower()


def plain_registration(text):
    """A registration number without spaces, hyphens and capitals."""
    return _NOT_A_WORD.sub("", text.lower())


def plain_words(text):
    """The words of a title or label, without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return tuple(_NOT_A_WORD.sub(" ", letters.lower()).split())


def _near(a, b):
    """Whether two lists of words are nearly the same."""
    if a == b:
        return True
    first, second = set(a), set(b)
    return len(first & second) >= NEAR * len(first | second)


def _same_year(a, b):
    return a is not None and b is not None and abs(a - b) <= YEARS_APART


def _same_title(a, b):
    titles = plain_words(a.title), plain_words(b.title)
    if all(titles):
        enough = min(len(words) for words in titles) >= FEWEST_WORDS
        return enough and _near(*titles) and _same_year(a.year, b.year)
    # Without two titles there is the label: an author and a year, which must be the very same.
    labels = plain_words(a.label), plain_words(b.label)
    return len(labels[0]) > 1 and labels[0] == labels[1] and a.year is not None and a.year == b.year


def likeness(a, b):
    """By what `a` and `b` (Told, or anything that has its fields) are the same study: "doi", "registration", "title" or "".

    Two DOIs or two registrations that differ say that they are not, whatever the title.
    """
    for tell, plain in ((DOI, plain_doi), (REGISTRATION, plain_registration)):
        mine, other = plain(getattr(a, tell)), plain(getattr(b, tell))
        if mine and other:
            return tell if mine == other else ""
    return TITLE if _same_title(a, b) else ""


def pairs(studies):
    """[(a, b, by what)] of all among `studies` that are the same study, each pair once, in their order.

    Two titles of which so many words are the same share at least one of their few rarest (prefix filtering: Bayardo,
    Ma and Srikant 2007, Scaling up all pairs similarity search), so a study is compared with a handful of others.
    """
    words = [set(plain_words(study.title)) for study in studies]
    often = Counter(word for one in words for word in one)
    places, found = defaultdict(list), []
    for place, study in enumerate(studies):
        near = set()
        for sign in _signs(study, words[place], often):
            near.update(places[sign])
            places[sign].append(place)
        told = ((other, likeness(studies[other], study)) for other in sorted(near))
        found += [(studies[other], study, tell) for other, tell in told if tell]
    return found


def _signs(study, words, often):
    """What a study has in common with any other that may be the same."""
    rarest = sorted(words, key=lambda word: (often[word], word))
    needed = math.ceil(NEAR * len(words) - 1e-9)
    yield from ((TITLE, word) for word in rarest[: len(words) - needed + 1])
    others = (
        (DOI, plain_doi(study.doi)),
        (REGISTRATION, plain_registration(study.registration)),
        ("label", plain_words(study.label)),
    )
    yield from (sign for sign in others if sign[1])
