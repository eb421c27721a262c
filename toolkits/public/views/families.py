"""Families: the same idea as several centres rate it, side by side and never averaged."""

from toolkits import freshness, published
from toolkits.public.answers import answer, page_of, public
from toolkits.public.banners import banners
from toolkits.public.differences import reasons
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.older import marked_page
from toolkits.public.views.intervention import Other


@public
def families(request):
    number = published.publication_number()

    def context():
        live = set(snapshot_at(number).network.records)
        found = published.pages_of_kind("family")
        members = {page.record: [member for member in page.document.members if member.record in live] for page in found}
        return {"families": [{"page": page, "count": len(members[page.record])} for page in found]}

    return answer(request, "public/families.html", context, parts=[number])


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
    return answer(
        request,
        "public/family.html",
        lambda: {**family_context(page), "linked_data": blocks.of_page(request, page)},
        parts=[page.publication, freshness.today()],
    )
