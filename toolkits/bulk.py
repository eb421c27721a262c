"""Submit, decide and publish many records at once, for the loader.

Same rows, same rules and same triggers as `actions` one by one, in a constant number of statements a
batch: a network of 10,000 records is loaded in a minute instead of ten.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from centres.records import RecordNumber
from toolkits import actions, own_links, payloads, policies, snapshots
from toolkits.copying import claim_ids, copy_rows
from toolkits.models import (
    Decision,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
    Revision,
)
from toolkits.publication_rows import page_row, publication_event, revision_event, revision_row, version_row

Verb = PublicationEvent.Verb


@dataclass(frozen=True)
class Import:
    """A record to publish: its number, the kind of change, what the public is told, what reviewers are told."""

    record: int
    change: str
    note: str
    decision_note: str = ""


def _highest(model, field, records):
    """The highest `field` of each record, by record number."""
    rows = model.objects.filter(record__in=records).order_by().values("record").annotate(highest=Max(field))
    return {row["record"]: row["highest"] for row in rows}


def _check_addresses(pages):
    """Raise AddressInUse where a page's address belongs to another record, published or among `pages`."""
    owners = dict(PublishedPage.objects.filter(path__in=[page.path for page in pages]).values_list("path", "record"))
    for page in pages:
        owner = owners.setdefault(page.path, page.record)
        if owner != page.record:
            raise policies.AddressInUse(
                _("%(title)s (%(record)s): %(path)s belongs to record %(owner)s. Choose another address.")
                % {"title": page.title, "record": page.record, "path": page.path, "owner": owner}
            )


def _revisions(kind, imports, live, by):
    """Unsaved revisions of the records whose content is not live already."""
    model = snapshots.MODELS[kind]
    documents = {row.pk: row for row in snapshots.QUERYSETS[model]().filter(pk__in=[item.record for item in imports])}
    numbers = _highest(Revision, "number", documents)
    for item in imports:
        document = documents[item.record]
        policies.check_can_submit(document, by=by)
        payload, digest = snapshots.freeze(document)
        if policies.is_live(live.get(item.record), digest):
            continue
        number = numbers.get(item.record, 0) + 1
        yield (
            item,
            revision_row(
                document=document,
                payload=payload,
                digest=digest,
                number=number,
                change=item.change,
                note=item.note,
                by=by,
            ),
        )


def _replace_pages(kind, pages, live):
    """Make the living rows say what `pages` say, and leave redirects where addresses moved."""
    model = PublishedVocabulary if kind == "vocabulary" else PublishedPage
    if model is PublishedPage:
        _check_addresses(pages)
        moved = [page for page in pages if page.record in live and live[page.record].path != page.path]
        Redirect.objects.filter(path__in=[page.path for page in pages]).delete()
        old = [Redirect(path=live[page.record].path, record=page.record) for page in moved]
        Redirect.objects.bulk_create(old, update_conflicts=True, unique_fields=["path"], update_fields=["record"])
    copy_rows([page for page in pages if page.record not in live])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    model.objects.bulk_create(
        (page for page in pages if page.record in live),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=columns,
    )


def _add_links(pages):
    """Add to what living rows cite the records that their texts link to, those of the batch too."""
    documents = [payloads.load(page.kind, page.schema, page.payload) for page in pages]
    linking = []
    for page, records in zip(pages, own_links.records_of(documents), strict=True):
        cites = {*page.cites, *records} - {page.record}
        if cites != set(page.cites):
            page.cites = sorted(cites)
            linking.append(page)
    PublishedPage.objects.bulk_update(linking, ["cites"])


@transaction.atomic
def import_records(*, kind, imports, by, imported_from):
    """Publish what changed among `imports` (all of one `kind`); returns the record numbers published.

    Raises policies.NotAnother where `by` is not the loader's own account, and what `actions.submit`
    and `actions.publish` raise, for the first record concerned; nothing is written then.
    """
    if not by.is_loader:
        raise policies.NotAnother(_("Only the loader's own account may import."))
    records = [item.record for item in imports]
    list(RecordNumber.objects.select_for_update().filter(number__in=records).order_by("number"))
    live_model = PublishedVocabulary if kind == "vocabulary" else PublishedPage
    live = live_model.objects.defer("payload").in_bulk(records)

    pairs = list(_revisions(kind, imports, live, by))
    revisions = [revision for _item, revision in pairs]
    claim_ids(revisions)
    copy_rows(revisions)
    copy_rows(
        Decision(
            revision=revision,
            verdict=Decision.Verdict.IMPORTED,
            submitted_by=by,
            decided_by=by,
            note=item.decision_note,
        )
        for item, revision in pairs
    )
    last = _highest(PublishedVersion, "version", records)
    versions = [
        version_row(
            revision=revision, number=last.get(revision.record_id, 0) + 1, change=revision.change, note=revision.note
        )
        for revision in revisions
    ]
    copy_rows(versions)
    pages = [page_row(version, before=live.get(version.record)) for version in versions]
    _replace_pages(kind, pages, live)
    if kind != "vocabulary":
        _add_links(pages)
    copy_rows(
        event
        for (item, revision), version in zip(pairs, versions, strict=True)
        for event in (
            revision_event(revision, Verb.SUBMITTED, by=by, reason=revision.note),
            revision_event(revision, Verb.APPROVED, by=by, reason=item.decision_note),
            publication_event(revision, version, by=by, imported_from=imported_from),
        )
    )
    if revisions:
        actions.raise_publication_number()
    return [revision.record_id for revision in revisions]
