"""The shortlist: what a reader picked, as its address says, with what speaks for or against it in their place."""

from django.shortcuts import render

from toolkits import freshness, published
from toolkits.public import shortlists
from toolkits.public.answers import conditional, public
from toolkits.public.comparison import choice, fit
from toolkits.public.comparison.facts import studies_of
from toolkits.public.plans import facet_titles
from toolkits.public.rows import build_rows


def place_context(chosen):
    """What the form of “Fit to my place” shows: every question, its options, and what was said."""
    place = chosen.place
    ages, settings = (
        [(slug, name, slug in said) for slug, name in chosen.names[facet].items()]
        for facet, said in (("age", place.ages), ("setting", place.settings))
    )
    return {
        "records": chosen.records,
        "ages": ages,
        "settings": settings,
        "nations": [(nation, nation, nation == place.nation) for nation in fit.NATIONS],
        "spending": [(value, label, value == place.spend) for value, label in fit.spending().items()],
        "have": [(page.record, page.title, page.record in place.have) for page in chosen.pages],
        "said": bool(place.pairs()),
    }


@public
def shortlist(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        chosen = choice.read(request, number, "shortlist")
        rows = build_rows(chosen.pages, {}, "network", facet_titles(), today)
        entries = [
            {
                "row": row,
                "notes": fit.notes_on(
                    chosen.place, row.page, studies_of(chosen.syntheses[row.page.record]), chosen.names
                ),
                "path": shortlists.with_records(row.page.path, chosen.records),
                "without": chosen.address("shortlist", shortlists.toggled(chosen.records, row.page.record)),
            }
            for row in rows
        ]
        live = [page.record for page in chosen.pages]
        context = {
            "chosen": chosen,
            "entries": entries,
            "place": place_context(chosen),
            "action": request.path,
            "compare_url": chosen.address("comparison", live) if 2 <= len(live) <= shortlists.MOST_COMPARED else "",
            "pack_url": shortlists.pack_address(live),
            "too_many": len(live) > shortlists.MOST_COMPARED,
        }
        return render(request, "public/shortlist.html", context, status=chosen.status)

    return conditional(request, [number, today], respond)
