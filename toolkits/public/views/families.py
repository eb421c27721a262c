"""Families: the same idea as several centres rate it, side by side and never averaged."""

from toolkits import published
from toolkits.public.answers import answer, page_of, public
from toolkits.public.index import snapshot_at
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
    def context():
        pages = published.live_pages(member.record for member in page.document.members)
        others = [
            Other(page=pages[member.record], relation=member.relation)
            for member in page.document.members
            if member.record in pages
        ]
        return {"page": page, "document": page.document, "others": others}

    return answer(request, "public/family.html", context, parts=[page.publication])
