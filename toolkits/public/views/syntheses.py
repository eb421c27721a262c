"""Syntheses of studies: the list, and one with its studies and its charts."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import shortlists, trail, whole_lists
from toolkits.public.answers import answer, bad_request, conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.downloads import evidence_lists, study_rows
from toolkits.public.downloads.pdf_answers import pdf_answer
from toolkits.public.echoes import echo
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.synthesis_charts.forest_plot import averages_plot, forest_plot
from toolkits.public.synthesis_charts.funnel import funnel, why_not
from toolkits.public.synthesis_charts.steps import cumulative, leave_one_out
from toolkits.public.synthesis_studies import uk_count
from toolkits.public.synthesis_sure import asymmetry_words, small_studies_differ
from toolkits.public.synthesis_words import outcome_row, words_of


def shown(pages, ratings=(), *, plots=False):
    """The rows of a list of pages of syntheses, `own` and `illustrative`, each with those of `ratings` that rest on it.

    With `plots` each has its forest plot, which the lists do without.
    """
    rows = [
        {
            "page": page,
            "document": page.document,
            "row": outcome_row(page.document),
            "from_the_uk": uk_count([row.study for row in page.document.included]),
            "forest": forest_plot(page.document) if plots else None,
            "averages": averages_plot(page.document) if plots else None,
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
    picture = funnel(document)
    return {
        "words": words_of(document),
        "forest": forest_plot(document),
        "without": leave_one_out(document),
        "cumulative": cumulative(document),
        "funnel": picture,
        "no_funnel": why_not(document),
        "small_studies": small_studies_differ(document) if picture and document.bias else "",
        "asymmetry": asymmetry_words(document) if picture else [],
    }


@public
def syntheses(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        context = shown(published.pages_of_kind("synthesis"))
        whole = whole_lists.WholeList(
            kind=evidence_lists.SYNTHESES,
            path=request.path,
            title=_("Syntheses of studies"),
            stem="syntheses",
            order=_("the illustrative ones last, then by name"),
            rows=lambda: [*context["own"], *context["illustrative"]],
        )
        context["downloads"] = whole.downloads
        return whole_lists.answer(request, whole, number, lambda: render(request, "public/syntheses.html", context))

    return conditional(request, [number, today], respond)


def _pdf(request, page):
    # Loading the typesetter costs every process that never makes a PDF.
    from toolkits.public.downloads.synthesis_pdf import synthesis_pdf

    address = request.build_absolute_uri(reverse("public:record_version", args=[page.record, page.version]))
    return pdf_answer(page, synthesis_pdf(page, address=address))


def _studies(form):
    def answer(request, page):
        whole = whole_lists.WholeList(
            kind=evidence_lists.STUDIES,
            path=page.path,
            title=_("Studies of: %(name)s") % {"name": page.title},
            stem=study_rows.file_stem(page),
            order=_("as the synthesis has them"),
            rows=lambda: trail.rows_of([page]),
        )
        return whole_lists.as_file(request, whole, page.publication, form)

    return answer


FILES = {
    "pdf": _pdf,
    "csv": _studies("csv"),
    "xlsx": _studies("xlsx"),
    "json": lambda request, page: study_rows.synthesis_json(request, page, trail.rows_of([page])),
}


@page_of("synthesis")
def synthesis(request, page):
    wanted, today = request.GET.get("format", ""), freshness.today()
    if wanted in FILES:
        return conditional(request, [page.publication, today], lambda: FILES[wanted](request, page))
    if wanted not in {"", "html"}:
        problem = _("“%(value)s” is not a format of this page. Use one of these: html, pdf, csv, xlsx, json.") % {
            "value": echo(wanted)
        }
        return bad_request(request, [problem], page.path)

    def context():
        picker, live = shortlists.picker(request), set(snapshot_at(page.publication).network.records)
        return {
            "page": page,
            "document": page.document,
            "shortlist": picker.bar,
            "picks": [
                {
                    "link": link,
                    "path": picker.along(reverse("public:record", args=[link.record])),
                    "pick": picker.pick(link.record, link.name) if link.record in live else None,
                }
                for link in page.document.interventions
            ],
            "linked_data": blocks.of_page(request, page),
            **synthesis_context(page.document),
            **banners(page, snapshot_at(page.publication), today),
        }

    return answer(request, "public/synthesis.html", context, parts=[page.publication, today])
