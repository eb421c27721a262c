"""What a list says about its search: how it was understood, what else it might have meant, and, where it
gives nothing, what would."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from toolkits import matches, published
from toolkits.public.search import finding

NEAREST = 5
MOST_SAID = 12


def address(name, text):
    """The address of the page called `name` when it looks for `text`."""
    return f"{reverse(name)}?{urlencode({'q': text})}"


@dataclass(frozen=True)
class Drop:
    """What to leave out, the address without it, and how many results that gives."""

    title: str
    labels: str
    url: str
    count: int
    language: str = ""


@dataclass(frozen=True)
class Help:
    """What an empty list teaches.

    `drops` by how many each gives; `words` the same for leaving out the words (None where there are none);
    `everywhere` what all toolkits have; `elsewhere_url` leads to pages of other kinds that have all words; `nearest` live pages; `assessed` payloads.Assessed;
    `withdrawn` (title, path, reason) of pages that were taken out of the lists.
    """

    drops: list[Drop]
    words: Drop | None = None
    everywhere: Drop | None = None
    elsewhere_url: str = ""
    nearest: list = ()
    assessed: list = ()
    withdrawn: list = ()


@dataclass(frozen=True)
class Notes:
    """How the words of a list were taken. `found` is the Finding; the addresses are of the same list."""

    found: Any
    text: str
    without_url: str = ""
    suggestion_url: str = ""
    help: Help | None = None

    @property
    def also(self):
        """What else was looked for, because an editor said that it means the same."""
        others = [" ".join(other) for unit in self.found.units for other in unit.others]
        return list(dict.fromkeys(others))[:MOST_SAID]

    @property
    def optional(self):
        """The words that a result need not have."""
        return [unit.said for unit in self.found.units if unit.optional] if self.found.way != "some" else []


def build(plan, query):
    """The Notes on the words of a list, before it is known what it gives."""
    found = plan.found
    return Notes(
        found=found,
        text=found.asked.text,
        without_url=query.without_words(),
        suggestion_url=query.address(q=found.suggestion.text) if found.suggestion else "",
    )


def _drops(plan, query, selection):
    """What leaving out each of the chosen facets, or the years, would give; the most first."""
    for facet in plan.facets:
        chosen = query.chosen.get(facet.name)
        if chosen:
            rest = {name: values for name, values in selection.items() if name != facet.name}
            yield Drop(
                title=facet.title,
                labels=", ".join(facet.choices[value] for value in chosen),
                url=query.address(chosen={**query.chosen, facet.name: []}),
                count=plan.index.select(rest).bit_count(),
                language=facet.languages.get(chosen[0], ""),
            )
    years = [str(value) for value in query.fields.values() if value is not None]
    if years:
        rest = {name: values for name, values in selection.items() if name != "year"}
        title = " – ".join(plan.fields[name] for name, value in query.fields.items() if value is not None)
        yield Drop(title, " – ".join(years), query.address(fields={}), plan.index.select(rest).bit_count())


def _nearest(found):
    """Live pages that come nearest to a question: those that were found, else by how their titles look."""
    if found.way == "nothing":
        return []
    records = finding.ranked(found, found.records)[:NEAREST]
    if not records:
        records = matches.alike(found.asked.text, [found.kind], most=NEAREST)
    pages = published.live_pages(records)
    return [pages[record] for record in records if record in pages]


def help_without_list(found, lexicon):
    """The Help where no page of any kind was found."""
    return Help(
        drops=[],
        nearest=_nearest(found),
        assessed=lexicon.assessed_like(found.units),
        withdrawn=matches.withdrawn(found.units, found.asked.unwanted),
    )


def help_with(plan, query, selection):
    """The Help for a list that gives nothing."""
    found = plan.found
    drops = sorted(_drops(plan, query, selection), key=lambda drop: -drop.count)
    drops = [drop for drop in drops if drop.count]
    if found.way == "nothing":
        return Help(drops=drops)
    everything = plan.index.without_limit().select(selection).bit_count()
    words = Drop(title="", labels=found.asked.text, url=query.without_words(), count=everything)
    everywhere = Drop("", found.asked.text, address("public:interventions", found.asked.text), len(found.records))
    return replace(
        help_without_list(found, plan.lexicon),
        drops=drops,
        words=words if everything else None,
        everywhere=everywhere if everywhere.count and plan.scope == "toolkit" else None,
        elsewhere_url=address("public:search", found.asked.text) if found.elsewhere else "",
    )
