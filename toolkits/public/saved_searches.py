"""A list with its filters as something to come back to: read from its address, named in words, with what is in it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from toolkits import published
from toolkits.languages import language_of
from toolkits.public import lists
from toolkits.public.filters import NetworkFilters, ReportFilters, ToolkitFilters
from toolkits.public.index import snapshot_at
from toolkits.public.plans import network_plan, reports_plan, toolkit_plan
from toolkits.public.views.reports import selection_of

LONGEST = 2_000  # characters of an address


@dataclass(frozen=True)
class SavedSearch:
    """A list as its address gives it today. `address` is its one spelling, `filters` what is chosen, in words.

    `problems` say what of the address is no longer possible; `records` are all that the list has, not only a page.
    `toolkit` is the page of the toolkit whose list it is, None for a list of the network.
    """

    address: str
    title: str
    filters: tuple[str, ...]
    problems: tuple[str, ...]
    records: tuple[int, ...]
    toolkit: published.Page | None = None

    @property
    def words(self):
        """Its name with what is chosen."""
        return f"{self.title}: {'; '.join(self.filters)}" if self.filters else self.title


def _interventions(snapshot, _names):
    return network_plan(snapshot), NetworkFilters, _("Find what works"), None


def _reports(snapshot, _names):
    return reports_plan(snapshot), ReportFilters, _("Reports"), None


def _toolkit(snapshot, names):
    path = reverse("public:toolkit", kwargs=names)
    page = published.page_at(path, "toolkit") or published.page_at(published.moved_to(path), "toolkit")
    if page is None or page.state not in {published.State.LIVE, published.State.WITHDRAWN}:
        return None
    return toolkit_plan(snapshot, page), ToolkitFilters, page.title, page


LISTS = {"public:interventions": _interventions, "public:reports": _reports, "public:toolkit": _toolkit}


def _split(address):
    """(match of its path, its query) of an address of ours that leads to a list; None for any other."""
    if not address.startswith("/") or len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address)
        with override(language_of(parts.path)):
            match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    return (match, parts.query) if not parts.netloc and match.view_name in LISTS else None


def read(address):
    """The SavedSearch at an address, from its root; None where no list is there (any more)."""
    found = _split(address)
    if found is None:
        return None
    match, asked = found
    snapshot = snapshot_at(published.publication_number())
    chosen = LISTS[match.view_name](snapshot, match.kwargs)
    if chosen is None:
        return None
    plan, filters, title, toolkit = chosen
    request = HttpRequest()
    request.GET = QueryDict(asked)
    plan, query = lists.read(request, plan, filters, snapshot.lexicon)
    selection = selection_of(query, plan.index) if filters is ReportFilters else query.chosen
    return SavedSearch(
        address=lists.address_of(query),
        title=title,
        filters=tuple(lists.words_of(plan, query)),
        problems=query.problems,
        records=tuple(lists.records_of(plan, query, selection)),
        toolkit=toolkit,
    )
