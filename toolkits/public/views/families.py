"""Families: the same idea as several centres rate it, side by side and never averaged."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import shortlists, whole_lists
from toolkits.public.answers import conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.differences import reasons
from toolkits.public.downloads import network_lists
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.older import marked_page
from toolkits.public.views.intervention import Other, pickable


@public
def families(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        live = set(snapshot_at(number).network.records)
        found = published.pages_of_kind("family")
        members = {page.record: [member for member in page.document.members if member.record in live] for page in found}
        rows = [{"page": page, "count": len(members[page.record])} for page in found]
        whole = whole_lists.WholeList(
            kind=network_lists.FAMILIES,
            path=request.path,
            title=_("The same idea in several toolkits"),
            stem="families",
            order=_("by name"),
            rows=lambda: rows,
        )
        context = {"families": rows, "downloads": whole.downloads}
        return whole_lists.answer(request, whole, number, lambda: render(request, "public/families.html", context))

    return conditional(request, [number, today], respond)


def family_context(page):
    """What the page of a family shows of its live members, in one query more; the editorial preview shows the same."""
    snapshot = snapshot_at(page.publication)
    pages = published.live_pages(member.record for member in page.document.members)
    others = [
        Other(page=marked_page(pages[member.record], snapshot.successors), relation=member.relation)
        for member in page.document.members
        if member.record in pages
    ]
    return {
        "page": page,
        "document": page.document,
        "others": others,
        "reasons": reasons(page.document, pages),
        **banners(page, snapshot, freshness.today()),
    }


@page_of("family")
def family(request, page):
    def respond():
        context = family_context(page)
        whole = whole_lists.WholeList(
            kind=network_lists.MEMBERS,
            path=page.path,
            title=_("%(idea)s in several toolkits") % {"idea": page.title},
            stem=page.document.slug,
            order=_("as the family has them"),
            rows=lambda: context["others"],
        )

        def show():
            picker = shortlists.picker(request)
            more = {
                "others": pickable(context["others"], picker),
                "shortlist": picker.bar,
                "linked_data": blocks.of_page(request, page),
                "downloads": whole.downloads,
            }
            return render(request, "public/family.html", context | more)

        return whole_lists.answer(request, whole, page.publication, show)

    return conditional(request, [page.publication, freshness.today()], respond)
