"""Two to five interventions side by side: each on its own scale, in the reader's order, never ranked."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import shortlists
from toolkits.public.answers import conditional, public
from toolkits.public.comparison import choice
from toolkits.public.comparison.chart import chart_of
from toolkits.public.comparison.facts import facts, written_by
from toolkits.public.comparison.marks import warnings
from toolkits.public.downloads.comparison_files import FILES
from toolkits.public.echoes import echo
from toolkits.public.views.shortlist import place_context


def _columns(chosen):
    return [
        {
            "page": page,
            "path": shortlists.with_records(page.path, chosen.records),
            "without": chosen.address("comparison", shortlists.toggled(chosen.records, page.record)),
        }
        for page in chosen.pages
    ]


@public
def comparison(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        chosen = choice.read(request, number, "comparison")
        wanted = request.GET.get("format", "")
        if wanted not in {"", "html", *FILES}:
            chosen.problems.append(
                _("“%(value)s” is not a format of this page. Use one of these: html, csv, json.")
                % {"value": echo(wanted)}
            )
        comparable = 2 <= len(chosen.pages) <= shortlists.MOST_COMPARED
        if wanted in FILES and not comparable:
            chosen.problems.append(
                _("There is a file of a comparison only where two to five interventions are compared.")
            )
        status = 400 if len(chosen.pages) > shortlists.MOST_COMPARED else chosen.status
        found = facts(chosen.pages, chosen.syntheses, chosen.place, chosen.names) if comparable else []
        before = warnings([page.document for page in chosen.pages]) if comparable else []
        if wanted in FILES and status == 200:
            return FILES[wanted](request, chosen.pages, found, before, today)
        context = {
            "chosen": chosen,
            "columns": _columns(chosen),
            "facts": found,
            "written": written_by(chosen.pages, chosen.syntheses) if comparable else (),
            "warnings": before,
            "chart": chart_of(chosen.pages) if comparable else None,
            "place": place_context(chosen),
            "action": request.path,
            "too_many": len(chosen.pages) > shortlists.MOST_COMPARED,
            "shortlist_url": chosen.address("shortlist"),
            "pack_url": shortlists.pack_address([page.record for page in chosen.pages]),
            "files": [(name.upper(), f"{chosen.address('comparison')}&format={name}") for name in FILES],
            "today": today,
        }
        return render(request, "public/comparison.html", context, status=status)

    return conditional(request, [number, today], respond)
