"""Every version of a record, for ever."""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from toolkits.models.publishing import Change, Kind, PublishedVersion
from toolkits.published.documents import read
from toolkits.published.pages import Page, State


@dataclass(frozen=True)
class Version:
    """A version of a record; `document` is None where it was not read whole, as in `versions`."""

    record: int
    version: int
    kind: str
    title: str
    published_at: datetime.datetime
    change: str
    note: str
    digest: str
    minor: bool
    restored_from: int | None
    current: bool
    schema: int
    payload: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def document(self):
        """The typed payload in the active language, or None; msgspec.ValidationError when it does not fit."""
        return read(self.kind, self.schema, self.payload)

    @property
    def before(self):
        """The number of the version before it; 0 where it is the first."""
        return self.version - 1

    @property
    def path(self):
        """The permanent address of exactly this version."""
        return reverse("public:record_version", args=[self.record, self.version])

    @property
    def change_label(self):
        """The kind of change it made, in words."""
        return Change(self.change).label

    @property
    def kind_label(self):
        """What kind of record it is, in words."""
        return Kind(self.kind).label


VERSION_COLUMNS = [name for name in Version.__dataclass_fields__ if name not in {"current", "payload"}]


def versions(record):
    """All versions of a record, the newest first, without their documents."""
    rows = PublishedVersion.objects.filter(record=record).order_by("-version").values(*VERSION_COLUMNS)
    return [Version(**row, current=position == 0) for position, row in enumerate(rows)]


def version(record, number):
    """A version of a record, whole; None where there is none."""
    newest = PublishedVersion.objects.filter(record=OuterRef("record")).values("record").annotate(n=Max("version"))
    row = (
        PublishedVersion.objects.filter(record=record, version=number)
        .annotate(newest=Subquery(newest.values("n")))
        .values(*VERSION_COLUMNS, "payload", "newest")
        .first()
    )
    if row is None:
        return None
    return Version(current=row["version"] == row.pop("newest"), **row)


def whole_versions(record, numbers):
    """Some versions of a record with their documents, by number; one that there is not is not there."""
    rows = PublishedVersion.objects.filter(record=record, version__in=list(numbers))
    return {row["version"]: Version(**row, current=False) for row in rows.values(*VERSION_COLUMNS, "payload")}


def pinned_versions(pins):
    """{record: Version, whole} of (record, version) pairs; one that there is not is not there."""
    rows = _any_of(Q(record=record, version=number) for record, number in pins)
    return {row["record"]: Version(**row, current=False) for row in rows.values(*VERSION_COLUMNS, "payload")}


def versions_after(pins):
    """{record: its Versions after the one of the pair, the newest first}, without their documents."""
    rows = _any_of(Q(record=record, version__gt=number) for record, number in pins)
    found = {}
    for row in rows.order_by("record", "-version").values(*VERSION_COLUMNS):
        later = found.setdefault(row["record"], [])
        later.append(Version(**row, current=not later))
    return found


def _any_of(conditions):
    return PublishedVersion.objects.filter(reduce(or_, conditions, Q(pk__in=[])))


def shared_list(history):
    """The page of a shared list, which has no row of its own, from its `versions`, the newest first."""
    newest, oldest = history[0], history[-1]
    return Page(
        record=newest.record,
        kind=newest.kind,
        path=reverse("public:record", args=[newest.record]),
        title=newest.title,
        summary="",
        language="en",
        centre="",
        toolkit="",
        status="",
        state=State.LIVE,
        state_reason="",
        state_since=None,
        merged_into=None,
        version=newest.version,
        first_published_at=oldest.published_at,
        published_at=newest.published_at,
        change=newest.change,
        note=newest.note,
        digest=newest.digest,
        schema=newest.schema,
        payload=newest.payload,
    )


def shared_lists():
    """The pages of all shared lists, by record number, in one query."""
    first = PublishedVersion.objects.filter(record=OuterRef("record"), version=1).values("published_at")
    rows = (
        PublishedVersion.objects.filter(kind=Kind.VOCABULARY)
        .order_by("record", "-version")
        .distinct("record")
        .annotate(first=Subquery(first))
        .values(*VERSION_COLUMNS, "payload", "first")
    )
    return [_newest(**row) for row in rows]


def _newest(*, first, **row):
    return replace(shared_list([Version(**row, current=True)]), first_published_at=first)
