"""All that is published, row by row and as it was at one moment: what the open data are made of."""

import datetime
from contextlib import contextmanager
from dataclasses import replace

from django.db import connections, transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from toolkits import payloads
from toolkits.models.publishing import Kind, PublicationCounter, PublicationEvent, PublishedPage
from toolkits.published.events import EVENT_COLUMNS, NumberedEvent
from toolkits.published.pages import CHUNK, LIVE, PAGE_COLUMNS, Page
from toolkits.published.source import database

AS_TEXT = [Cast(name, TextField()) if name == "payload" else name for name in PAGE_COLUMNS]


@contextmanager
def one_moment():
    """Everything read inside was true at the same moment, whatever is published meanwhile.

    Inside a transaction that has begun already, that is up to it: its isolation cannot be changed any more.
    """
    connection = connections[database()]
    begun = connection.in_atomic_block
    with transaction.atomic(using=connection.alias):
        if not begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def stamp():
    """(publication number, number of the newest public event or 0, when that was or None), in one query.

    The event tells a restored database apart, which may count on from a publication number it has had before.
    """
    newest = PublicationEvent.objects.filter(public=True).order_by("-id")
    row = PublicationCounter.objects.values_list("number", newest.values("id")[:1], newest.values("at")[:1]).get()
    return row[0], row[1] or 0, row[2]


def live_records():
    """{kind: the numbers of its live pages}."""
    found = {kind.value: set() for kind in Kind}
    rows = PublishedPage.objects.filter(LIVE).order_by().values_list("kind", "record")
    for kind, record in rows.iterator(chunk_size=CHUNK):
        found[kind].add(record)
    return found


def every_page(kind, *, newest_first=False):
    """The live pages of a kind, one at a time: by record number, or those published last first.

    Their documents are read from the text of the payload in one step, which costs a third of two.
    """
    order = ("-published_at", "record") if newest_first else ("record",)
    rows = PublishedPage.objects.filter(LIVE, kind=kind).order_by(*order).values_list(*AS_TEXT)
    for row in rows.iterator(chunk_size=CHUNK):
        page = Page(*row)
        page.__dict__["document"] = payloads.read(kind, page.schema, page.payload)
        yield page


def every_event():
    """Every public event, one at a time, in the order in which readers could see what happened."""
    rows = PublicationEvent.objects.filter(public=True).annotate(publication=F("step__number"))
    rows = rows.order_by("publication", "id").values(*EVENT_COLUMNS, "publication", "centre")
    for row in rows.iterator(chunk_size=CHUNK):
        event = NumberedEvent(**row)
        yield event if event.path else replace(event, path=reverse("public:record", args=[event.record]))


def last_change():
    """When something public last happened; None before anything was published."""
    at = PublicationEvent.objects.filter(public=True).order_by("-at").values_list("at", flat=True).first()
    return at.astimezone(datetime.UTC) if at else None
