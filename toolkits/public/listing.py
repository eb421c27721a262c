"""A list as its template shows it: facets with counts, chips, sorts, rows, pages."""

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from toolkits.languages import stored
from toolkits.public import facets as facet_sets
from toolkits.public import fragments, shortlists
from toolkits.public.index import NONE

FACETS_OPEN = 3
PAGES_AROUND = 1
DOWNLOADS = ("csv", "xlsx", "json", "pdf")


@dataclass(frozen=True)
class FacetPlan:
    """A facet of a list: `choices` are all values it may have, {value: label}, in their order.

    `languages` are those of labels that are not ours, {value: language}.
    `whole` shows every choice, also one that no row of the list has: a scale is shown with all its levels.
    """

    name: str
    title: str
    choices: dict[str, str]
    languages: dict[str, str] = field(default_factory=dict)
    note: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Plan:
    """What a list offers: its facets, {name: (label, what it means in words)} of its orders, and
    {name: title} of the fields that take one value. `found` is the search.finding.Finding where words are
    looked for, among pages of `kind`, and `lexicon` the words of this publication."""

    scope: str
    path: str
    index: facet_sets.FacetIndex
    facets: list[FacetPlan]
    orders: dict[str, tuple[str, str]]
    default_order: str
    views: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    kind: str = "intervention"
    found: Any = None
    lexicon: Any = None


@dataclass(frozen=True)
class Option:
    """A value of a facet. `disabled` where it would give nothing and is not chosen; `language` of a label not ours."""

    value: str
    label: str
    count: int
    chosen: bool
    disabled: bool
    id: str
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """A facet with its options and how many of them are chosen."""

    name: str
    title: str
    note: str
    options: list[Option]
    chosen: int
    open: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address of the list without it."""

    facet_title: str
    label: str
    remove_url: str
    language: str = ""


@dataclass(frozen=True)
class Choice:
    """A way to sort or to look, with its address."""

    value: str
    label: str
    chosen: bool
    url: str


@dataclass(frozen=True)
class PageItem:
    """A numbered page; `gap` where pages are left out instead."""

    number: int
    url: str
    current: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Pagination:
    """Where in the list this page is."""

    number: int
    pages: int
    previous_url: str
    next_url: str
    items: list[PageItem]


@dataclass(frozen=True)
class Row:
    """A row: a page, what it is rated on the main axes, and which of several ratings matched.

    `scope` is that of its list; `out_of_date` is its freshness.OutOfDate where it has one; `marked` is the search.marking.Marked of what was looked for, where anything was;
    `pick` the shortlists.Pick of an intervention, and `path` its address, which takes the shortlist along.
    """

    page: Any
    axes: list = field(default_factory=list)
    matched: list[str] = field(default_factory=list)
    scope: str = "network"
    out_of_date: Any = None
    marked: Any = None
    pick: Any = None
    url: str = ""

    @property
    def path(self):
        """The address of its page, with what the reader has picked."""
        return self.url or self.page.path

    @property
    def document(self):
        """The row's typed payload."""
        return self.page.document

    @property
    def ratings(self):
        """Its ratings as safe HTML."""
        return fragments.ratings(self)

    @property
    def title(self):
        """Its title, with the words that were looked for marked."""
        return self.marked.title if self.marked else self.page.title

    @property
    def summary(self):
        """Its summary, with the words that were looked for marked."""
        return self.marked.summary if self.marked else self.page.summary


@dataclass(frozen=True)
class Listing:
    """Everything a list's template needs; `count` of `total` are chosen. `downloads` are (format, address). `search` is the search.notes.Notes.

    `shortlist` is its shortlists.Bar where the reader has picked anything; the page is then the same as `canonical`.
    `status` to answer with: 400 where a value was wrong, 404 beyond the last page, else 200.
    """

    scope: str
    total: int
    count: int
    rows: list[Row]
    facets: list[Facet]
    chips: list[Chip]
    clear_url: str
    sorts: list[Choice]
    views: list[Choice]
    view: str
    sort_note: str
    pagination: Pagination | None
    downloads: list[tuple[str, str]]
    problems: list[str]
    action: str
    hidden: list[tuple[str, str]]
    query: str
    status: int
    search: Any = None
    feed_url: str = ""
    follow_url: str = ""
    shortlist: Any = None
    canonical: str = ""


def _options(plan, facet, counts, chosen):
    exists = plan.index.bits[facet.name]
    for place, (value, label) in enumerate(facet.choices.items(), start=1):
        is_chosen = value in chosen
        if not (value in exists or is_chosen or (facet.whole and value != NONE)):
            continue
        count = counts.get(value, 0)
        yield Option(
            value=value,
            label=label,
            count=count,
            chosen=is_chosen,
            disabled=count == 0 and not is_chosen,
            id=f"{facet.name}-{place}",
            language=facet.languages.get(value, ""),
        )


