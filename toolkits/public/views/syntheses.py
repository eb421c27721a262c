"""Syntheses of studies: the list, and one with its studies and its charts."""

from toolkits import freshness, published
from toolkits.public.answers import answer, page_of, public
from toolkits.public.banners import banners
from toolkits.public.forest_plot import forest_plot
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.synthesis_words import outcome_row, words_of


def shown(pages, ratings=()):
    """The rows of a list of pages of syntheses, `own` and `illustrative`, each with those of `ratings` that rest on it."""
    rows = [
        {
            "page": page,
            "document": page.document,
            "row": outcome_row(page.document),
            "ratings": [rating for rating in ratings if rating.basis and rating.basis.synthesis.record == page.record],
        }
        for page in pages
    ]
    return {
        "own": [row for row in rows if not row["document"].illustrative],
        "illustrative": [row for row in rows if row["document"].illustrative],
    }


def synthesis_context(document):
    """What the document of a synthesis is shown with, wherever that is."""
    return {"words": words_of(document), "forest": forest_plot(document)}


@public
def syntheses(request):
    number = published.publication_number()
    return answer(
        request,
        "public/syntheses.html",
        lambda: shown(published.pages_of_kind("synthesis")),
        parts=[number],
    )


@page_of("synthesis")
def synthesis(request, page):
    today = freshness.today()

    def context():
        return {
            "page": page,
            "document": page.document,
            "linked_data": blocks.of_page(request, page),
            **synthesis_context(page.document),
            **banners(page, snapshot_at(page.publication), today),
        }

    return answer(request, "public/synthesis.html", context, parts=[page.publication, today])
