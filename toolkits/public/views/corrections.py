"""Every error that was public and its correction, the newest first."""

from dataclasses import replace

from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkits import freshness, published
from toolkits.public import query as queries
from toolkits.public import whole_lists
from toolkits.public.answers import conditional, public
from toolkits.public.downloads import evidence_lists
from toolkits.public.filters import CorrectionFilters
from toolkits.public.index import snapshot_at
from toolkits.public.listing import Choice, beyond, build_pagination
from toolkits.public.plans import facet_titles

NEWEST = "newest"


def _choices(query, counts, names):
    """A choice for all corrections and one for each centre that has any."""
    chosen = query.chosen["centre"]
    everything = Choice(value="", label=_("All"), chosen=not chosen, url=query.address(chosen={"centre": []}))
    return [everything] + [
        Choice(value=slug, label=label, chosen=slug in chosen, url=query.address(chosen={"centre": [slug]}))
        for slug, label in names.items()
        if slug in counts or slug in chosen
    ]


@public
def corrections(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        names = dict(sorted(snapshot_at(number).names["centre"].items(), key=lambda item: item[1].casefold()))
        query = queries.read(
            request.GET,
            path=request.path,
            filters=CorrectionFilters(request.GET, choices={"centre": names}),
            titles=facet_titles(),
            orders={NEWEST: ""},
            default_order=NEWEST,
            views=("list",),
            formats=whole_lists.FORMS,
        )
        counts, wanted = published.corrections_by_centre(), query.chosen["centre"]
        total = sum(counts.values())
        count = sum(counts.get(slug, 0) for slug in wanted) if wanted else total
        pages = max(1, -(-count // query.page_size))
        problems = [*query.problems, *([beyond(query, pages)] if query.number > pages else [])]
        status = 400 if query.problems else 404 if problems else 200
        query = replace(query, number=min(query.number, pages))
        start = (query.number - 1) * query.page_size

        def entries(**which):
            found = published.corrections(centres=wanted, **which)
            return [{"correction": one, "centre": names.get(one.centre, "")} for one in found]

        whole = whole_lists.WholeList(
            kind=evidence_lists.CORRECTIONS,
            path=request.path,
            title=_("Corrections"),
            stem="corrections",
            order=_("the newest first"),
            rows=lambda: entries(most=count),
            pairs=tuple(query.pairs()),
            chosen=tuple(f"{facet_titles()['centre']}: {names[slug]}" for slug in wanted),
            problems=tuple(problems),
        )

        def show():
            context = {
                "corrections": entries(start=start, most=query.page_size),
                "downloads": whole.downloads,
                "count": count,
                "total": total,
                "choices": _choices(query, counts, names),
                "pagination": build_pagination(query, pages),
                "problems": problems,
            }
            return render(request, "public/corrections.html", context, status=status)

        return whole_lists.answer(request, whole, number, show)

    return conditional(request, [number, today], respond)
