"""Methods: every rating scale with its levels, and how it maps to the shared bands."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from evidence.bands import FACET_ORDER
from toolkits import freshness, published
from toolkits.payloads import MAIN_AXES
from toolkits.public import whole_lists
from toolkits.public.answers import answer, conditional, page_of, public
from toolkits.public.banners import banners
from toolkits.public.downloads import network_lists
from toolkits.public.index import snapshot_at
from toolkits.public.linked_data import blocks
from toolkits.public.plans import band_labels, facet_titles


def axis_labels():
    """Every axis in words, those a reader filters by first."""
    titles = facet_titles()
    return {axis: titles[axis] for axis in MAIN_AXES} | {
        "cost-effectiveness": _("Cost-effectiveness"),
        "mechanism": _("Evidence on how it works"),
        "moderator": _("Evidence on where and for whom it works"),
        "implementation": _("Evidence on putting it in place"),
        "economics": _("Evidence on what it costs"),
        "study quality": _("Quality of a study"),
    }


def band_rules():
    """How the shared bands of each axis are found."""
    return {
        "impact": _(
            "By direction only: harm, no effect, mixed, benefit, or unknown. Centres measure size in units "
            "that cannot be compared, so the band says nothing about size."
        ),
        "strength": _("By rank on the centre's own scale, from very low to very high, or unknown."),
        "cost": _("By where the rating lies on the centre's own scale: its lower, middle or upper part."),
    }


@public
def methods(request):
    number, today = published.publication_number(), freshness.today()

    def respond():
        pages, labels, rules = published.pages_of_kind("method"), axis_labels(), band_rules()
        successors = snapshot_at(number).successors
        by_axis = [
            {
                "axis_label": label,
                "methods": [
                    {"page": page, "axis_label": label, "successor": successors.get(page.record)}
                    for page in pages
                    if page.document.axis == axis
                ],
            }
            for axis, label in labels.items()
        ]
        whole = whole_lists.WholeList(
            kind=network_lists.METHODS,
            path=request.path,
            title=_("How interventions are rated"),
            stem="methods",
            order=_("by what is rated, then by name"),
            rows=lambda: [entry for group in by_axis for entry in group["methods"]],
        )
        context = {
            "downloads": whole.downloads,
            "by_axis": [group for group in by_axis if group["methods"]],
            "bands": [
                {"axis_label": labels[axis], "rule": rules[axis], "bands": list(band_labels(axis).values())}
                for axis in FACET_ORDER
            ],
        }

        return whole_lists.answer(request, whole, number, lambda: render(request, "public/methods.html", context))

    return conditional(request, [number, today], respond)


@page_of("method")
def method(request, page):
    today = freshness.today()

    def context():
        document, snapshot = page.document, snapshot_at(page.publication)
        return {
            "page": page,
            "document": document,
            "linked_data": blocks.of_page(request, page),
            "successor": snapshot.successors.get(page.record),
            "has_bands": any(level.band for level in document.levels),
            **banners(page, snapshot, today),
        }

    return answer(request, "public/method.html", context, parts=[page.publication, today])
