"""The rows that a submission, a decision and a publication write, made but not saved.

`actions` saves them one record at a time, `bulk` many at once; what a row says is decided here only.
"""

from django.utils import timezone

from toolkits import columns, payloads, snapshots
from toolkits.models import PublicationEvent, PublishedPage, PublishedVersion, PublishedVocabulary, Revision


def revision_row(*, document, payload, digest, number, by, **said):
    """The Revision of a working row, `payload` and `digest` being what `snapshots.freeze` made of it.

    `said` is what the public is told: change, note, minor, wrong, conclusion.
    """
    typed = payloads.load(document.KIND, payloads.SCHEMA, payload)
    return Revision(
        record_id=document.pk,
        kind=document.KIND,
        number=number,
        centre=snapshots.owner(document),
        title=columns.title(document.KIND, typed),
        path=columns.path(document.KIND, typed),
        schema=payloads.SCHEMA,
        payload=payload,
        digest=digest,
        submitted_by=by,
        **said,
    )


def version_row(*, revision, number, change, note, minor=False, restored_from=None):
    """The PublishedVersion with a revision's content, as version `number` of its record."""
    return PublishedVersion(
        record=revision.record_id,
        version=number,
        kind=revision.kind,
        path=revision.path,
        title=revision.title,
        schema=revision.schema,
        payload=revision.payload,
        digest=revision.digest,
        revision_number=revision.number,
        published_at=timezone.now(),
        change=change,
        note=note,
        minor=minor,
        restored_from=restored_from,
    )


def page_row(version, *, before, correction=None):
    """The living row of a record, saying what `version` says. `before` is what it was, or None.

    A PublishedPage; for a shared list a PublishedVocabulary. `correction` (dict) is added to those it tells of.
    """
    document = payloads.load(version.kind, version.schema, version.payload)
    same = {
        "record": version.record,
        "version": version.version,
        "schema": version.schema,
        "payload": version.payload,
        "digest": version.digest,
        "published_at": version.published_at,
    }
    if version.kind == "vocabulary":
        return PublishedVocabulary(name=document.slug, **same)
    if version.minor and before:
        same["published_at"] = before.published_at
    corrections = before.corrections if before else []
    if correction:
        told = {"version": version.version, "at": version.published_at.isoformat(), **correction}
        corrections = [told, *corrections]
    return PublishedPage(
        kind=version.kind,
        **(columns.columns(version.kind, document) | {"path": version.path}),
        **same,
        first_published_at=before.first_published_at if before else version.published_at,
        corrections=corrections,
        change=version.change,
        note=version.note,
    )


def event_row(*, record, kind, verb, by, centre, title, path="", **more):
    """The PublicationEvent of what `by` did to a record; `centre` is the owner's slug."""
    return PublicationEvent(
        record=record,
        kind=kind,
        verb=verb,
        public=verb in PublicationEvent.PUBLIC_VERBS,
        title=title,
        path=path,
        centre=centre,
        at=timezone.now(),
        by=by,
        **more,
    )


def revision_event(revision, verb, *, by, **more):
    """The event of a step that a revision took."""
    return event_row(
        record=revision.record_id,
        kind=revision.kind,
        verb=verb,
        by=by,
        centre=revision.centre.slug if revision.centre else "",
        title=revision.title,
        **more,
    )


def publication_event(revision, version, *, by, imported_from=""):
    """The event of a revision having become `version` (PublishedVersion), which the public is told."""
    return revision_event(
        revision,
        PublicationEvent.Verb.PUBLISHED,
        by=by,
        path=revision.path,
        version=version.version,
        change=revision.change,
        reason=revision.note,
        imported_from=imported_from,
    )
