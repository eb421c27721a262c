"""Studies of a synthesis from a file: the upload, the dry run with its columns and choices, the import, the templates."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toolkits import jobs, policies
from toolkits.editorial.gates import document_or_404, editors_only
from toolkits.editorial.views.common import page
from toolkits.models import Job
from toolkits.spreadsheets import uploads
from toolkits.spreadsheets.files import CONTENT_TYPES
from toolkits.study_files import asking, bibliographies, columns, templates

ROWS_A_PAGE = 50
JOBS_SHOWN = 20
SAME, HIGHER, LOWER = "same", "higher", "lower"


class StudyFileForm(forms.Form):
    """The file, and which way its figures point."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV (UTF-8), XLSX, RIS or BibTeX, up to 10 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ris,.bib"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Take the template."),
        },
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("In this file"),
        choices=[
            (SAME, gettext_lazy("the better side is the one that the synthesis names")),
            (HIGHER, gettext_lazy("a higher figure is better")),
            (LOWER, gettext_lazy("a lower figure is better")),
        ],
        widget=forms.RadioSelect,
        initial=SAME,
        error_messages={"required": gettext_lazy("Choose which way its figures point.")},
    )

    def clean_file(self):
        """The bytes of the file, with its name."""
        file = self.cleaned_data["file"]
        if file.size > uploads.FILE_LIMIT:
            raise forms.ValidationError(
                _("The file has %(size).1f MB; %(limit)s MB is the most. Split it into several files."),
                params={"size": file.size / 1_000_000, "limit": uploads.FILE_LIMIT // 1_000_000},
            )
        data = file.read()
        if not bibliographies.form_of(file.name, data) and (refusal := uploads.refusal(data)):
            raise forms.ValidationError(refusal)
        return file.name, data


def _job_or_404(synthesis, number):
    return get_object_or_404(asking.jobs_of(synthesis), pk=number)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def study_import(request, record):
    """The upload, and what was uploaded before."""
    synthesis = document_or_404(request.user, "synthesis", record)
    form = StudyFileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        name, data = form.cleaned_data["file"]
        higher = {SAME: None, HIGHER: True, LOWER: False}[form.cleaned_data["direction"]]
        job = asking.ask_for_check(synthesis=synthesis, file_name=name, file=data, higher=higher, by=request.user)
        return redirect("editorial:study_import_job", record, job.pk)
    context = {
        "title": _("Studies from a file"),
        "synthesis": synthesis,
        "form": form,
        "forms": CONTENT_TYPES,
        "jobs": asking.jobs_of(synthesis).defer("file", "report")[:JOBS_SHOWN],
    }
    return page(request, "study_imports/upload", context, form)


@require_safe
@editors_only
def study_import_job(request, record, number):
    """How far a job is; then what came of it, with the columns and the choices that may be changed."""
    synthesis = document_or_404(request.user, "synthesis", record)
    job = _job_or_404(synthesis, number)
    report = job.report or {}
    rows = report.get("rows", [])
    heading_of = {heading: name for name, heading in report.get("mapping", {}).items()}
    context = {
        "title": job.file_name,
        "synthesis": synthesis,
        "job": job,
        "in_progress": job.state in (Job.State.WAITING, Job.State.RUNNING),
        "report": report,
        "page": Paginator(report.get("problems") or rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "entered_beside_likely": any(row["likely"] and not row["record"] for row in rows),
        "changing": sum(row["fate"] != "same" for row in rows),
        "headings": [(place, name, heading_of.get(name)) for place, name in enumerate(report.get("header", []))],
        "fields": columns.FIELDS,
        "can_map": report.get("extracted") and job.kind == Job.Kind.CHECK,
        "can_import": jobs.can_import(job, by=request.user),
        "imports": asking.jobs_of(synthesis)
        .filter(kind=Job.Kind.IMPORT, parameters__shown=job.pk)
        .exclude(state=Job.State.FAILED),
    }
    return page(request, "study_imports/job", context)


@require_POST
@editors_only
def study_import_again(request, record, number):
    """Try the same file with other columns, or with other choices between known and new studies."""
    synthesis = document_or_404(request.user, "synthesis", record)
    job = _job_or_404(synthesis, number)
    report = job.report or {}
    if "header" not in report or job.kind != Job.Kind.CHECK:
        raise Http404
    mapping, choices = None, None
    if "columns" in request.POST:
        pairs = [(request.POST.get(f"column-{place}"), name) for place, name in enumerate(report["header"])]
        chosen = [pair for pair in pairs if pair[0]]
        mapping = dict(chosen)
        if len(mapping) < len(chosen) or not columns.valid(mapping, report["header"]):
            messages.error(request, _("Two columns cannot be the same thing. Choose another for one, or leave it out."))
            return redirect("editorial:study_import_job", record, number)
    else:
        allowed = {str(row["row"]): {"new", str(row["likely"])} for row in report["rows"] if row["likely"]}
        said = {row: request.POST.get(f"study-{row}") for row in allowed}
        choices = {row: choice for row, choice in said.items() if choice in allowed[row]}
    again = asking.ask_again(shown=job, mapping=mapping, choices=choices, by=request.user)
    return redirect("editorial:study_import_job", record, again.pk)


@require_POST
@editors_only
def study_import_rows(request, record, number):
    """Ask that what a dry run showed be written."""
    synthesis = document_or_404(request.user, "synthesis", record)
    job = _job_or_404(synthesis, number)
    try:
        asked = jobs.ask_for_import(shown=job, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("editorial:study_import_job", record, number)
    return redirect("editorial:study_import_job", record, asked.pk)


@require_safe
@editors_only
def study_import_template(request, record, form):
    """A file to fill in."""
    document_or_404(request.user, "synthesis", record)
    if form not in CONTENT_TYPES:
        raise Http404
    response = HttpResponse(templates.template(form), content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"studies-template.{form}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
