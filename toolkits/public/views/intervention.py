"""An intervention: its page (also as PDF), its evidence trail, its history."""

from dataclasses import dataclass, replace

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence import prices
from toolkits import freshness, published
from toolkits.public import shortlists, trail, whole_lists
from toolkits.public.answers import answer, bad_request, conditional, page_of
from toolkits.public.banners import banners
from toolkits.public.cost_figures import converted
from toolkits.public.differences import reasons
from toolkits.public.downloads import evidence_lists
from toolkits.public.downloads.pdf_answers import pdf_answer
from toolkits.public.echoes import echo
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.older import marked_page
from toolkits.public.sections import missing_sections
from toolkits.public.views.syntheses import shown


@dataclass(frozen=True)
class Other:
    """Another intervention of the same family, and whether it is the same idea or a variant."""

    page: published.Page
    relation: str
    pick: shortlists.Pick | None = None
    url: str = ""

    @property
    def path(self):
        """The address of its page, with what the reader has picked."""
        return self.url or self.page.path


def pickable(others, picker):
    """`others` with their Pick on the page of a shortlists.Picker."""
    return [
        replace(
            other,
            pick=picker.pick(other.page.record, other.page.title, name_in=other.page.title_in),
            url=picker.along(other.page.path),
        )
        for other in others
    ]


def related(page, around):
    """(family or None, its other members) of an intervention, among the pages `around` it.

    An intervention of several families shows the one whose record is lowest.
    """
    families = [other for other in around.values() if other.kind == "family"]
    family = next((other for other in families if page.record in _members(other)), None)
    if family is None:
        return None, []
    return family, [
        Other(page=around[member.record], relation=member.relation)
        for member in family.document.members
        if member.record != page.record and member.record in around
    ]


def _syntheses(around):
    return [other for other in around.values() if other.kind == "synthesis"]


def _members(family):
    return {member.record for member in family.document.members}


def intervention_context(page):
    """What the page of an intervention shows, in one query more; the editorial preview shows the same."""
    snapshot, today = snapshot_at(page.publication), freshness.today()
    page = marked_page(page, snapshot.successors)
    around = published.around_intervention(page.record)
    family, others = related(page, around)
    return {
        "page": page,
        "document": page.document,
        **banners(page, snapshot, today),
        "out_of_date": freshness.out_of_date(page.document, today),
        "family": family,
        "syntheses": shown(_syntheses(around), page.document.ratings, plots=True),
        "others": [replace(other, page=marked_page(other.page, snapshot.successors)) for other in others],
        "reasons": reasons(family.document, around, about=page.record) if family else [],
        "missing": missing_sections(page.document),
        "prices": converted(page.document),
    }


def _pdf(request, page, today):
    # Loading the typesetter costs every process that never makes a PDF.
    from toolkits.public.downloads.intervention_pdf import intervention_pdf

    address = request.build_absolute_uri(reverse("public:record_version", args=[page.record, page.version]))
    context = intervention_context(page)
    file = intervention_pdf(
        context["page"],
        address=address,
        today=today,
        others=context["others"],
        reasons=context["reasons"],
        syntheses=published.syntheses_of_intervention(page.record),
    )
    return pdf_answer(page, file)


@page_of("intervention")
def intervention(request, page):
    wanted, today = request.GET.get("format", ""), freshness.today()
    if wanted == "pdf":
        return conditional(request, [page.publication, today], lambda: _pdf(request, page, today))
    if wanted not in {"", "html"}:
        problem = _("“%(value)s” is not a format of this page. Use one of these: html, pdf.") % {"value": echo(wanted)}
        return bad_request(request, [problem], page.path)
    year = request.GET.get("prices", "") or prices.YEARS[-1]
    if year not in prices.YEARS:
        problem = _("“%(value)s” is not a year with a deflator here. Choose one from %(first)s to %(last)s.") % {
            "value": echo(year),
            "first": prices.YEARS[0],
            "last": prices.YEARS[-1],
        }
        return bad_request(request, [problem], page.path)
    parts = [page.publication, today]

    def context():
        picker, found = shortlists.picker(request), intervention_context(page)
        return {
            **found,
            "others": pickable(found["others"], picker),
            "prices": converted(page.document, year),
            "linked_data": blocks.of_page(request, page),
            "pick": picker.pick(page.record, page.title, name_in=page.title_in),
            "shortlist": picker.bar,
        }

    return answer(request, "public/intervention.html", context, parts=parts)


@page_of("intervention", below="studies/")
def studies(request, page):
    def respond():
        pages = published.syntheses_of_intervention(page.record)
        found = trail.read(request.GET, trail.rows_of(pages))
        whole = whole_lists.WholeList(
            kind=evidence_lists.STUDIES,
            path=request.path,
            title=_("Evidence trail: %(name)s") % {"name": page.title},
            stem=f"{page.toolkit}-{page.document.slug}-studies",
            order=_("by synthesis, in the order of each"),
            rows=lambda: found.rows,
            pairs=tuple(found.given.items()),
            chosen=tuple(found.chosen),
            problems=tuple(found.problems),
        )
        context = {
            "downloads": whole.downloads,
            "page": page,
            "document": page.document,
            "syntheses": shown(pages),
            "several": len(pages) > 1,
            "trail": found,
        }
        status = 400 if found.problems else 200
        return whole_lists.answer(
            request, whole, page.publication, lambda: render(request, "public/studies.html", context, status=status)
        )

    return conditional(request, [page.publication, freshness.today()], respond)


@page_of("intervention", below="history/")
def history(request, page):
    def context():
        return {"page": page, "document": page.document, "versions": published.versions(page.record)}

    return answer(request, "public/history.html", context, parts=[page.publication])
