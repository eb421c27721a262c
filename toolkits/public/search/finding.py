"""From a question to what is found: all the words, then corrected words, then most of the words."""

from dataclasses import dataclass, field, replace

from toolkits import matches
from toolkits.public.search import correcting, ranking
from toolkits.public.search.parsing import Asked, parse
from toolkits.public.search.synonyms import expand

# Reading a page's words to rank it costs some 20 µs, so of a long list only its likeliest part is ranked: those
# with the words in the title. The rest follow by name.
MOST_RANKED = 120
FEW = 3
# A word that some page has is doubted only where another spelling gives this many times more.
MUCH_MORE = 5


@dataclass(frozen=True)
class Suggestion:
    """A question spelt with the network's own words, and how many results it has."""

    text: str
    count: int


@dataclass(frozen=True)
class Finding:
    """What a question found among pages of one kind, and in what way.

    `way`: `nothing` asked; `all` words; `corrected` (`shown_for` is what was looked for instead);
    `some` of the words. `records` are not in order: `ranked` puts the part that is shown in order.
    `elsewhere` are by kind the records of other kinds that have all words. `unknown` are words that no page of the kind has.
    """

    asked: Asked
    kind: str
    way: str = "nothing"
    units: tuple = ()
    records: tuple = ()
    elsewhere: dict = field(default_factory=dict)
    unknown: tuple = ()
    suggestion: Suggestion | None = None
    shown_for: str = ""
    weights: tuple = ()

    @property
    def is_on(self):
        """Whether anything was asked for at all."""
        return bool(self.asked.text)

    @property
    def said(self):
        """What the results are for: the question, or what it was corrected to."""
        return self.shown_for or self.asked.text


def find(text, *, kind, size, lexicon):
    """The Finding of a question among the `size` live pages of a kind, with the Lexicon of this publication.

    One query where at least FEW pages have all the words, at most four otherwise.
    """
    asked = parse(text)
    if asked.is_empty:
        return Finding(asked=asked, kind=kind)
    units = expand(asked, lexicon.synonyms)
    every = _with_every(units, asked)
    records = tuple(every.pop(kind, ()))
    found = Finding(asked=asked, kind=kind, way="all", units=units, records=records, elsewhere=every)
    if len(records) >= FEW:
        return found
    each = matches.with_each(units, asked.unwanted, kind=kind)
    if not every:
        # Words that pages of another kind have are right.
        found = _corrected(found, each, lexicon)
    return found if found.records else _with_some(found, each, size)


def _with_every(units, asked):
    return matches.with_every([unit for unit in units if not unit.optional], asked.unwanted)


def _corrected(found, each, lexicon):
    """`found` with what a better spelling gives: a suggestion, and its results where there were none.

    Only words that no page has, or hardly any, are taken to be misspelt.
    """
    rare = [
        word
        for unit, having in zip(found.units, each, strict=True)
        if len(having) < FEW and not unit.phrase
        for word in unit.words
    ]
    better = correcting.better_words(rare, lexicon, strict=bool(found.records))
    if not better:
        return found
    asked = parse(correcting.spelt_with(found.asked.text, better))
    units = expand(asked, lexicon.synonyms)
    every = _with_every(units, asked)
    records = tuple(every.pop(found.kind, ()))
    suggestion = Suggestion(text=asked.text, count=len(records))
    if found.records:
        return replace(found, suggestion=suggestion) if len(records) > MUCH_MORE * len(found.records) else found
    if not records:
        return found
    return replace(
        found,
        way="corrected",
        units=units,
        records=records,
        elsewhere=every,
        suggestion=suggestion,
        shown_for=asked.text,
    )


def _with_some(found, each, size):
    """`found` with the pages that have most of what was asked for, by how rare each word is."""
    return replace(
        found,
        way="some",
        records=tuple(ranking.by_coverage(each, size)),
        unknown=tuple(unit.said for unit, having in zip(found.units, each, strict=True) if not having),
        weights=tuple(ranking.weight(len(having), size) for having in each),
    )


def ranked(found, among):
    """The record numbers `among` (of `found.records`, in the order of the list) in the order of relevance."""
    among = list(among)
    if len(among) < 2 or not found.units:
        return among
    order = ranking.in_order(matches.ranks(likeliest(found, among), found.units), found.units, list(found.weights))
    seen = set(order)
    return [*order, *(record for record in among if record not in seen)]


def likeliest(found, among):
    """At most MOST_RANKED of the record numbers `among`, those to be ranked."""
    if len(among) <= MOST_RANKED:
        return among
    if found.way == "some":
        # They came with the most of what was asked for first.
        inside = set(among)
        likely = [record for record in found.records if record in inside]
    else:
        words = [word for unit in found.units for word in unit.words]
        likely = matches.titled(words, among, most=MOST_RANKED)
    seen = set(likely)
    return [*likely, *(record for record in among if record not in seen)][:MOST_RANKED]
