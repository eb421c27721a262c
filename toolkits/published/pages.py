"""The pages as their addresses answer now, and what lists and indexes are made of.

A page comes with the publication number it was read at, from the same statement, so that no answer is
ever called newer than it is.
"""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Func, IntegerField, Q, Subquery, Sum, TextField, When
from django.db.models.fields.json import KT

from toolkits import payloads
from toolkits.languages import StoredPath, in_language, spoken, stored
from toolkits.models.publishing import (
    Change,
    Kind,
    PublicationCounter,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
)
from toolkits.published.corrections import page_corrections
from toolkits.published.documents import WrittenText, read

State = PublishedPage.State
LIVE = Q(state=State.LIVE)


@dataclass(frozen=True)
class Page:
    """A published record as its address answers now. `document` is its typed payload."""

    record: int
    kind: str
    path: str = StoredPath()
    title: str = WrittenText("name")
    summary: str = WrittenText("summary")
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
    corrections: Any = field(default=(), repr=False, compare=False)
    publication: int = 0

    @cached_property
    def document(self):
        """The typed payload in the active language; None for a shared list, which has no page of its own."""
        return read(self.kind, self.schema, self.payload)

    def in_welsh(self, text):
        """A text of the document (`name`, `summary`) in Welsh; empty where its centre gave none."""
        return ((self.payload or {}).get("welsh") or {}).get(text, "")

    @property
    def title_in(self):
        """The language that its title is in."""
        return "cy" if spoken() == "cy" and self.in_welsh("name") else self.language

    @property
    def summary_in(self):
        """The language that its summary is in."""
        return "cy" if spoken() == "cy" and self.in_welsh("summary") else self.language

    def showing(self, document):
        """This page with `document` in place of its own, to which something was added when it was read."""
        page = replace(self)
        page.__dict__["document"] = document
        return page

    @cached_property
    def corrected(self):
        """Every correction of the page so far (PageCorrection), the newest first."""
        return page_corrections(self.corrections)

    @property
    def change_label(self):
        """The kind of the last change, in words."""
        return Change(self.change).label

    @property
    def kind_label(self):
        """What kind of record it is, in words."""
        return Kind(self.kind).label


PAGE_COLUMNS = [name for name in Page.__dataclass_fields__ if name != "publication"]
LARGEST_NUMBER = 2**31 - 1  # of a record; in an array the database refuses to look for more
CHUNK = 2_000  # rows of an index that are read at a time


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
    return _first(PublishedPage.objects.filter(path=stored(path), kind=kind))


def page_of_record(record):
    """The page of a record, in whatever state; None where there is none, as for a shared list."""
    return _first(PublishedPage.objects.filter(record=record))


def moved_to(path):
    """The address today of whatever record once had `path`; None when none had."""
    record = Redirect.objects.filter(path=stored(path)).values("record")
    return in_language(PublishedPage.objects.filter(record__in=record).values_list("path", flat=True).first())


def path_of_record(record):
    """The address today of a record; None where it has none."""
    return in_language(PublishedPage.objects.filter(record=record).values_list("path", flat=True).first())


def pages_of_kind(*kinds):
    """All live pages of some kinds, by name."""
    return _read(PublishedPage.objects.filter(LIVE, kind__in=kinds).order_by("sort_name", "record"))


def live_pages(records):
    """The live pages among some records, by record number; one that is not public is not there."""
    found = _read(PublishedPage.objects.filter(LIVE, record__in=list(records)))
    return {page.record: page for page in found}


def pages_of_records(records):
    """{record: Page} of some records in whatever state, and of what they were merged into."""
    asked = Q(record__in=list(records))
    into = PublishedPage.objects.filter(asked, merged_into__isnull=False).values("merged_into")
    return {page.record: page for page in _read(PublishedPage.objects.filter(asked | Q(record__in=into)))}


def pages_about_others():
    """The pages that say something about others: live centres, which may have ended, and the rating scales, in
    any state, that took the place of an earlier version."""
    succeeding = Q(kind=Kind.METHOD) & ~Q(links=[])
    return _read(PublishedPage.objects.filter((Q(kind=Kind.CENTRE) & LIVE) | succeeding).order_by("record"))


def citing(records):
    """{record: records it rests on} of the live interventions that rest on any of `records`."""
    rows = PublishedPage.objects.filter(LIVE, kind=Kind.INTERVENTION, cites__overlap=list(records))
    return dict(rows.values_list("record", "cites")) if records else {}


def _records(queryset):
    return queryset.order_by().values("record")


def _links(queryset):
    unnested = Func(F("links"), function="unnest", output_field=IntegerField())
    return queryset.order_by().annotate(link=unnested).values("link")


def around_intervention(record):
    """The live families of an intervention, their live members, and its live syntheses, by record number."""
    families = PublishedPage.objects.filter(LIVE, kind=Kind.FAMILY, links__contains=[record])
    leading_here = PublishedPage.objects.filter(LIVE, kind__in=[Kind.FAMILY, Kind.SYNTHESIS], links__contains=[record])
    # A union, not an "or": each part finds its rows by an index, and the pages come by primary key.
    around = PublishedPage.objects.filter(LIVE, record__in=_records(leading_here).union(_links(families)))
    return {page.record: page for page in _read(around.order_by("record"))}


def around_shortlist(records):
    """The pages of `records`, in whatever state, and the live syntheses that lead to any of them, by record number."""
    records = [record for record in records if record <= LARGEST_NUMBER]
    leading_here = PublishedPage.objects.filter(LIVE, kind=Kind.SYNTHESIS, links__overlap=records)
    asked = PublishedPage.objects.filter(record__in=records)
    around = PublishedPage.objects.filter(record__in=_records(asked).union(_records(leading_here)))
    return {page.record: page for page in _read(around.order_by("record"))}


def syntheses_of_intervention(record):
    """The live syntheses that are shown on an intervention's page: those of centres first, then by number."""
    found = PublishedPage.objects.filter(LIVE, kind=Kind.SYNTHESIS, links__contains=[record])
    return _read(found.order_by("status", "record"))


def syntheses_of_study(record):
    """The live syntheses that a study was found for, by number."""
    if record > LARGEST_NUMBER:
        return []
    return _read(PublishedPage.objects.filter(LIVE, kind=Kind.SYNTHESIS, cites__contains=[record]).order_by("record"))


def study_merged_into(record):
    """The number of the study that a study is a second copy of, as the newest published synthesis that says so has it;
    None where none does."""
    if record > LARGEST_NUMBER:
        return None
    said = PublishedVersion.objects.filter(
        kind=Kind.SYNTHESIS, payload__rows__contains=[{"study": {"copies": [record]}}]
    )
    newest = said.order_by("-published_at", "-pk").first()
    if newest is None:
        return None
    rows = payloads.load(newest.kind, newest.schema, newest.payload).rows
    return next(row.study.record for row in rows if record in row.study.copies)


def around_centre(slug):
    """What a centre's page leads to, by name: its live toolkits, reports and rating scales."""
    kinds = [Kind.TOOLKIT, Kind.REPORT, Kind.METHOD]
    return _read(PublishedPage.objects.filter(LIVE, centre=slug, kind__in=kinds).order_by("sort_name", "record"))


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


def anything_published():
    """Whether a network was loaded."""
    return PublishedPage.objects.exists()
