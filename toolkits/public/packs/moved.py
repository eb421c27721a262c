"""What has happened to the records of a pack since: newer versions with their reasons, withdrawal, merging, removal."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published


@dataclass(frozen=True)
class Moved:
    """A record that is not as the pack has it. `changes` are its later versions, the newest first."""

    page: published.Page
    version: int
    changes: list[published.Version]
    into: published.Page | None

    @property
    def state_words(self):
        """What became of the record, in words; empty where it is live."""
        return {
            published.State.WITHDRAWN: _("It has been withdrawn."),
            published.State.MERGED: _("It has been merged into another record."),
            published.State.REMOVED: _("It has been removed, so this pack no longer shows it."),
        }.get(self.page.state, "")

    @property
    def is_removed(self):
        """Whether nothing of it may be shown any more but that it was there."""
        return self.page.state == published.State.REMOVED

    @property
    def compare_path(self):
        """Where the pack's version and the newest are shown side by side; empty where there is nothing to compare."""
        if self.is_removed or not self.changes:
            return ""
        versions = urlencode({"a": self.version, "b": self.page.version})
        return f"{reverse('public:compare', args=[self.page.record])}?{versions}"


def moved(pins, pages, later):
    """A Moved for each of `pins`, (record, version), that is not as it was.

    `pages` are the pages of today by record, in whatever state; `later` the versions after the pinned ones by record.
    """
    found = []
    for record, version in pins:
        page, changes = pages[record], later.get(record, [])
        if changes or page.state != published.State.LIVE:
            into = pages.get(page.merged_into) if page.state == published.State.MERGED else None
            found.append(Moved(page, version, [] if page.state == published.State.REMOVED else changes, into))
    return found
