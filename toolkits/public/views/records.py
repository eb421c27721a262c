"""Permanent addresses: the living record, exactly one version, and the history of whatever is no intervention."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from toolkits import published
from toolkits.public.answers import answer, gone, instead, public
from toolkits.public.index import snapshot_at
from toolkits.public.older import marked
from toolkits.public.sections import missing_sections
from toolkits.public.views.syntheses import synthesis_context


@public
def record(request, record):
    """Lead to the living page, for now: the record is permanent, its address may move."""
    page = published.page_of_record(record)
    if page is None:
        history = published.versions(record)
        if history:
            return HttpResponseRedirect(history[0].path)
        if published.syntheses_of_study(record) or published.study_merged_into(record):
            return HttpResponseRedirect(reverse("public:study", args=[record]))
        raise Http404(f"record {record}")
    return instead(request, page, page.path) or HttpResponseRedirect(page.path)


@public
def record_version(request, record, version):
    """Exactly that version, for ever; 410 once its record was removed."""
    found = published.version(record, version)
    if found is None:
        raise Http404(f"record {record}, version {version}")
    page = published.page_of_record(record)
    if page and page.state == published.State.REMOVED:
        return gone(request, page)

    if page is None:
        page = published.shared_list([found] if found.current else published.versions(record))
    into = published.page_of_record(page.merged_into) if page.state == published.State.MERGED else None

    def context():
        document = found.document
        if found.kind == "intervention":
            document = marked(document, snapshot_at(page.publication).successors)
        return {
            "version": found,
            "document": document,
            "kind": found.kind,
            "record": record,
            "current": None if page.state == published.State.MERGED else page,
            "merged_into": into,
            "missing": missing_sections(found.document) if found.kind == "intervention" else [],
            **(synthesis_context(document) if found.kind == "synthesis" else {}),
        }

    parts = [found.digest, found.current, page.publication, page.version, into and into.path]
    return answer(request, "public/record_version.html", context, parts=parts)


@public
def record_history(request, record):
    """Every version of a record that has no history page of its own."""
    page, history = published.page_of_record(record), None
    if page is None:
        history = published.versions(record)
        if not history:
            raise Http404(f"record {record}")
        page = published.shared_list(history)
    elsewhere = instead(request, page, page.path)
    if elsewhere:
        return elsewhere
    if page.kind == "intervention":
        return redirect(f"{page.path}history/")

    def context():
        return {"page": page, "document": None, "versions": history or published.versions(record)}

    return answer(request, "public/history.html", context, parts=[page.digest, page.version, page.state])
