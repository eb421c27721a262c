"""Atom feeds of what happened in public: everything, one toolkit, or the corrections alone."""

import datetime

from django.contrib.syndication.views import Feed
from django.urls import resolve, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public.answers import conditional, gone, moved, public, redirect_to

LATEST = 50
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class SteadyAtom(Atom1Feed):
    """Atom that is not dated by the request while nothing has happened yet: the same feed is the same bytes."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class ChangesFeed(Feed):
    """The latest public events of the network."""

    feed_type = SteadyAtom

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


class CorrectionsFeed(Feed):
    """The latest corrections of the network."""

    feed_type = SteadyAtom

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
        return f"{correction.wrong} {correction.note} {correction.conclusion_label}."

    def item_link(self, correction):
        """The permanent address of the version that put it right."""
        return correction.path

    def item_guid(self, correction):
        """The correction's own name, which never changes."""
        return f"urn:whatworks:correction:{correction.record}:{correction.version}"

    def item_pubdate(self, correction):
        """When it was published."""
        return correction.at

    item_updateddate = item_pubdate


_changes, _toolkit, _corrections = ChangesFeed(), ToolkitFeed(), CorrectionsFeed()


@public
def feed(request):
    """/feeds/changes.xml"""
    return conditional(request, [published.publication_number()], lambda: _changes(request))


@public
def corrections_feed(request):
    """/feeds/corrections.xml"""
    return conditional(request, [published.publication_number()], lambda: _corrections(request))


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
