"""Toolkits: all of them, one with its list, and every intervention in one list."""

from django.shortcuts import render

from toolkits import published
from toolkits.public import lists
from toolkits.public.answers import answer, conditional, page_of, public
from toolkits.public.chart_view import chart_view
from toolkits.public.downloads import list_csv
from toolkits.public.filters import NetworkFilters, ToolkitFilters
from toolkits.public.former import former
from toolkits.public.index import snapshot_at
from toolkits.public.plans import facet_titles, network_plan, toolkit_plan
from toolkits.public.rows import build_rows


@public
def toolkits(request):
    number = published.publication_number()

    def context():
        snapshot = snapshot_at(number)
        pages = published.pages_of_kind("centre", "toolkit")
        closed = {page.centre for page in pages if page.kind == "centre" and page.document.closed}
        entries = [{"page": page, "count": snapshot.count(page.toolkit)} for page in pages if page.kind == "toolkit"]
        return {
            "current": [entry for entry in entries if entry["page"].centre not in closed],
            "former": [entry for entry in entries if entry["page"].centre in closed],
        }

    return answer(request, "public/toolkits.html", context, parts=[number])


def _interventions(request, template, plan, filters, lexicon, *, stem, context=dict):
    """A list of interventions as a page or as CSV; `context()` is what else its page needs."""
    plan, query = lists.read(request, plan, filters, lexicon)
    if query.format == "csv" and not query.problems:
        columns, cells = list_csv.INTERVENTION_COLUMNS, list_csv.intervention_cells
        return lists.as_csv(request, plan, query, stem=stem, columns=columns, cells=cells)

    def rows(pages):
        return build_rows(pages, query.chosen, plan.scope, facet_titles())

    if query.view in lists.GROUPED:
        listing, groups = lists.in_groups(plan, query, rows=rows)
        return render(request, template, {**context(), "listing": listing, "groups": groups}, status=listing.status)
    listing = lists.with_pages(plan, query, rows=rows)
    shown = {**context(), "listing": listing}
    if listing.view == "chart":
        shown["chart"] = chart_view(listing.rows, shown["document"].methods)
    return render(request, template, shown, status=listing.status)


@page_of("toolkit")
def toolkit(request, page):
    def context():
        around = published.around_owner(page.document.centre.record)
        owner = around.get(page.document.centre.record)
        return {"page": page, "document": page.document, "former": former(owner, around)}

    def respond():
        snapshot = snapshot_at(page.publication)
        plan = toolkit_plan(snapshot, page)
        return _interventions(
            request, "public/toolkit.html", plan, ToolkitFilters, snapshot.lexicon, stem=page.toolkit, context=context
        )

    return conditional(request, [page.publication], respond)


@public
def interventions(request):
    number = published.publication_number()

    def respond():
        snapshot = snapshot_at(number)
        plan = network_plan(snapshot)
        return _interventions(
            request, "public/interventions.html", plan, NetworkFilters, snapshot.lexicon, stem="interventions"
        )

    return conditional(request, [number], respond)
