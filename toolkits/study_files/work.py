"""What the runner does with a file of studies: reads it, then compares it or writes it, all rows or none."""

from django.utils.translation import gettext as _

from centres import permissions
from evidence.models import Synthesis
from toolkits.actions.common import lock
from toolkits.models import ColumnMapping, Job
from toolkits.spreadsheets import outcomes
from toolkits.study_files import columns, plans, reading, writing

TABLE = "studies"
State = Job.State


def read(job, note):
    """(Studies or None, problems) of a job's file; `note(done, total)` is told how far it is."""
    data = bytes(Job.objects.values_list("file", flat=True).get(pk=job.parameters.get("file", job.pk)))
    return reading.read(data, job.file_name, job.parameters.get("mapping"), note, remembered=_remembered(job.centre_id))


def _remembered(centre):
    """Asks what a centre (its number; None: the network) once said of a file with these headings; None for nothing."""

    def ask(header):
        found = ColumnMapping.objects.filter(centre=centre, header=columns.digest(header)).first()
        return found and found.columns

    return ask


def _outcome(job, studies, problems):
    """(state, report, plan) of what an import would do now; the plan is None where there is none."""
    synthesis = Synthesis.objects.select_related("centre").filter(pk=job.parameters["synthesis"]).first()
    if synthesis is None or synthesis.centre_id != job.centre_id or not permissions.can_edit(job.by, job.centre):
        message = _("This synthesis is not yours to change any more, so nothing was written.")
        return State.REFUSED, outcomes.said(message), None
    plan = plans.Plan(synthesis, problems)
    if studies is not None:
        plan.fill(studies, higher=job.parameters.get("higher"), choices=job.parameters.get("choices", {}))
    report = plan.report()
    if studies is not None:
        report |= {"header": studies.header, "mapping": studies.mapping, "extracted": studies.extracted}
    return (State.REFUSED if plan.problems else State.DONE), plans.storable(report), plan


def check(job, studies, problems):
    """(state, report) of a dry run."""
    state, report, _plan = _outcome(job, studies, problems)
    return state, report


def import_rows(job, studies, problems):
    """(state, report) of an import: it writes all rows, or none where the outcome is not the one that was shown."""
    lock(job.parameters["synthesis"])
    state, report, plan = _outcome(job, studies, problems)
    if state != State.DONE:
        return state, report
    shown = Job.objects.values_list("report", flat=True).get(pk=job.parameters["shown"])
    if outcomes.differs(report, shown):
        return State.REFUSED, outcomes.since(report, shown)
    writing.write(plan=plan, by=job.by)
    return State.DONE, report | {"written": True}


FINISH = {Job.Kind.CHECK: check, Job.Kind.IMPORT: import_rows}
