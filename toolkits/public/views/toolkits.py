"""Toolkits: all of them, one with its list, and every intervention in one list."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import lists, whole_lists
from toolkits.public.answers import conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.chart_view import chart_view
from toolkits.public.downloads import list_files, network_lists
from toolkits.public.filters import NetworkFilters, ToolkitFilters
from toolkits.public.former import former
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.older import marked_page, with_successors
from toolkits.public.plans import facet_titles, network_plan, toolkit_plan
from toolkits.public.rows import build_rows


@public
def toolkits(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        snapshot = snapshot_at(number)
        ended = {page.centre for page in snapshot.centres.values() if former(page.record, snapshot.centres, today)}
        entries = [
            {"page": page, "count": snapshot.count(page.toolkit), "kept_up": page.centre not in ended}
            for page in published.pages_of_kind("toolkit")
        ]
        current, later = ([entry for entry in entries if entry["kept_up"] == kept_up] for kept_up in (True, False))
        whole = whole_lists.WholeList(
            kind=network_lists.TOOLKITS,
            path=request.path,
            title=_("Toolkits"),
            stem="toolkits",
            order=_("those kept up today first, then by name"),
            rows=lambda: [*current, *later],
        )
        context = {"current": current, "former": later, "downloads": whole.downloads}
        return whole_lists.answer(request, whole, number, lambda: render(request, "public/toolkits.html", context))

    return conditional(request, [number, today], respond)


def _interventions(request, template, plan, filters, snapshot, *, title, stem, today, publication, context=dict):
    """A list of interventions as a page, as a file or as a feed; `context()` is what else its page needs."""
    plan, query = lists.read(request, plan, filters, snapshot.lexicon)

    if query.format == "atom" and not query.problems:
        return lists.as_feed(request, plan, query, title=title)

    def shown(page):
        return marked_page(page, snapshot.successors)

    if query.format in list_files.FORMS and not query.problems:
        about = {"title": title, "stem": stem, "publication": publication}
        return lists.as_file(request, plan, query, list_files.INTERVENTIONS, **about, shown=shown)

    def rows(pages):
        return build_rows([shown(page) for page in pages], query.chosen, plan.scope, facet_titles(), today)

    if query.view in lists.GROUPED:
        listing, groups = lists.in_groups(plan, query, rows=rows)
        return render(request, template, {**context(), "listing": listing, "groups": groups}, status=listing.status)
    listing = lists.with_pages(plan, query, rows=rows)
    found = {**context(), "listing": listing}
    if listing.view == "chart":
        methods = with_successors(found["document"].methods, snapshot.successors)
        found["chart"] = chart_view(listing.rows, methods)
    return render(request, template, found, status=listing.status)


@page_of("toolkit")
def toolkit(request, page):
    today = freshness.today()

    def respond():
        snapshot = snapshot_at(page.publication)

        def context():
            block = blocks.of_page(request, page)
            return {"page": page, "document": page.document, "linked_data": block, **banners(page, snapshot, today)}

        return _interventions(
            request,
            "public/toolkit.html",
            toolkit_plan(snapshot, page),
            ToolkitFilters,
            snapshot,
            title=page.title,
            stem=page.toolkit,
            today=today,
            publication=page.publication,
            context=context,
        )

    return conditional(request, [page.publication, today], respond)


@public
def interventions(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        snapshot = snapshot_at(number)

        def context():
            words = _("Interventions of every toolkit in one list, each with the ratings of its own centre.")
            name = _("Find what works")
            return {"linked_data": blocks.of_list(request, request.path, name=name, description=words)}

        return _interventions(
            request,
            "public/interventions.html",
            network_plan(snapshot),
            NetworkFilters,
            snapshot,
            title=_("Find what works"),
            stem="interventions",
            today=today,
            publication=number,
            context=context,
        )

    return conditional(request, [number, today], respond)
