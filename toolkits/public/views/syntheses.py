"""Syntheses of studies: the list, and one with its studies and its charts."""

from toolkits import freshness, published
from toolkits.public.answers import answer, page_of, public
from toolkits.public.banners import banners
from toolkits.public.index import snapshot_at


@public
def syntheses(request):
    number = published.publication_number()
    return answer(
        request,
        "public/syntheses.html",
        lambda: {"pages": published.pages_of_kind("synthesis")},
        parts=[number],
    )


@page_of("synthesis")
def synthesis(request, page):
    today = freshness.today()

    def context():
        return {"page": page, "document": page.document, **banners(page, snapshot_at(page.publication), today)}

    return answer(request, "public/synthesis.html", context, parts=[page.publication, today])
