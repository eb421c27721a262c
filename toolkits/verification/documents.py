"""Digests, and what stands twice: a version and its revision, a page and its newest version, columns and document."""

import msgspec
from django.db.models import Exists, Max, OuterRef

from toolkits import own_links, payloads, publication_rows, snapshots
from toolkits.models import Decision, PublishedPage, PublishedVersion, PublishedVocabulary, Revision
from toolkits.verification.problems import PUBLISH_AGAIN, RESTORE, Problem

CHUNK = 200
OUT = [Decision.Verdict.APPROVED, Decision.Verdict.EMERGENCY, Decision.Verdict.IMPORTED]
# Of the living row and of its version, what says the same.
SAME = ("kind", "path", "digest", "schema", "change", "note")


def chunks(queryset):
    """The rows of a queryset, some at a time."""
    rows = []
    for row in queryset.iterator(chunk_size=CHUNK):
        rows.append(row)
        if len(rows) == CHUNK:
            yield rows
            rows = []
    if rows:
        yield rows


def _digest_holds(row, kind, record):
    return snapshots.digest(kind=kind, record=record, schema=row.schema, payload=row.payload) == row.digest


def revisions():
    """Every submission: its digest."""
    for rows in chunks(Revision.objects.order_by("pk")):
        yield (
            len(rows),
            [
                Problem(f"revision {row.number} is not what was submitted: its digest differs", RESTORE, row.record_id)
                for row in rows
                if not _digest_holds(row, row.kind, row.record_id)
            ],
        )


def versions():
    """Every version: its digest, its revision, the approval of that; and that none is missing."""
    revision = Revision.objects.filter(record=OuterRef("record"), number=OuterRef("revision_number"))
    decision = Decision.objects.filter(
        revision__record=OuterRef("record"), revision__number=OuterRef("revision_number"), verdict__in=OUT
    )
    queryset = PublishedVersion.objects.order_by("record", "version").annotate(
        has_revision=Exists(revision.filter(digest=OuterRef("digest"))), has_decision=Exists(decision)
    )
    for rows in chunks(queryset):
        yield len(rows), [problem for row in rows for problem in _of_version(row)]
    counted = PublishedVersion.objects.values("record").annotate(last=Max("version"))
    for rows in chunks(counted.order_by("record")):
        yield 0, list(_gaps(rows))


def _of_version(row):
    if not _digest_holds(row, row.kind, row.record):
        yield Problem("its content is not what was published: the digest differs", RESTORE, row.record, row.version)
    if not row.has_revision:
        what = f"no revision {row.revision_number} with this content was ever submitted"
        yield Problem(what, RESTORE, row.record, row.version)
    elif not row.has_decision:
        yield Problem(f"revision {row.revision_number} was never approved", RESTORE, row.record, row.version)


def _gaps(rows):
    records = [row["record"] for row in rows]
    there = {}
    for record, version in PublishedVersion.objects.filter(record__in=records).values_list("record", "version"):
        there.setdefault(record, set()).add(version)
    for row in rows:
        for version in sorted(set(range(1, row["last"] + 1)) - there[row["record"]]):
            yield Problem("this version is missing", RESTORE, row["record"], version)


def _newest(rows):
    """{record: its newest PublishedVersion} of living rows."""
    found = PublishedVersion.objects.filter(record__in=[row.record for row in rows])
    return {version.record: version for version in found.order_by("record", "-version").distinct("record")}


def vocabularies():
    """Every shared list: its digest, and that it is its newest version."""
    yield from _living(PublishedVocabulary, ("digest", "schema"), lambda row, newest: ())


def pages():
    """Every page: its digest, that it is its newest version, and its columns; and that no page is missing."""
    yield from _living(PublishedPage, SAME, _columns)


def _living(model, same, more):
    for rows in chunks(model.objects.order_by("record")):
        newest = _newest(rows)
        yield len(rows), [problem for row in rows for problem in _of_living(row, newest.get(row.record), same, more)]
    known = model.objects.filter(record=OuterRef("record"))
    is_list = {"kind": "vocabulary"}
    versions = PublishedVersion.objects
    of_model = versions.filter(**is_list) if model is PublishedVocabulary else versions.exclude(**is_list)
    lost = of_model.filter(~Exists(known), version=1).order_by("record")
    yield 0, [Problem("it was published and has no page any more", RESTORE, row.record) for row in lost.iterator()]


def _of_living(row, newest, same, more):
    kind = getattr(row, "kind", "vocabulary")
    if not _digest_holds(row, kind, row.record):
        yield Problem("the page is not what was published: its digest differs", RESTORE, row.record, row.version)
        return
    if newest is None:
        yield Problem("the page shows a version that was never published", RESTORE, row.record, row.version)
        return
    if row.version != newest.version:
        what = f"the page shows version {row.version}, and the newest is {newest.version}"
        yield Problem(what, PUBLISH_AGAIN, row.record, newest.version)
        return
    for name in same:
        if getattr(row, name) != getattr(newest, name):
            yield Problem(f"“{name}” of the page is not that of its version", PUBLISH_AGAIN, row.record, row.version)
    yield from more(row, newest)


def _columns(row, newest):
    """What lists filter and sort by, derived anew. Links in texts were resolved when the page was written, so of
    what it rests on there may be more than is found today, and never less than the document says."""
    try:
        document = payloads.load(newest.kind, newest.schema, newest.payload)
        derived = publication_rows.page_row(newest, before=row)
    except msgspec.ValidationError as error:
        what = f"this release cannot read its document: {error}"
        yield Problem(what, "report it as a fault of the portal, with the record", row.record, row.version)
        return
    fields = [field.attname for field in PublishedPage._meta.concrete_fields]
    unlike = [name for name in fields if name in _DERIVED and getattr(row, name) != getattr(derived, name)]
    said = set(derived.cites)
    allowed = said | own_links.records(document) if set(row.cites) - said else said
    if not said - {row.record} <= set(row.cites) or not set(row.cites) <= allowed:
        unlike.append("cites")
    for name in unlike:
        what = f"the list column “{name}” is not what its document says"
        yield Problem(what, PUBLISH_AGAIN, row.record, row.version)


_NOT_OF_THE_DOCUMENT = {
    *("record", "kind", "version", "schema", "payload", "digest", "change", "note", "path"),
    *("state", "state_reason", "state_since", "merged_into"),
    *("first_published_at", "published_at", "corrections", "cites"),
}
_DERIVED = {field.attname for field in PublishedPage._meta.concrete_fields} - _NOT_OF_THE_DOCUMENT
