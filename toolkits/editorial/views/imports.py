"""Spreadsheets in and out: the template, the upload, the dry run, the import, the export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from centres import permissions
from toolkits import jobs, policies
from toolkits.editorial.gates import editors_only
from toolkits.editorial.import_forms import TABLES as TABLE_NAMES
from toolkits.editorial.import_forms import UploadForm
from toolkits.editorial.views.common import page
from toolkits.models import Job
from toolkits.spreadsheets import columns, exporting
from toolkits.spreadsheets.files import CONTENT_TYPES, TooLong
from toolkits.spreadsheets.plans import Fate
from toolkits.spreadsheets.tables import TABLES

ROWS_A_PAGE = 50
JOBS_SHOWN = 20


def _centre_or_404(person, slug):
    return get_object_or_404(permissions.centres_of(person), slug=slug)


def _table_or_404(name):
    if name not in TABLES:
        raise Http404
    return TABLES[name]


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def imports(request):
    """Everything about one centre's spreadsheets; another centre of the person's is chosen by `?centre=`."""
    centres = list(permissions.centres_of(request.user))
    form = UploadForm(request.POST or None, request.FILES or None, person=request.user)
    if form.is_bound:
        if form.has_error("centre"):
            raise Http404
        centre = form.cleaned_data["centre"]
        if form.is_valid():
            name, data = form.cleaned_data["file"]
            table = form.cleaned_data["table"]
            job = jobs.ask_for_check(table=table, centre=centre, file_name=name, file=data, by=request.user)
            return redirect("editorial:import_job", job.pk)
    elif "centre" in request.GET:
        centre = _centre_or_404(request.user, request.GET["centre"])
    else:
        centre = centres[0] if centres else None
    context = {
        "title": _("Import and export"),
        "centres": centres,
        "centre": centre,
        "tables": TABLE_NAMES,
        "forms": CONTENT_TYPES,
        "rules": columns.RULES,
        "form": form,
        "jobs": _recent_jobs(request.user, centre),
    }
    return page(request, "imports/imports", context, form)


def _recent_jobs(person, centre):
    found = list(jobs.visible_to(person).filter(centre=centre).defer("file", "report")[:JOBS_SHOWN])
    for job in found:
        job.table_name = dict(TABLE_NAMES)[job.parameters["table"]]
    return found


def _job_or_404(person, number):
    return get_object_or_404(jobs.visible_to(person), pk=number)


@require_safe
@editors_only
def import_job(request, number):
    """How far a job is; then what came of it, page by page."""
    job = _job_or_404(request.user, number)
    report, fates = job.report or {}, list(Fate)
    rows, problems = report.get("rows", []), report.get("problems", [])
    show = request.GET.get("show", "")
    if show not in fates:
        show = next((fate for fate in (Fate.CHANGED, Fate.NEW) if report.get("counts", {}).get(fate)), Fate.SAME)
    listed = problems or [row for row in rows if row["fate"] == show]
    changing = sum(row["fate"] != Fate.SAME for row in rows)
    kind = "report" if job.parameters["table"] == "reports" else "intervention"
    context = {
        "title": job.file_name,
        "job": job,
        "in_progress": job.state in (Job.State.WAITING, Job.State.RUNNING),
        "report": report,
        "table_name": dict(TABLE_NAMES)[job.parameters["table"]],
        "counts": [(fate, report["counts"][fate]) for fate in (Fate.CHANGED, Fate.NEW, Fate.SAME)] if rows else [],
        "show": show,
        "page": Paginator(listed, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "changing": changing,
        "can_import": jobs.can_import(job, by=request.user),
        "imports": Job.objects.filter(kind=Job.Kind.IMPORT, parameters__shown=job.pk)
        .exclude(state=Job.State.FAILED)
        .only("pk"),
        "change_url": f"admin:evidence_{kind}_change",
        "list_url": reverse(f"admin:evidence_{kind}_changelist"),
    }
    return page(request, "imports/job", context)


@require_POST
@editors_only
def import_rows(request, number):
    """Ask that what a dry run showed be written."""
    job = _job_or_404(request.user, number)
    try:
        asked = jobs.ask_for_import(shown=job, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("editorial:import_job", number)
    return redirect("editorial:import_job", asked.pk)


def _download(data, content_type, name):
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@editors_only
def import_file(request, number):
    """The file as it was uploaded: bytes to be saved, whatever they are, never something a browser shows or runs."""
    job = _job_or_404(request.user, number)
    data = Job.objects.values_list("file", flat=True).get(pk=job.parameters.get("file", job.pk))
    return _download(bytes(data), "application/octet-stream", job.file_name)


@require_safe
@editors_only
def import_template(request, centre, table, form):
    """An empty file of a table to fill in."""
    centre, table = _centre_or_404(request.user, centre), _table_or_404(table)
    if form not in CONTENT_TYPES:
        raise Http404
    data = exporting.template(table=table, centre=centre, form=form, by=request.user)
    return _download(data, CONTENT_TYPES[form], f"{centre.slug}-{table.name}-template.{form}")


@require_GET
@editors_only
def export(request, centre, table, form):
    """All rows of a table that are the centre's, drafts included."""
    centre, table = _centre_or_404(request.user, centre), _table_or_404(table)
    if form not in CONTENT_TYPES:
        raise Http404
    try:
        data = exporting.export(table=table, centre=centre, form=form, by=request.user)
    except TooLong as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('editorial:imports')}?centre={centre.slug}")
    name = f"{centre.slug}-{table.name}-{timezone.localdate().isoformat()}.{form}"
    return _download(data, CONTENT_TYPES[form], name)
