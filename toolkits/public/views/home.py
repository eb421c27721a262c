"""The home page, and the pages about this site."""

from django.conf import settings

from toolkits import freshness, published
from toolkits.public import shortlists
from toolkits.public.answers import answer, public
from toolkits.public.former import former
from toolkits.public.index import NONE, numbers_at, snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.plans import network_plan
from toolkits.public.query import Query

LATEST_CHANGES = 5


def _numbers(number):
    counted = numbers_at(number)
    names = {"rating": "ratings"} | {kind: f"{kind}s" for kind in ("intervention", "toolkit", "report", "centre")}
    return {plural: counted[kind] for kind, plural in names.items()} | {"families": counted["family"]}


def _outcomes(snapshot):
    """Every outcome that an intervention is meant to change, with its list's address and count."""
    plan = network_plan(snapshot)
    query = Query(path=plan.path, chosen={}, fields={}, order="name", default_order="name")
    facet = next(facet for facet in plan.facets if facet.name == "outcome")
    counts = plan.index.counts({})["outcome"]
    return [
        {"url": query.address(chosen={"outcome": [value]}), "label": label, "count": counts[value]}
        for value, label in facet.choices.items()
        if value in counts and value != NONE
    ]


def _changes(picker, live):
    """The latest changes, with the address to read on and, once for each of `live` interventions, its Pick."""
    found, picked = [], set()
    for change in published.events(LATEST_CHANGES):
        is_live = change.record in live
        pick = picker.pick(change.record, change.title) if is_live and change.record not in picked else None
        picked.add(change.record)
        path = picker.along(change.path) if is_live else change.path
        found.append({"change": change, "path": path, "pick": pick})
    return found


def _areas(pages, centres, today):
    """Each of `centres` that goes on and has toolkits, with these (`pages`), by its policy area."""
    centres = [page for page in centres.values() if not former(page.record, centres, today)]
    areas = [
        {"centre": centre, "toolkits": [page for page in pages if page.centre == centre.centre]} for centre in centres
    ]
    return sorted(
        (area for area in areas if area["toolkits"]), key=lambda area: area["centre"].document.policy_area.casefold()
    )


@public
def home(request):
    number, today = published.publication_number(), freshness.today()

    def context():
        snapshot = snapshot_at(number)
        pages, picker = published.pages_of_kind("toolkit"), shortlists.picker(request)
        return {
            "numbers": _numbers(number),
            "outcomes": _outcomes(snapshot),
            "toolkits": [{"page": page, "count": snapshot.count(page.toolkit)} for page in pages],
            "policy_areas": _areas(pages, snapshot.centres, today),
            "changes": _changes(picker, set(snapshot.network.records)),
            "shortlist": picker.bar,
            "linked_data": blocks.of_site(request),
        }

    return answer(request, "public/home.html", context, parts=[number, today])


@public
def about(request):
    number = published.publication_number()

    def context():
        network = snapshot_at(number).network_facts
        return {"facts": {fact.key: fact for fact in network.facts} if network else {}}

    return answer(request, "public/about.html", context, parts=[number, settings.CONTACT])


@public
def accessibility(request):
    said = [settings.ADDRESS, settings.CONTACT, settings.OPERATOR]
    return answer(request, "public/accessibility.html", lambda: {"address": settings.ADDRESS}, parts=said)


@public
def privacy(request):
    return answer(request, "public/privacy.html", dict, parts=[])
