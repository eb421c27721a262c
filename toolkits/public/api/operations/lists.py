"""Lists of records, with the facets, words and orders that the pages for people have."""

from itertools import islice

from django.utils.translation import gettext as _
from ninja import Path, Query
from pydantic import Field

from toolkits import published
from toolkits.payloads import MAIN_AXES
from toolkits.public import listing, lists, plans
from toolkits.public.api import making, problems
from toolkits.public.api.calls import api
from toolkits.public.api.pages import Paging, span_of
from toolkits.public.api.shapes.answers import Facet, FoundRecords, Option, RecordList
from toolkits.public.filters import NetworkFilters, ReportFilters, ToolkitFilters
from toolkits.public.index import snapshot_at
from toolkits.public.query import RELEVANCE
from toolkits.public.views.reports import selection_of

OWN = {*MAIN_AXES, "sort"}  # of which each toolkit has values of its own
ANY = "Several values mean any of them."


class Words(Paging):
    """The words of a list, and its order."""

    q: str = Field("", max_length=500, description="Words to look for; “quoted phrases” and -unwanted words work.")
    sort: str = Field("", description="How to sort; where words are looked for, the usual order is by relevance.")


class Subjects(Words):
    """The facets that every list of interventions has."""

    outcome: list[str] = Field([], description=f"Outcomes it is for. {ANY}")
    age: list[str] = Field([], description=f"Ages it is for. {ANY}")
    setting: list[str] = Field([], description=f"Where it is used. {ANY}")


class OfNetwork(Subjects):
    """The facets of all interventions."""

    impact: list[str] = Field([], description=f"The network's shared bands of impact. {ANY}")
    strength: list[str] = Field([], description=f"The network's shared bands of strength of evidence. {ANY}")
    cost: list[str] = Field([], description=f"The network's shared bands of cost. {ANY}")
    centre: list[str] = Field([], description=f"Centres, by slug. {ANY}")
    toolkit: list[str] = Field([], description=f"Toolkits, by slug. {ANY}")


class OfToolkit(Subjects):
    """The facets of one toolkit."""

    impact: list[str] = Field([], description=f"Levels of the centre's own scale of impact, by key. {ANY}")
    strength: list[str] = Field([], description=f"Levels of its own scale of strength, by key. {ANY}")
    cost: list[str] = Field([], description=f"Levels of its own scale of cost, by key. {ANY}")


class OfReports(Words):
    """The facets of the reports."""

    kind: list[str] = Field([], description=f"Kinds of report. {ANY}")
    centre: list[str] = Field([], description=f"Centres, by slug. {ANY}")
    year_from: int | None = Field(None, ge=1900, le=2200, description="Not before this year.")
    year_to: int | None = Field(None, ge=1900, le=2200, description="Not after this year.")


def _check(request, plan, filters):
    """Raise Refused where a facet or the order has a value that the list of `plan` does not."""
    choices = {facet.name: facet.choices for facet in plan.facets}
    _chosen, _numbers, wrong = filters(request.GET, choices=choices).read()
    mistakes = [
        problems.not_one_of(name, value, choices[name])
        for name, values in wrong.items()
        for value in values
        if name in choices
    ]
    order = request.GET.get("sort", "")
    if order and order not in {RELEVANCE, *plan.orders}:
        mistakes.append(problems.not_one_of("sort", order, [RELEVANCE, *plan.orders]))
    if mistakes:
        own = all(mistake.where in OWN for mistake in mistakes) and plan.scope == "toolkit"
        raise problems.nowhere(mistakes) if own else problems.wrong_values(mistakes)


def _facets(plan, asked, selection):
    return [
        Facet(
            name=facet.name,
            title=facet.title,
            note=facet.note,
            options=[
                Option(value=option.value, label=option.label, count=option.count, chosen=option.chosen)
                for option in facet.options
            ],
        )
        for facet in listing.build_facets(plan, asked, selection)
    ]


def _searched(request, paging, snapshot, publication, plan, filters, select=None):
    """The Searched of a request for the list of a listing.Plan, as its page for people has it."""
    _check(request, plan, filters)
    plan, asked = lists.read(request, plan, filters, snapshot.lexicon)
    if asked.problems:  # two years the wrong way round, between which nothing lies
        raise problems.nowhere([problems.Mistake("year_from", said) for said in asked.problems])
    selection = select(asked, plan.index) if select else asked.chosen
    rows = plan.index.select(selection)
    span, count, site = span_of(request, paging, publication), rows.bit_count(), making.site_of(request)
    shown = islice(plan.index.ordered(rows, asked.order), span.start, span.end)
    return FoundRecords(
        about=making.about(site, publication),
        count=count,
        total=len(plan.index.records),
        next=span.next(request, count),
        data=[making.record_of(page, site, snapshot.successors) for page in lists.in_order(list(shown))],
        facets=_facets(plan, asked, selection),
        sort=asked.order,
        sort_note=plan.orders[asked.order][1],
        searched=plan.found.shown_for,
        found_by=plan.found.way,
    )


