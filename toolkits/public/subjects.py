"""What can be followed: a record with what belongs to it, a list with its filters, or the whole network."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.languages import stored
from toolkits.public import saved_searches

# What the public is told of when it follows a record of this kind, besides the record itself.
WITH_ALL = {"toolkit", "centre"}


@dataclass(frozen=True)
class Subject:
    """Something to follow: `record`, `search` (an address), or neither: the network. `path` is where it is read.

    `says` is in a sentence what is told of it. `search_now` is its SavedSearch, where it is one; `page` its Page.
    """

    title: str
    path: str
    says: str
    record: int | None = None
    search: str = ""
    page: published.Page | None = None
    search_now: saved_searches.SavedSearch | None = None


def network():
    """Everything."""
    return Subject(
        title=_("The whole network"),
        path=reverse("public:home"),
        says=_("Every page that is published, corrected, withdrawn or removed."),
    )


def _says_of(kind):
    return {
        "toolkit": _("Changes of this toolkit and of every intervention in it."),
        "centre": _("Changes of this centre's page, its toolkits, interventions, reports and scales."),
    }.get(kind, _("Changes of this page: new versions, corrections, and whether it is withdrawn."))


def of_page(page):
    """A record, by its page."""
    return Subject(title=page.title, path=page.path, says=_says_of(page.kind), record=page.record, page=page)


def of_record(record):
    """A record; None where there is nothing to follow. One that was merged is the one it was merged into."""
    page = published.page_of_record(record) if record <= published.LARGEST_NUMBER else None
    if page is not None and page.state == published.State.MERGED:
        page = published.page_of_record(page.merged_into)
    return None if page is None or page.state == published.State.REMOVED else of_page(page)


def of_search(address):
    """A list with its filters; that of a toolkit without any is the toolkit itself. None where no list is there."""
    found = saved_searches.read(address)
    if found is None:
        return None
    if found.toolkit and not found.filters and not found.problems:
        return of_page(found.toolkit)
    return Subject(
        title=found.words,
        path=found.address,
        says=_("What comes into this list, leaves it, or changes in it."),
        search=stored(found.address),
        search_now=found,
    )


def subject(record, search):
    """The Subject of a follow; None where it is not there any more."""
    if record is not None:
        return of_record(record)
    return of_search(search) if search else network()
