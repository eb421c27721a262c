"""Atom feeds of what happened in public: everything, or one toolkit."""

from django.contrib.syndication.views import Feed
from django.urls import resolve, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import conditional, gone, moved, public, redirect_to

LATEST = 50


class ChangesFeed(Feed):
    """The latest public events of the network."""

    feed_type = Atom1Feed

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
        return " ".join(
            part for part in (f"{event.change_label}." if event.change_label else "", event.reason, source) if part
        )

    def item_link(self, event):
        """The permanent address: of exactly that version where one was published."""
        if event.version is not None and event.verb in {"published", "restored"}:
            return reverse("public:record_version", args=[event.record, event.version])
        return reverse("public:record", args=[event.record])

    def item_guid(self, event):
        """The event's own name, which never changes: two events may concern one version."""
        return f"urn:whatworks:event:{event.id}"

    def item_pubdate(self, event):
        """When it happened."""
        return event.at

    item_updateddate = item_pubdate


class ToolkitFeed(ChangesFeed):
    """The latest public events of a toolkit and its interventions."""

    def get_object(self, request, page):
        """The toolkit's page, which the view has found."""
        return page

    def title(self, page):
        """The feed's name."""
        return _("%(toolkit)s: what changed") % {"toolkit": page.title}

    def link(self, page):
        """The page it belongs to."""
        return page.path

    def items(self, page):
        """The events, the newest first."""
        return published.events(LATEST, toolkit=page.toolkit)


_changes, _toolkit = ChangesFeed(), ToolkitFeed()


@public
def feed(request):
    """/feeds/changes.xml"""
    return conditional(request, [published.publication_number()], lambda: _changes(request))


@public
def toolkit_feed(request, toolkit):
    """/feeds/<toolkit>.xml; where the toolkit moved, its feed moves with it."""
    path = reverse("public:toolkit", args=[toolkit])
    page = published.page_at(path, "toolkit")
    if page is not None and page.state == published.State.REMOVED:
        return gone(request, page)
    target = moved(page, path)
    if target:
        return redirect_to(request, reverse("public:toolkit_feed", kwargs=resolve(target).kwargs))
    return conditional(request, [page.publication], lambda: _toolkit(request, page=page))
