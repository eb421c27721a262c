"""Everything the public side reads: named functions over the published tables, each one query.

Nothing here writes, and nothing touches a working table, a revision or the private column of an
event. A page comes with the publication number it was read at, from the same statement, so that no
answer is ever called newer than it is.
"""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Func, IntegerField, Max, OuterRef, Q, Subquery, Sum, TextField, When
from django.db.models.fields.json import KT
from django.urls import reverse

from toolkits import payloads
from toolkits.models.publishing import (
    Change,
    Kind,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
)

State = PublishedPage.State
LIVE = Q(state=State.LIVE)


@dataclass(frozen=True)
class Page:
    """A published record as its address answers now. `document` is its typed payload."""

    record: int
    kind: str
    path: str
    title: str
    summary: str
    language: str
    centre: str
    toolkit: str
    status: str
    state: str
    state_reason: str
    state_since: datetime.datetime | None
    merged_into: int | None
    version: int
    first_published_at: datetime.datetime
    published_at: datetime.datetime
    change: str
    note: str
    digest: str
    schema: int
    payload: Any = field(repr=False, compare=False)
    publication: int = 0

    @cached_property
    def document(self):
        """The typed payload; msgspec.ValidationError when it does not fit, which `verify` reports.

        None for a shared list, which has no page of its own.
        """
        return None if self.payload is None else payloads.load(self.kind, self.schema, self.payload)

    @property
    def change_label(self):
        """The kind of the last change, in words."""
        return Change(self.change).label

    @property
    def kind_label(self):
        """What kind of record it is, in words."""
        return Kind(self.kind).label


PAGE_COLUMNS = [name for name in Page.__dataclass_fields__ if name != "publication"]


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
    restored_from: int | None
    current: bool
    schema: int
    payload: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def document(self):
        """The typed payload, or None; msgspec.ValidationError when it does not fit."""
        return None if self.payload is None else payloads.load(self.kind, self.schema, self.payload)

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


CHUNK = 2_000  # rows of an index that are read at a time
EVENT_COLUMNS = list(Event.__dataclass_fields__)


class IndexRow(NamedTuple):
    """What lists filter and sort by; `year` (text) for reports, `short_name` for centres, else None."""

    record: int
    kind: str
    state: str
    title: str
    sort_name: str
    centre: str
    toolkit: str
    status: str
    outcomes: list[str]
    settings: list[str]
    ages: list[str]
    levels: list[str]
    bands: list[str]
    sort_impact: int | None
    sort_strength: int | None
    sort_cost: int | None
    published_at: datetime.datetime
    year: str | None
    short_name: str | None


def _number():
    return Subquery(PublicationCounter.objects.values("number")[:1])


def _read(queryset):
    """Pages of `queryset`, in its order."""
    rows = queryset.annotate(publication=_number()).values_list(*PAGE_COLUMNS, "publication")
    return [Page(*row) for row in rows]


def _first(queryset):
    return next(iter(_read(queryset[:1])), None)


def publication_number():
    """The number that rises with whatever changes what the public sees."""
    return PublicationCounter.objects.values_list("number", flat=True).get()


def page_at(path, kind):
    """The page of `kind` at an address, in whatever state; None where there is none."""
    return _first(PublishedPage.objects.filter(path=path, kind=kind))


def page_of_record(record):
    """The page of a record, in whatever state; None where there is none, as for a shared list."""
    return _first(PublishedPage.objects.filter(record=record))


def moved_to(path):
    """The address today of whatever record once had `path`; None when none had."""
    record = Redirect.objects.filter(path=path).values("record")
    return PublishedPage.objects.filter(record__in=record).values_list("path", flat=True).first()


def path_of_record(record):
    """The address today of a record; None where it has none."""
    return PublishedPage.objects.filter(record=record).values_list("path", flat=True).first()


def pages_of_kind(*kinds):
    """All live pages of some kinds, by name."""
    return _read(PublishedPage.objects.filter(LIVE, kind__in=kinds).order_by("sort_name", "record"))


def live_pages(records):
    """The live pages among some records, by record number; one that is not public is not there."""
    found = _read(PublishedPage.objects.filter(LIVE, record__in=list(records)))
    return {page.record: page for page in found}


def _records(queryset):
    return queryset.order_by().values("record")