@api.get("interventions/", response=FoundRecords, tags=["Lists"], url_name="api_interventions")
def interventions(request, asked: Query[OfNetwork]):
    """All interventions

    Every live intervention of every toolkit, with the network's shared bands as facets, as the page “Find what works”
    has them. Values of one facet mean any of them; different facets must all fit.
    """
    publication = request.publication
    snapshot = snapshot_at(publication)
    return _searched(request, asked, snapshot, publication, plans.network_plan(snapshot), NetworkFilters)


@api.get(
    "toolkits/{int:record}/interventions/",
    response=FoundRecords,
    tags=["Lists"],
    url_name="api_toolkit_interventions",
)
def toolkit_interventions(
    request,
    record: Path[int],
    asked: Query[OfToolkit],
):
    """The interventions of a toolkit

    As the toolkit's page lists them: filtered and sorted by the centre's own scales. Which levels there are depends on
    the toolkit; `facets` in the answer has them.
    """
    page = making.page_or_refused(record)
    if page.kind != "toolkit" or page.state != published.State.LIVE:
        raise problems.not_found(_("Record %(record)s is no live toolkit.") % {"record": record})
    snapshot = snapshot_at(request.publication)
    return _searched(request, asked, snapshot, request.publication, plans.toolkit_plan(snapshot, page), ToolkitFilters)


@api.get("reports/", response=FoundRecords, tags=["Lists"], url_name="api_reports")
def reports(request, asked: Query[OfReports]):
    """All synthesis reports

    Every live report, with the facets of the page of reports.
    """
    publication = request.publication
    snapshot = snapshot_at(publication)
    return _searched(request, asked, snapshot, publication, plans.reports_plan(snapshot), ReportFilters, selection_of)


def _all(request, paging, pages):
    """A page of some published.Pages, all of which were read at once."""
    publication = request.publication
    span, site = span_of(request, paging, publication), making.site_of(request)
    successors = snapshot_at(publication).successors
    return RecordList(
        about=making.about(site, publication),
        count=len(pages),
        total=len(pages),
        next=span.next(request, len(pages)),
        data=[making.record_of(page, site, successors) for page in pages[span.start : span.end]],
    )


@api.get("toolkits/", response=RecordList, tags=["Lists"], url_name="api_toolkits")
def toolkits(request, asked: Query[Paging]):
    """All toolkits

    Every live toolkit, by name.
    """
    return _all(request, asked, published.pages_of_kind("toolkit"))


@api.get("centres/", response=RecordList, tags=["Lists"], url_name="api_centres")
def centres(request, asked: Query[Paging]):
    """All centres

    Every centre that is or was a member of the network, by name, with its dated memberships.
    """
    return _all(request, asked, published.pages_of_kind("centre"))


@api.get("schemes/", response=RecordList, tags=["Lists"], url_name="api_schemes")
def schemes(request, asked: Query[Paging]):
    """All rating scales

    Every rating scale with its levels, what they mean, and its published rules, by name.
    """
    return _all(request, asked, published.pages_of_kind("method"))


@api.get("families/", response=RecordList, tags=["Lists"], url_name="api_families")
def families(request, asked: Query[Paging]):
    """All families

    The same idea in several toolkits, by name: which interventions, and why centres rate them differently.
    """
    return _all(request, asked, published.pages_of_kind("family"))


@api.get("syntheses/", response=RecordList, tags=["Lists"], url_name="api_syntheses")
def syntheses(request, asked: Query[Paging]):
    """All syntheses of studies

    Every synthesis with its pooled result and all its studies, by name.
    """
    return _all(request, asked, published.pages_of_kind("synthesis"))


@api.get("vocabularies/", response=RecordList, tags=["Lists"], url_name="api_vocabularies")
def vocabularies(request, asked: Query[Paging]):
    """All shared lists

    Outcomes, settings, age bands, synonyms, what was assessed and not listed, and the facts of the network.
    """
    return _all(request, asked, published.shared_lists())
