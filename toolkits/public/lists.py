"""Answering a list: as a page, whole as a file, or as a feed of what happened to what is in it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import feeds, grouping, shortlists
from toolkits.public import listing as listings
from toolkits.public import query as queries
from toolkits.public.downloads import list_csv, list_files
from toolkits.public.downloads.list_about import About
from toolkits.public.plans import facet_titles, relevance_order
from toolkits.public.search import finding, marking, notes

CHUNK = 500

GROUPED = {
    "by-outcome": grouping.by_outcome,
    "by-family": lambda plan, query: grouping.by_family(plan, query, published.pages_of_kind("family")),
}


def read(request, plan, filters, lexicon):
    """(Plan, checked Query) of a request for the list of `plan`, by the ListFilters class `filters`.

    Where words are looked for, the plan's index is narrowed to what was found, so that every count and
    every view holds to it, and `plan.found` says how it was found.
    """
    found = finding.find(request.GET.get("q", ""), kind=plan.kind, size=len(plan.index.records), lexicon=lexicon)
    if found.way != "nothing":
        orders = {queries.RELEVANCE: relevance_order(), **plan.orders}
        plan = replace(plan, index=plan.index.narrowed(found.records), orders=orders)
    plan = replace(plan, found=found, lexicon=lexicon)
    choices = {facet.name: facet.choices for facet in plan.facets}
    query = queries.read(
        request.GET,
        path=plan.path,
        filters=filters(request.GET, choices=choices),
        titles=facet_titles(),
        orders=plan.orders,
        default_order=plan.default_order,
        views=tuple(plan.views),
        q=found.asked.text if found.way != "nothing" else "",
    )
    return _by_relevance(plan, query), query


def _by_relevance(plan, query):
    """`plan` with the chosen rows in the order of relevance, where the query asks for that."""
    if query.order != queries.RELEVANCE:
        return plan
    chosen = list(plan.index.members(plan.index.select(query.chosen)))
    return replace(plan, index=plan.index.also_ordered(queries.RELEVANCE, finding.ranked(plan.found, chosen)))


def in_order(records):
    """The live pages of `records`, in their order; one that went in this moment is passed over."""
    pages = published.live_pages(records)
    return [pages[record] for record in records if record in pages]


def _all_in_order(records):
    for start in range(0, len(records), CHUNK):
        yield from in_order(records[start : start + CHUNK])


def with_pages(plan, query, *, rows, selection=None):
    """The Listing of a query; `rows(pages)` makes rows of the pages it shows."""
    listing, shown = listings.build(plan, query, selection=selection)
    listing = _with_notes(listing, plan, query, selection)
    return replace(listing, rows=_pickable(query, _marked(plan, rows(in_order(shown)))))


def _with_notes(listing, plan, query, selection=None):
    """`listing` with what there is to say about its words, and with help where it gives nothing."""
    said = notes.build(plan, query)
    if not listing.count:
        said = replace(said, help=notes.help_with(plan, query, query.chosen if selection is None else selection))
    return replace(listing, search=said)


def _marked(plan, rows):
    """`rows` with the words that were looked for marked."""
    if not plan.found.units:
        return rows
    marker = marking.Marker(plan.found.units)
    return [replace(row, marked=marking.marked(row.page, marker)) for row in rows]


def _pickable(query, rows):
    def address(records):
        return query.address(number=query.number, shortlist=records)

    return shortlists.pickable(rows, query.shortlist, address)


def in_groups(plan, query, *, rows):
    """(Listing without rows, its groups with theirs) of a query whose view is one of GROUPED."""
    listing, _shown = listings.build(plan, query)
    groups = list(GROUPED[query.view](plan, query))
    pages = published.live_pages({record for group in groups for record in group.records})
    made = {row.page.record: row for row in _pickable(query, _marked(plan, rows(list(pages.values()))))}
    return _with_notes(listing, plan, query), [
        replace(group, rows=[made[record] for record in group.records if record in made]) for group in groups
    ]


def words_of(plan, query):
    """What is chosen of a list, in words: the words looked for, then every chosen value."""
    chosen = [f"{chip.facet_title}: {chip.label}" for chip in listings.build_chips(plan, query)]
    return [_("“%(words)s”") % {"words": query.q}, *chosen] if query.q else chosen


def address_of(query):
    """The one spelling of what a list is narrowed to, however it is sorted or shown."""
    return replace(query, view="list", order=query.default_order, shortlist=()).address()


def records_of(plan, query, selection=None):
    """The numbers of all chosen records, in no order."""
    return list(plan.index.members(plan.index.select(query.chosen if selection is None else selection)))


def as_feed(request, plan, query, *, title, selection=None):
    """What happened to all that is chosen, as Atom."""
    chosen = "; ".join(words_of(plan, query))
    return feeds.list_feed(
        request,
        words=f"{title}: {chosen}" if chosen else title,
        address=address_of(query),
        records=records_of(plan, query, selection),
    )


def as_file(request, plan, query, kind, *, title, stem, publication, shown=None, selection=None):
    """All chosen rows, not only a page of them, as the file that the query asks for; `kind` is a list_files.Kind.

    `shown(page)` makes of each page what is shown of it, where that is not the page itself.
    """
    selection = query.chosen if selection is None else selection
    records = list(plan.index.ordered(plan.index.select(selection), query.order))
    about = About(
        title=title,
        chosen=words_of(plan, query),
        order=str(plan.orders[query.order][0]),
        day=freshness.today(),
        count=len(records),
        address=request.build_absolute_uri(query.address()),
        publication=publication,
    )
    pages = _all_in_order(records)
    name = list_csv.file_name(stem, query.pairs()).removesuffix(".csv")
    return list_files.answer(request, query.format, kind, about, map(shown, pages) if shown else pages, name)
