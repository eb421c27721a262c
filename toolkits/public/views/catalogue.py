"""The catalogue of the network's data, for other catalogues."""

import json

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import conditional, public
from toolkits.public.downloads import list_files
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data.catalogue import Catalogue

LISTS = {"intervention": "public:interventions", "report": "public:reports"}


def _span(dates):
    """(when the first of some published.Dates came, when one last changed)."""
    return min(found.first for found in dates), max(found.changed for found in dates)


def _lists(catalogue, dates):
    """The lists of the whole network that have anything in them."""
    words = {
        "intervention": (
            _("Interventions of every toolkit"),
            _("Every intervention with the ratings of its own centre, their scales, outcomes, ages and settings."),
        ),
        "report": (_("Reports"), _("Reviews and syntheses by the centres: what they looked at, and what they found.")),
    }
    for kind, name in LISTS.items():
        of_kind = [found for found in dates if found.kind == kind]
        if of_kind:
            title, description = words[kind]
            yield catalogue.dataset(
                record=None,
                path=reverse(name),
                title=title,
                description=description,
                dates=_span(of_kind),
                forms=(*list_files.FORMS, "atom"),
            )


def _toolkits(catalogue, dates, snapshot):
    """Every toolkit, in its centre's policy area, with the outcomes its interventions are meant to change."""
    for page in published.pages_of_kind("toolkit"):
        document = page.document
        centre = snapshot.centres.get(document.centre.record)
        outcomes = snapshot.toolkit(page.toolkit).bits["outcome"]
        yield catalogue.dataset(
            record=page.record,
            path=page.path,
            title=page.title,
            description=page.summary
            or _("The interventions of a toolkit of the %(centre)s, each with its ratings on the centre's own scales.")
            % {"centre": document.centre.name},
            dates=_span([found for found in dates if found.toolkit == page.toolkit]),
            forms=(*list_files.FORMS, "atom"),
            creator=document.centre,
            theme=centre.document.policy_area if centre else "",
            keywords=[name for slug, name in snapshot.names["outcome"].items() if slug in outcomes],
        )


def _studies(catalogue):
    """The studies behind each intervention that a synthesis is shown on."""
    _by_study, with_syntheses = published.studies_changed()
    pages = published.live_pages(with_syntheses)
    for record, page in sorted(pages.items()):
        if page.kind == "intervention":
            changed = max(page.published_at, with_syntheses[record])
            yield catalogue.dataset(
                record=None,
                path=f"{page.path}studies/",
                title=_("%(title)s: the studies") % {"title": page.title},
                description=_("Every study and number behind the syntheses that are shown on this intervention."),
                dates=(page.first_published_at, changed),
                forms=("csv", "json"),
                creator=page.document.centre,
            )


@public
def catalogue(request):
    """/data/catalogue.jsonld"""
    number = published.publication_number()

    def respond():
        made, dates = Catalogue(request.build_absolute_uri), published.dates()
        datasets = [
            *([made.everything(_span(dates))] if dates else []),
            *_lists(made, dates),
            *_toolkits(made, dates, snapshot_at(number)),
            *_studies(made),
        ]
        whole = made.whole(datasets, number=number, dates=_span(dates)) if dates else {}
        return HttpResponse(json.dumps(whole, ensure_ascii=False), content_type="application/ld+json; charset=utf-8")

    return conditional(request, [number], respond)
