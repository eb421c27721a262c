"""The trail of pages above one, as the page itself shows it."""

from django.urls import reverse
from django.utils.translation import gettext as _


def _above():
    """{kind: (name, address) of the list it stands in}."""
    return {
        "centre": (_("Centres"), reverse("public:centres")),
        "family": (_("The same idea in several toolkits"), reverse("public:families")),
        "method": (_("How we rate"), reverse("public:methods")),
        "report": (_("Reports"), reverse("public:reports")),
        "synthesis": (_("Syntheses of studies"), reverse("public:syntheses")),
        "toolkit": (_("Toolkits"), reverse("public:toolkits")),
    }


def crumbs_of(page):
    """[(name, address)] above a published page, the topmost first."""
    if page.kind == "intervention":
        toolkit = page.document.toolkit
        return [_above()["toolkit"], (toolkit.name, reverse("public:record", args=[toolkit.record]))]
    return [(_("Home"), reverse("public:home")), _above()[page.kind]]


def trail(crumbs, title, absolute):
    """A BreadcrumbList of `crumbs` and then the page itself, which has no link."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
        for place, (name, address) in enumerate(crumbs, start=1)
    ]
    here = {"@type": "ListItem", "position": len(items) + 1, "name": title}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, here]}
