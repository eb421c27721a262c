"""Synthesis reports: the list with its filters, and a report."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import lists
from toolkits.public.answers import answer, conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.downloads import list_files
from toolkits.public.filters import ReportFilters
from toolkits.public.index import NONE, snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.listing import Row
from toolkits.public.plans import reports_plan

SHOWN = (
    "total",
    "count",
    "facets",
    "chips",
    "clear_url",
    "sorts",
    "sort_note",
    "pagination",
    "problems",
    "action",
    "hidden",
)


def selection_of(query, index):
    """What the index is asked: the chosen values, and the years between the two given ones."""
    first, last = query.fields["year_from"], query.fields["year_to"]
    if first is None and last is None:
        return query.chosen
    years = [
        year
        for year in index.bits["year"]
        if year != NONE and (first is None or first <= int(year)) and (last is None or int(year) <= last)
    ]
    # No list of years would mean any year, so where none is between the two a year that no report has stands for it.
    return {**query.chosen, "year": years or [""]}


def _years(query, index):
    known = sorted(int(year) for year in index.bits["year"] if year != NONE)
    return {
        "first": known[0] if known else None,
        "last": known[-1] if known else None,
        "from": query.fields["year_from"],
        "to": query.fields["year_to"],
    }


@public
def reports(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        snapshot = snapshot_at(number)
        plan, query = lists.read(request, reports_plan(snapshot), ReportFilters, snapshot.lexicon)
        selection = selection_of(query, plan.index)
        if query.format in list_files.FORMS and not query.problems:
            about = {"title": _("Reports"), "stem": "reports", "publication": number}
            return lists.as_file(request, plan, query, list_files.REPORTS, **about, selection=selection)
        if query.format == "atom" and not query.problems:
            return lists.as_feed(request, plan, query, title=_("Reports"), selection=selection)
        listing = lists.with_pages(
            plan, query, rows=lambda pages: [Row(page=page) for page in pages], selection=selection
        )
        context = {name: getattr(listing, name) for name in SHOWN} | {
            "listing": listing,
            "reports": [row.page for row in listing.rows],
            "years": _years(query, plan.index),
            "linked_data": blocks.of_list(
                request,
                plan.path,
                name=_("Reports"),
                description=_("Reviews and syntheses by the centres: what they looked at, and what they found."),
            ),
        }
        return render(request, "public/reports.html", context, status=listing.status)

    return conditional(request, [number, today], respond)


@page_of("report")
def report(request, page):
    today = freshness.today()

    def context():
        return {
            "page": page,
            "document": page.document,
            "linked_data": blocks.of_page(request, page),
            **banners(page, snapshot_at(page.publication), today),
        }

    return answer(request, "public/report.html", context, parts=[page.publication, today])