def _links(queryset):
    unnested = Func(F("links"), function="unnest", output_field=IntegerField())
    return queryset.order_by().annotate(link=unnested).values("link")


def _live_in(*records):
    """Live pages by record number, of all records that the querysets `records` give."""
    # A union, not an "or": each part finds its rows by an index, and the pages come by primary key.
    first, *others = records
    found = _read(PublishedPage.objects.filter(LIVE, record__in=first.union(*others)).order_by("record"))
    return {page.record: page for page in found}


def around_intervention(record, centre):
    """Everything an intervention's page links to, by record number: its families with their live
    members, its owning centre, and who carries on from that centre."""
    families = PublishedPage.objects.filter(LIVE, kind=Kind.FAMILY, links__contains=[record])
    owner = PublishedPage.objects.filter(LIVE, record=centre)
    return _live_in(_records(families), _links(families), _records(owner), _links(owner))


def around_owner(centre):
    """A centre's live page and those of its predecessors and successors, by record number."""
    owner = PublishedPage.objects.filter(LIVE, record=centre)
    return _live_in(_records(owner), _links(owner))


def around_centre(slug, links):
    """What a centre's page leads to, by name: its live toolkits, reports and rating scales, and the
    centres among the records in `links`."""
    own = Q(centre=slug, kind__in=[Kind.TOOLKIT, Kind.REPORT, Kind.METHOD])
    linked = Q(kind=Kind.CENTRE, record__in=list(links))
    return _read(PublishedPage.objects.filter(LIVE, own | linked).order_by("sort_name", "record"))


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


def vocabularies():
    """The shared lists by their slug: `outcomes`, `settings`, `age-bands`, `network`."""
    rows = PublishedVocabulary.objects.values_list("name", "schema", "payload")
    return {name: payloads.load("vocabulary", schema, payload) for name, schema, payload in rows}


def index_rows():
    """Live interventions and reports, and centres and toolkits in any state, without their documents.

    By name, as a generator over one statement: a network of 100,000 need not fit into memory.
    """

    def only(kind, key):
        # Behind a condition, so that no other document is unpacked for it.
        return Case(When(kind=kind, then=KT(f"payload__{key}")), output_field=TextField())

    listed = Q(kind__in=[Kind.INTERVENTION, Kind.REPORT]) & LIVE
    rows = (
        PublishedPage.objects.filter(listed | Q(kind__in=[Kind.CENTRE, Kind.TOOLKIT]))
        .annotate(year=only(Kind.REPORT, "year"), short_name=only(Kind.CENTRE, "short_name"))
        .order_by("sort_name", "record")
        .values_list(*IndexRow._fields)
    )
    return (IndexRow(*row) for row in rows.iterator(chunk_size=CHUNK))


def numbers():
    """The network in numbers, from its live pages: a count by kind, and `rating` for all ratings."""
    counted = Func(F("payload__ratings"), function="jsonb_array_length", output_field=IntegerField())
    rows = (
        PublishedPage.objects.filter(LIVE)
        .values("kind")
        .annotate(pages=Count("record"), ratings=Sum(Case(When(kind=Kind.INTERVENTION, then=counted))))
        .order_by("kind")
    )
    found = {kind.value: 0 for kind in Kind} | {"rating": 0}
    for row in rows:
        found[row["kind"]] = row["pages"]
        found["rating"] += row["ratings"] or 0
    return found


def events(limit, *, toolkit=None):
    """The latest public events, the newest first; of a toolkit and its interventions where one is named."""
    rows = PublicationEvent.objects.filter(public=True).exclude(kind=Kind.VOCABULARY)
    if toolkit is not None:
        rows = rows.filter(record__in=PublishedPage.objects.filter(toolkit=toolkit).values("record"))
    found = [Event(**row) for row in rows.order_by("-at", "-id").values(*EVENT_COLUMNS)[:limit]]
    return [
        event if event.path else replace(event, path=reverse("public:record", args=[event.record])) for event in found
    ]


def addresses():
    """(address, when it last changed) of every live page, in the order of their record numbers."""
    return list(PublishedPage.objects.filter(LIVE).order_by("record").values_list("path", "published_at"))


def anything_published():
    """Whether a network was loaded."""
    return PublishedPage.objects.exists()
