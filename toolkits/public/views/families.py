"""Families: the same idea as several centres rate it, side by side and never averaged."""

from toolkits import freshness, published
from toolkits.public.answers import answer, page_of, public
from toolkits.public.banners import banners
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


@page_of("family")
def family(request, page):
    today = freshness.today()

    def context():
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
            "linked_data": blocks.of_page(request, page),
            **banners(page, snapshot, today),
        }

    return answer(request, "public/family.html", context, parts=[page.publication, today])
