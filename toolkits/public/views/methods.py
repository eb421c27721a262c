"""Methods: every rating scale with its levels, and how it maps to the shared bands."""

from django.utils.translation import gettext as _

from evidence.bands import FACET_ORDER, RULES
from toolkits import published
from toolkits.payloads import MAIN_AXES
from toolkits.public.answers import answer, page_of, public
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


@public
def methods(request):
    number = published.publication_number()

    def context():
        pages, labels = published.pages_of_kind("method"), axis_labels()
        by_axis = [
            {"axis_label": label, "methods": [page for page in pages if page.document.axis == axis]}
            for axis, label in labels.items()
        ]
        return {
            "by_axis": [group for group in by_axis if group["methods"]],
            "bands": [
                {"axis_label": labels[axis], "rule": _(RULES[axis]), "bands": list(band_labels(axis).values())}
                for axis in FACET_ORDER
            ],
        }

    return answer(request, "public/methods.html", context, parts=[number])


@page_of("method")
def method(request, page):
    def context():
        document = page.document
        return {"page": page, "document": document, "has_bands": any(level.band for level in document.levels)}

    return answer(request, "public/method.html", context, parts=[page.digest, page.version, page.state])
