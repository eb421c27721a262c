"""The true page, of something that is not public: an approved template over an unpublished payload."""

from django.shortcuts import render
from django.utils import timezone

from toolkits import columns, payloads, policies, published, snapshots
from toolkits.models.publishing import Change, PublishedPage
from toolkits.public.views.families import family_context
from toolkits.public.views.intervention import intervention_context
from toolkits.public.views.syntheses import synthesis_context
from toolkits.published import Page


def _page(*, kind, record, schema, payload, change, note):
    """A published.Page as a publication of `payload` would make it now."""
    live = policies.live(record, kind)
    document = payloads.load(kind, schema, payload)
    row = columns.columns(kind, document)
    now = timezone.now()
    return Page(
        record=record,
        kind=kind,
        path=row["path"],
        title=row["title"],
        summary=row.get("summary", ""),
        language=row.get("language", "en"),
        centre=row["centre"],
        toolkit=row.get("toolkit", ""),
        status=row.get("status", ""),
        state=PublishedPage.State.LIVE,
        state_reason="",
        state_since=None,
        merged_into=None,
        version=live.version + 1 if live else 1,
        first_published_at=getattr(live, "first_published_at", None) or now,
        published_at=now,
        change=change,
        note=note,
        digest="",
        schema=schema,
        payload=payload,
        publication=published.publication_number(),
    )


def preview_of_revision(revision):
    """The page that publishing a revision would make."""
    return _page(
        kind=revision.kind,
        record=revision.record_id,
        schema=revision.schema,
        payload=revision.payload,
        change=revision.change,
        note=revision.note,
    )


def preview_of_draft(document):
    """The page that a working row would make if it were submitted and published as it is."""
    payload, _digest = snapshots.freeze(document)
    return _page(
        kind=document.KIND,
        record=document.pk,
        schema=payloads.SCHEMA,
        payload=payload,
        change=Change.WORDING,
        note="",
    )


def show(request, page):
    """The answer that shows `page` as the public would see it, marked as a preview."""
    if page.kind == "intervention":
        return render(request, "public/intervention.html", {**intervention_context(page), "preview": True})
    context = {"page": page, "document": page.document}
    if page.kind == "synthesis":
        context |= synthesis_context(page.document)
    if page.kind == "family":
        context |= family_context(page)
    return render(request, "editorial/preview.html", context)
