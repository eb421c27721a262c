"""What happened in public."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import F, Q
from django.urls import reverse

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
    path: str
    change: str
    reason: str
    imported_from: str
    at: datetime.datetime

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


def events(limit, *, toolkit=None):
    """The latest public events, the newest first; of a toolkit and its interventions where one is named."""
    rows = PublicationEvent.objects.filter(public=True).exclude(kind=Kind.VOCABULARY)
    if toolkit is not None:
        rows = rows.filter(record__in=PublishedPage.objects.filter(toolkit=toolkit).values("record"))
    found = [Event(**row) for row in rows.order_by("-at", "-id").values(*EVENT_COLUMNS)[:limit]]
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
