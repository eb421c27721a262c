"""The data block of each page, for its view: what the page is, and where it stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.languages import stored
from toolkits.public.linked_data import pages
from toolkits.public.linked_data.breadcrumbs import crumbs_of, trail
from toolkits.public.linked_data.script import embed


def _absolute(request):
    """A function that makes a path whole: the English one, so that a thing has one name for machines in every language."""
    return lambda path: request.build_absolute_uri(stored(path))


def of_page(request, page):
    """The block of a published page."""
    absolute = _absolute(request)
    return embed(*pages.things_of(page, absolute), trail(crumbs_of(page), page.title, absolute))


def of_list(request, path, *, name, description):
    """The block of a list of the whole network."""
    absolute = _absolute(request)
    crumbs = [(_("Home"), reverse("public:home"))]
    return embed(
        pages.listing(path, name=name, description=description, absolute=absolute), trail(crumbs, name, absolute)
    )


def of_data(request, made):
    """The block of the page of the open data; `made` is what its files are (open_data.making.Made)."""
    absolute = _absolute(request)
    crumbs = [(_("Home"), reverse("public:home"))]
    return embed(pages.open_data(made, absolute), trail(crumbs, _("Open data"), absolute))


def of_study(request, study):
    """The block of a study's page (payloads.StudyFacts)."""
    absolute = _absolute(request)
    crumbs = [
        (_("Home"), reverse("public:home")),
        (_("Syntheses of studies"), reverse("public:syntheses")),
    ]
    return embed(pages.study(study, absolute), trail(crumbs, study.label, absolute))


def of_site(request):
    """The block of the home page."""
    return embed(*pages.site(_absolute(request)))
