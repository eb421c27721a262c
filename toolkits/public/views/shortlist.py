"""The shortlist: what a reader picked, as its address says, with what speaks for or against it in their place."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import shortlists, whole_lists
from toolkits.public.answers import conditional, public
from toolkits.public.comparison import choice, fit
from toolkits.public.comparison.facts import studies_of, written_by
from toolkits.public.downloads import network_lists
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


def _picked(chosen):
    if not chosen.records:
        return ()
    return (_("Picked: %(records)s") % {"records": ", ".join(map(str, chosen.records))},)


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
        whole = whole_lists.WholeList(
            kind=network_lists.SHORTLIST,
            path=request.path,
            title=_("Shortlist"),
            stem="shortlist",
            order=_("the order in which they were picked"),
            rows=lambda: entries,
            pairs=(*chosen.place.pairs(), *shortlists.pairs(chosen.records)),
            chosen=(*fit.words_of(chosen.place, chosen.names), *_picked(chosen)),
            problems=tuple(chosen.problems),
        )
        context = {
            "downloads": whole.downloads,
            "chosen": chosen,
            "entries": entries,
            "written": written_by(chosen.pages, chosen.syntheses),
            "place": place_context(chosen),
            "action": request.path,
            "compare_url": chosen.address("comparison", live) if 2 <= len(live) <= shortlists.MOST_COMPARED else "",
            "pack_url": shortlists.pack_address(live),
            "too_many": len(live) > shortlists.MOST_COMPARED,
        }
        return whole_lists.answer(
            request, whole, number, lambda: render(request, "public/shortlist.html", context, status=chosen.status)
        )

    return conditional(request, [number, today], respond)
