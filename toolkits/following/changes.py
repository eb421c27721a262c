"""What there is to tell a follower: the events of what they follow, and what came into a list or left it."""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from toolkits import published
from toolkits.mail import absolute
from toolkits.models import Change as Kind
from toolkits.models import PublicationEvent, PublishedCorrection, PublishedVersion
from toolkits.public import subjects

MOST_TOLD = 30  # changes of one follow in one mail; the rest are counted
MOST_READ = 1_000  # events of one follow, the newest, where a whole network was published anew
Verb = PublicationEvent.Verb


@dataclass(frozen=True)
class Change:
    """One change: what happened to what, when (None: not by itself), why, and `links` as (label, address from the root).

    Of a correction `wrong` says what was wrong, and what that does to the conclusion.
    """

    key: object
    title: str
    what: str
    at: datetime.datetime | None
    why: str
    links: list[tuple[str, str]]
    wrong: str = ""


@dataclass(frozen=True)
class News:
    """What is told of one follow, the newest first. `more` earlier changes are not, and are in the `feed`; `ends` says
    why nothing more will come, if so.

    `found` are the records that its list has now.
    """

    title: str
    path: str
    feed: str = ""
    changes: list[Change] = field(default_factory=list)
    more: int = 0
    ends: str = ""
    found: tuple[int, ...] = ()

    @property
    def says_anything(self):
        """Whether there is anything to tell."""
        return bool(self.changes or self.ends)


def _minor(events):
    """(record, version) of those events of which readers are told nothing."""
    records = {event.record for event in events if event.version}
    rows = PublishedVersion.objects.filter(record__in=records, minor=True)
    return set(rows.values_list("record", "version"))


def _links(event):
    """The version that came and the one before, or the record."""
    if event.version is None or event.verb not in {Verb.PUBLISHED, Verb.RESTORED}:
        return [(_("Where it is now"), event.address)]
    links = [(_("Version %(n)s") % {"n": event.version}, event.address)]
    if event.version > 1:
        before = event.version - 1
        differs = f"{reverse('public:compare', args=[event.record])}?a={before}&b={event.version}"
        links += [
            (_("Version %(n)s, before") % {"n": before}, reverse("public:record_version", args=[event.record, before])),
            (_("What differs"), differs),
        ]
    return links


def _corrected(events):
    """{(record, version): what was wrong, and what that does to the conclusion} of those that corrected an error."""
    records = {event.record for event in events if event.change == Kind.CORRECTION}
    rows = PublishedCorrection.objects.filter(record__in=records)
    return {
        (row.record, row.version): _("What was wrong: %(wrong)s %(conclusion)s.")
        % {"wrong": row.wrong, "conclusion": row.get_conclusion_display()}
        for row in rows
    }


def _change(event, wrong, what=""):
    why = f"{event.change_label}: {event.reason}" if event.change_label and event.reason else event.reason
    return Change(
        key=event.id,
        title=event.title,
        what=f"{event.verb_label}. {what}" if what else event.verb_label,
        at=event.at,
        why=" ".join((why or event.change_label).split()),
        wrong=" ".join(wrong.get((event.record, event.version), "").split()),
        links=_links(event),
    )


def _events(*, after, until, **of):
    """What readers are told of, the newest first."""
    found = published.events(MOST_READ, after=after, until=until, **of)
    minor = _minor(found)
    return [event for event in found if (event.record, event.version) not in minor]


def _of_events(subject, events, *, feed, ends=""):
    wrong = _corrected(events)
    changes = [_change(event, wrong) for event in events]
    return News(
        title=subject.title,
        path=subject.path,
        feed=feed,
        changes=changes[:MOST_TOLD],
        more=max(0, len(changes) - MOST_TOLD),
        ends=ends,
    )


def _of_record(record, after, until):
    page = published.page_of_record(record)
    if page is None:
        return News(title=_("Record %(n)s") % {"n": record}, path="", ends=_("It is not there any more."))
    # Events and feeds of a toolkit and a centre are asked for by slug, of anything else by number.
    slugs = {"toolkit": page.toolkit, "centre": page.centre}
    of, which = (page.kind, slugs[page.kind]) if page.kind in slugs else ("record", record)
    events = _events(after=after, until=until, **{of: which})
    feed = reverse(f"public:{of}_feed", args=[which])
    ends = ""
    if page.state == published.State.REMOVED:
        ends = _("It was removed, so you no longer follow it.")
    elif page.state == published.State.MERGED:
        address = absolute(f"{reverse('public:follow')}?record={page.merged_into}")
        ends = _("It was merged into another page, so you no longer follow it. To follow that one: %(address)s")
        ends %= {"address": address}
    return _of_events(subjects.of_page(page), events, feed=feed, ends=ends)


def _silent(address, record, pages, what):
    """A page that came into a list or left it without an event of its own in this time."""
    page = pages.get(record)
    title = page.title if page else _("Record %(n)s") % {"n": record}
    links = [(_("Where it is now"), reverse("public:record", args=[record]))]
    return Change(key=(address, record), title=title, what=what, at=None, why="", links=links)


def _of_search(address, before, after, until):
    subject = subjects.of_search(address)
    if subject is None or subject.search_now is None:
        return News(title=address, path="", ends=_("This list is not there any more, so you no longer follow it."))
    search = subject.search_now
    if search.problems:
        ends = _("This list can no longer be asked for like this, so you no longer follow it: %(problems)s")
        return News(title=subject.title, path=subject.path, ends=ends % {"problems": " ".join(search.problems)})
    before, now = set(before), set(search.records)
    came, left = now - before, before - now
    events = _events(after=after, until=until, records=before | now)
    words = {record: _("It is new in this list.") for record in came}
    words |= {record: _("It is no longer in this list.") for record in left}
    wrong = _corrected(events)
    changes = [_change(event, wrong, words.get(event.record, "")) for event in events]
    silent = sorted((came | left) - {event.record for event in events})
    pages = published.live_pages(silent[: MOST_TOLD + 1])
    changes += [_silent(address, record, pages, words[record]) for record in silent]
    return News(
        title=subject.title,
        path=subject.path,
        feed=f"{subject.path}{'&' if '?' in subject.path else '?'}format=atom",
        changes=changes[:MOST_TOLD],
        more=max(0, len(changes) - MOST_TOLD),
        found=search.records,
    )


def news_of(follow, *, until):
    """The News of a Follow, from when it was told the last time to `until`, in its language."""
    with override(follow.language):
        return _news_of(follow, until)


def _news_of(follow, until):
    if follow.record is not None:
        return _of_record(follow.record, follow.told_until, until)
    if follow.search:
        return _of_search(follow.search, follow.found, follow.told_until, until)
    events = _events(after=follow.told_until, until=until)
    return _of_events(subjects.network(), events, feed=reverse("public:feed"))