def build_facets(plan, query, selection):
    """The facets that can tell rows apart, or have something chosen, with the count each option would give."""
    counts = plan.index.counts(selection)
    found = []
    for facet in plan.facets:
        chosen = query.chosen.get(facet.name, [])
        if len(plan.index.bits[facet.name]) < 2 and not chosen:
            continue
        options = list(_options(plan, facet, counts[facet.name], chosen))
        found.append(
            Facet(
                name=facet.name,
                title=facet.title,
                note=facet.note,
                options=options,
                chosen=len(chosen),
                open=bool(chosen) or len(found) < FACETS_OPEN,
            )
        )
    return found


def build_chips(plan, query):
    """A chip for each chosen value, in the order of the facets."""
    chosen = [
        Chip(
            facet_title=facet.title,
            label=facet.choices[value],
            remove_url=query.without(facet.name, value),
            language=facet.languages.get(value, ""),
        )
        for facet in plan.facets
        for value in query.chosen.get(facet.name, [])
    ]
    fields = [
        Chip(
            facet_title=title,
            label=str(query.fields[name]),
            remove_url=query.address(fields={**query.fields, name: None}),
        )
        for name, title in plan.fields.items()
        if query.fields.get(name) is not None
    ]
    return chosen + fields


def build_pagination(query, pages):
    """The Pagination of `pages` pages; None where there is only one."""
    if pages <= 1:
        return None
    items, last = [], 0
    for number in sorted({1, pages, *range(query.number - PAGES_AROUND, query.number + PAGES_AROUND + 1)}):
        if not 1 <= number <= pages:
            continue
        if number > last + 1:
            items.append(PageItem(number=last + 1, url="", gap=True))
        items.append(PageItem(number=number, url=query.address(number=number), current=number == query.number))
        last = number
    return Pagination(
        number=query.number,
        pages=pages,
        previous_url=query.address(number=query.number - 1) if query.number > 1 else "",
        next_url=query.address(number=query.number + 1) if query.number < pages else "",
        items=items,
    )


def beyond(query, pages):
    """The sentence for a page number after the last of `pages`."""
    return ngettext(
        "There is no page %(number)s: this list has %(pages)s page, and this is it.",
        "There is no page %(number)s: this list has %(pages)s pages, and this is the last one.",
        pages,
    ) % {"number": query.number, "pages": pages}


def build(plan, query, *, selection=None):
    """(Listing without rows, record numbers of the rows on its page).

    `selection` is what the index is asked where it is not simply what the reader chose. Beyond the
    end it is the last page, and says so.
    """
    selection = query.chosen if selection is None else selection
    chosen = plan.index.select(selection)
    count = chosen.bit_count()
    pages = max(1, -(-count // query.page_size))
    is_beyond = query.number > pages
    problems = [*query.problems, *([beyond(query, pages)] if is_beyond else [])]
    query = replace(query, number=min(query.number, pages))
    start = (query.number - 1) * query.page_size
    listing = Listing(
        scope=plan.scope,
        total=len(plan.index.records),
        count=count,
        rows=[],
        facets=build_facets(plan, query, selection),
        chips=build_chips(plan, query),
        clear_url=query.address(chosen={}, fields={}),
        sorts=[
            Choice(value=name, label=label, chosen=name == query.order, url=query.address(order=name))
            for name, (label, _note) in plan.orders.items()
        ],
        views=[
            Choice(value=name, label=label, chosen=name == query.view, url=query.address(view=name))
            for name, label in plan.views.items()
        ],
        view=query.view,
        sort_note=plan.orders[query.order][1],
        pagination=build_pagination(query, pages),
        downloads=[(form.upper(), query.address(format=form)) for form in DOWNLOADS],
        feed_url=query.address(format="atom", view="list", order=query.default_order),
        follow_url=f"{reverse('public:follow')}?{urlencode({'search': stored(query.address(view='list', shortlist=()))})}",
        problems=problems,
        action=plan.path,
        hidden=query.settings + shortlists.pairs(query.shortlist),
        query=query.address(shortlist=()).partition("?")[2],
        shortlist=shortlists.bar(
            query.shortlist, lambda records: query.address(number=query.number, shortlist=records)
        ),
        canonical=query.address(number=query.number, shortlist=()) if query.shortlist else "",
        status=400 if query.problems else 404 if is_beyond else 200,
    )
    # No further than this page: a list of 100,000 is not gone through for its first twenty.
    shown = islice(plan.index.ordered(chosen, query.order), start, start + query.page_size)
    return listing, list(shown)
