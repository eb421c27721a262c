"""Permanent addresses: the living record, exactly one version, and the history of whatever is no intervention."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public import shortlists
from toolkits.public.answers import answer, bad_request, conditional, gone, instead, public
from toolkits.public.citations import FORMS, citation_of
from toolkits.public.differences import standing
from toolkits.public.echoes import echo
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
    path = shortlists.picker(request).along(page.path)
    return instead(request, page, page.path) or HttpResponseRedirect(path)


def _cited(request, found, wanted):
    """How a version is cited, as a file."""
    form = FORMS[wanted]
    citation = citation_of(found, address=request.build_absolute_uri(found.path))
    response = HttpResponse(form.write(citation), content_type=form.content_type)
    name = f"{found.record}-v{found.version}.{form.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public
def record_version(request, record, version):
    """Exactly that version, for ever, or how it is cited; 410 once its record was removed."""
    found = published.version(record, version)
    if found is None:
        raise Http404(f"record {record}, version {version}")
    page = published.page_of_record(record)
    if page and page.state == published.State.REMOVED:
        return gone(request, page)

    wanted = request.GET.get("format", "")
    if wanted in FORMS:
        return conditional(request, [found.digest], lambda: _cited(request, found, wanted))
    if wanted not in {"", "html"}:
        problem = _("“%(value)s” is not a format of this page. Use one of these: %(formats)s.")
        problem %= {"value": echo(wanted), "formats": ", ".join(["html", *FORMS])}
        return bad_request(request, [problem], found.path)

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
            **(_said(document, page) if found.kind == "family" else {}),
        }

    parts = [found.digest, found.current, page.publication, page.version, into and into.path]
    return answer(request, "public/record_version.html", context, parts=parts)


def _said(document, page):
    """Of what a version of a family says, what concerns interventions that are live today."""
    return {"said": standing(document, snapshot_at(page.publication).network.records)}


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
