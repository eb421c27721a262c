"""What happened in public."""

import datetime
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import F, Q
from django.urls import reverse

from toolkits.languages import StoredPath
from toolkits.models.publishing import Change, Kind, PublicationEvent, PublishedPage


@dataclass(frozen=True)
class Event:
    """Something that happened to a record in public."""

    id: int
    record: int
    kind: str
    verb: str
    version: int | None
    title: str
    path: str = StoredPath()
    change: str
    reason: str
    imported_from: str
    at: datetime.datetime

    @property
    def address(self):
        """The permanent address: of exactly that version where one was published."""
        if self.version is not None and self.verb in {PublicationEvent.Verb.PUBLISHED, PublicationEvent.Verb.RESTORED}:
            return reverse("public:record_version", args=[self.record, self.version])
        return reverse("public:record", args=[self.record])

    @property
    def verb_label(self):
        """What happened, in a word."""
        return PublicationEvent.Verb(self.verb).label

    @property
    def change_label(self):
        """The kind of change, in words; empty where the event is none."""
        return Change(self.change).label if self.change else ""


@dataclass(frozen=True)
class NumberedEvent(Event):
    """An event with the publication number that it came with, and the slug of the centre whose page it is about."""

    publication: int
    centre: str


EVENT_COLUMNS = list(Event.__dataclass_fields__)


MOST_IN_A_CONDITION = 1_000  # records; of more, events are gone through until there are enough


def _of(rows, *, toolkit, centre, record):
    """The events of a toolkit and its interventions, of what belongs to a centre, or of a record."""
    if toolkit is not None:
        rows = rows.filter(record__in=PublishedPage.objects.filter(toolkit=toolkit).values("record"))
    if centre is not None:
        rows = rows.filter(centre=centre)
    return rows if record is None else rows.filter(record=record)


def events(limit, *, toolkit=None, centre=None, record=None, records=None, after=None, until=None):
    """The latest public events, the newest first, at most `limit` of them.

    Of a toolkit and its interventions, of all that belongs to a centre (their slugs), of one record, or of some
    `records`, where they are named; later than `after` and no later than `until`, where these are given.
    """
    rows = PublicationEvent.objects.filter(public=True).exclude(kind=Kind.VOCABULARY)
    rows = _of(rows, toolkit=toolkit, centre=centre, record=record)
    if after is not None:
        rows = rows.filter(at__gt=after)
    if until is not None:
        rows = rows.filter(at__lte=until)
    rows = rows.order_by("-at", "-id")
    if records is not None and len(records) <= MOST_IN_A_CONDITION:
        rows = rows.filter(record__in=list(records))
    if records is None or len(records) <= MOST_IN_A_CONDITION:
        rows = rows.values(*EVENT_COLUMNS)[:limit]
    else:
        wanted = set(records)
        every = rows.values(*EVENT_COLUMNS).iterator(chunk_size=MOST_IN_A_CONDITION)
        rows = islice((row for row in every if row["record"] in wanted), limit)
    found = [Event(**row) for row in rows]
    return [
        event if event.path else replace(event, path=reverse("public:record", args=[event.record])) for event in found
    ]


def changes(*, number=None, moment=None, after=(0, 0), most):
    """Public events, the earliest first: `most` of those that came after a publication number, or at or after a moment.

    `after` is (publication number, event) of the last one that was read. Numbers come in the order in which readers
    see them, so nothing is ever added before an event that was read.
    """
    rows = PublicationEvent.objects.filter(public=True).annotate(publication=F("step__number"))
    if number is not None:
        rows = rows.filter(publication__gt=number)
    if moment is not None:
        rows = rows.filter(at__gte=moment)
    rows = rows.filter(Q(publication__gt=after[0]) | Q(publication=after[0], id__gt=after[1]))
    rows = rows.order_by("publication", "id").values(*EVENT_COLUMNS, "publication", "centre")
    return [NumberedEvent(**row) for row in rows[:most]]
