"""From what is published to the shapes of the API."""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits import published
from toolkits.public import terms
from toolkits.public.api import problems
from toolkits.public.api.shapes import answers
from toolkits.public.api.shapes.interventions import Intervention
from toolkits.public.api.shapes.network import Centre, Family, Report, Scheme, Toolkit, Vocabulary
from toolkits.public.api.shapes.syntheses import Study, Synthesis
from toolkits.public.api.site import Place, Site
from toolkits.public.older import marked, marked_page

DOCUMENTS = {
    "intervention": Intervention,
    "toolkit": Toolkit,
    "centre": Centre,
    "report": Report,
    "family": Family,
    "synthesis": Synthesis,
    "method": Scheme,
    "vocabulary": Vocabulary,
}


def site_of(request):
    """The Site that a request asks."""
    return Site(request.build_absolute_uri("/"))


def about(site, publication):
    """The About of an answer made at a publication number."""
    return answers.About(
        publication=publication,
        licence=terms.licence(),
        disclaimer=terms.disclaimer(),
        documentation=site.whole(reverse("public:api")),
    )


def _document(kind, document, site, record, version):
    place = Place(site=site, record=record, version=version, document=document)
    return DOCUMENTS[kind].model_validate(document, context=place)


def _change(of):
    return answers.Change(kind=of.change, label=str(of.change_label), note=of.note)


def _centre(document, site):
    centre = getattr(document, "centre", None)
    return {"record": centre.record, "name": centre.name, "address": site.record(centre.record)} if centre else None


def record_of(page, site, successors):
    """The Record of a published.Page; `successors` are those of rating scales (older.successors)."""
    if page.kind == "intervention":
        page = marked_page(page, successors)
    into = page.merged_into
    return answers.Record(
        record=page.record,
        kind=page.kind,
        title=page.title,
        summary=page.summary,
        language=page.language,
        state=page.state,
        state_reason=page.state_reason,
        merged_into={"record": into, "name": f"#{into}", "address": site.record(into)} if into else None,
        version=page.version,
        published_at=page.published_at,
        first_published_at=page.first_published_at,
        change=_change(page),
        digest=page.digest,
        centre=_centre(page.document, site),
        corrections=[answers.Correction.model_validate(one) for one in page.corrected],
        permanent_address=site.version(page.record, page.version),
        address=site.whole(page.path),
        api_address=site.api("record", page.record),
        document=_document(page.kind, page.document, site, page.record, page.version),
    )


def _version_fields(version, site):
    return {
        "record": version.record,
        "version": version.version,
        "kind": version.kind,
        "title": version.title,
        "published_at": version.published_at,
        "change": _change(version),
        "minor": version.minor,
        "restored_from": version.restored_from,
        "current": version.current,
        "digest": version.digest,
        "permanent_address": site.whole(version.path),
        "api_address": site.api("version", version.record, version.version),
    }


def version_head(version, site):
    """The VersionHead of a published.Version."""
    return answers.VersionHead(**_version_fields(version, site))


def version_of(version, site, successors):
    """The Version of a whole published.Version."""
    document = version.document
    if version.kind == "intervention":
        document = marked(document, successors)
    shown = _document(version.kind, document, site, version.record, version.version)
    return answers.Version(**_version_fields(version, site), document=shown)


def trail_row(row, site):
    """The TrailRow of a trail.TrailRow."""
    page = row.page
    place = Place(site=site, record=page.record, version=page.version, document=page.document)
    fields = {
        "study": row.study,
        "synthesis": {"record": page.record, "name": page.title},
        "synthesis_version": page.version,
        "permanent_address": place.address,
        "illustrative": page.document.illustrative,
        "included": row.row.included,
        "finding": row.row.finding,
        "reason_left_out": row.row.reason,
        "subgroup": row.row.subgroup,
        "outcome_measured": page.document.outcome_measured,
        "risk_of_bias": row.values["bias"],
        "absences": {} if row.row.included else {"finding": {"code": "withheld", "words": row.row.reason}},
    }
    return answers.TrailRow.model_validate(fields, context=place)


def study_record(rows, site):
    """The StudyRecord of all the trail.TrailRows of one study."""
    newest = max(rows, key=lambda row: row.page.published_at)
    place = Place(site=site, record=newest.study.record, version=newest.page.version, document=newest.page.document)
    return answers.StudyRecord(
        study=Study.model_validate(newest.study, context=place), uses=[trail_row(row, site) for row in rows]
    )


def event_of(event, site):
    """The Event of a published.NumberedEvent."""
    made = event.version is not None and event.verb in {"published", "restored"}
    compare = ""
    if made and event.version > 1 and event.kind != "vocabulary":
        compare = f"{reverse('public:compare', args=[event.record])}?a={event.version - 1}&b={event.version}"
    return answers.Event(
        event=event.id,
        publication=event.publication,
        at=event.at,
        record=event.record,
        kind=event.kind,
        verb=event.verb,
        version=event.version,
        title=event.title,
        centre=event.centre,
        change=event.change or None,
        reason=event.reason,
        imported_from=event.imported_from,
        permanent_address=site.version(event.record, event.version) if made else site.record(event.record),
        compare_address=site.whole(compare) if compare else None,
        api_address=site.api("version", event.record, event.version) if made else site.api("record", event.record),
    )


def page_or_refused(record):
    """The page of a record, in whatever state but removed; raises Refused."""
    page = published.page_of_record(record)
    if page is None:
        history = published.versions(record)
        if not history:
            raise problems.not_found(_no_record(record))
        whole = published.version(record, history[0].version)
        return published.shared_list([whole, *history[1:]])
    if page.state == published.State.REMOVED:
        raise removed(page)
    return page


def _no_record(record):
    if published.syntheses_of_study(record):
        path = reverse("public:api_study", args=[record])
        return _("Record %(record)s is a study: see %(path)s.") % {"record": record, "path": path}
    return _("There is no published record %(record)s.") % {"record": record}


def removed(page):
    """The Refused of a removed record, with the reason."""
    detail = _("“%(title)s” was removed: %(reason)s") % {"title": page.title, "reason": page.state_reason}
    return problems.Refused("removed", detail, [problems.Mistake("path", detail)])
