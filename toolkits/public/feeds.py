"""Atom feeds of what happened in public: everything, a centre, a toolkit, a record, a list, or the corrections alone.

What they are called by never changes, whatever their addresses do: names by RFC 4151, of the host and the year in
which this began.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import resolve, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.languages import stored
from toolkits.public.answers import conditional, gone, moved, public, redirect_to

LATEST = 50
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
NAMES_BEGAN = 2026


def tag_name(*parts):
    """A name (RFC 4151) that stays, for a feed or one of its entries."""
    return f"tag:{urlsplit(settings.ADDRESS).hostname},{NAMES_BEGAN}:{':'.join(map(str, parts))}"


class SteadyAtom(Atom1Feed):
    """Atom that is not dated by the request while nothing has happened yet: the same feed is the same bytes."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class NamedFeed(Feed):
    """A feed with a lasting name, and an author, which Atom asks for."""

    feed_type = SteadyAtom

    def author_name(self, _page):
        """Who speaks: the portal, of what centres published."""
        return _("What Works")


class ChangesFeed(NamedFeed):
    """The latest public events of the network."""

    def feed_guid(self, _page):
        """Its lasting name."""
        return tag_name("changes")

    def title(self, _page):
        """The feed's name."""
        return _("What Works: what changed")

    def subtitle(self, _page):
        """What the feed is about."""
        return _("Every page published, restored, withdrawn, removed or merged, with the reason.")

    def link(self, _page):
        """The page it belongs to."""
        return reverse("public:home")

    def items(self, _page):
        """The events, the newest first."""
        return published.events(LATEST)

    def item_title(self, event):
        """What happened to what."""
        return f"{event.title}: {event.verb_label}"

    def item_description(self, event):
        """The kind of change, why, and where it was imported from."""
        source = _("Imported from %(source)s.") % {"source": event.imported_from} if event.imported_from else ""
        # A summary of Atom's is HTML, and what people wrote is not.
        return escape(
            " ".join(
                part for part in (f"{event.change_label}." if event.change_label else "", event.reason, source) if part
            )
        )

    def item_link(self, event):
        """The permanent address: of exactly that version where one was published."""
        return event.address

    def item_guid(self, event):
        """The event's own name, which never changes: two events may concern one version."""
        return tag_name("event", event.id)

    def item_pubdate(self, event):
        """When it happened."""
        return event.at

    item_updateddate = item_pubdate


class PageFeed(ChangesFeed):
    """The latest public events of a record."""

    def get_object(self, request, page):
        """The page, which the view has found."""
        return page

    def feed_guid(self, page):
        """Its lasting name."""
        return tag_name("record", page.record)

    def title(self, page):
        """The feed's name."""
        return _("%(title)s: what changed") % {"title": page.title}

    def link(self, page):
        """The page it belongs to."""
        return page.path

    def items(self, page):
        """The events, the newest first."""
        return published.events(LATEST, record=page.record)


class ToolkitFeed(PageFeed):
    """The latest public events of a toolkit and its interventions."""

    def items(self, page):
        """The events, the newest first."""
        return published.events(LATEST, toolkit=page.toolkit)


class CentreFeed(PageFeed):
    """The latest public events of a centre and of all that belongs to it."""

    def items(self, page):
        """The events, the newest first."""
        return published.events(LATEST, centre=page.centre)


@dataclass(frozen=True)
class List:
    """A list with its filters: `words` name it, `address` is its one spelling, `records` are in it now."""

    words: str
    address: str
    records: list[int]


class ListFeed(ChangesFeed):
    """The latest public events of the pages that are in a list now."""

    def get_object(self, request, found):
        """The List, which the view has found."""
        return found

    def feed_guid(self, found):
        """Its lasting name."""
        return tag_name("list", stored(found.address))

    def title(self, found):
        """The feed's name."""
        return _("%(title)s: what changed") % {"title": found.words}

    def subtitle(self, _found):
        """What the feed is about."""
        return _("What happened to the pages that are in this list now, with the reason.")

    def link(self, found):
        """The list."""
        return found.address

    def items(self, found):
        """The events, the newest first."""
        return published.events(LATEST, records=found.records)


class CorrectionsFeed(NamedFeed):
    """The latest corrections of the network."""

    def feed_guid(self, _page):
        """Its lasting name."""
        return tag_name("corrections")

    def title(self, _page):
        """The feed's name."""
        return _("What Works: corrections")

    def subtitle(self, _page):
        """What the feed is about."""
        return _("Every error that was public: what was wrong, what changed, and whether the conclusion changes.")

    def link(self, _page):
        """The page it belongs to."""
        return reverse("public:corrections")

    def items(self, _page):
        """The corrections, the newest first."""
        return published.corrections(most=LATEST)

    def item_title(self, correction):
        """What was corrected."""
        return _("Correction: %(title)s") % {"title": correction.title}

    def item_description(self, correction):
        """What was wrong, what changed, and what that does to the conclusion."""
        return escape(f"{correction.wrong} {correction.note} {correction.conclusion_label}.")

    def item_link(self, correction):
        """The permanent address of the version that put it right."""
        return correction.path

    def item_guid(self, correction):
        """The correction's own name, which never changes."""
        return tag_name("correction", correction.record, correction.version)

    def item_pubdate(self, correction):
        """When it was published."""
        return correction.at

    item_updateddate = item_pubdate


_changes, _corrections = ChangesFeed(), CorrectionsFeed()
_record, _toolkit, _centre, _list = PageFeed(), ToolkitFeed(), CentreFeed(), ListFeed()


@public
def feed(request):
    """/feeds/changes.xml"""
    return conditional(request, [published.publication_number()], lambda: _changes(request))


@public
def corrections_feed(request):
    """/feeds/corrections.xml"""
    return conditional(request, [published.publication_number()], lambda: _corrections(request))


def _feed_of(request, kind, slug, feed):
    """The feed of the `kind` of page with a slug; where the page moved, its feed moves with it."""
    path = reverse(f"public:{kind}", args=[slug])
    page = published.page_at(path, kind)
    if page is not None and page.state == published.State.REMOVED:
        return gone(request, page)
    target = moved(page, path)
    if target:
        return redirect_to(request, reverse(f"public:{kind}_feed", kwargs=resolve(target).kwargs))
    return conditional(request, [page.publication], lambda: feed(request, page=page))


@public
def toolkit_feed(request, toolkit):
    """/feeds/<toolkit>.xml"""
    return _feed_of(request, "toolkit", toolkit, _toolkit)


@public
def centre_feed(request, centre):
    """/feeds/centres/<centre>.xml"""
    return _feed_of(request, "centre", centre, _centre)


@public
def record_feed(request, record):
    """/feeds/records/<record>.xml, for ever: also of one that was withdrawn, removed or merged, which is an event."""
    page = published.page_of_record(record) if record <= published.LARGEST_NUMBER else None
    if page is None:
        raise Http404(f"record {record}")
    return conditional(request, [page.publication], lambda: _record(request, page=page))


def list_feed(request, *, words, address, records):
    """The feed of a list, for the view that answers it."""
    return _list(request, found=List(words=words, address=address, records=records))
