"""What is done with an uploaded sheet: read and checked in steps that can be watched, then compared or written at once."""

from django.utils.translation import gettext as _

from centres import audit, permissions, records
from toolkits.actions.common import lock
from toolkits.models import Job
from toolkits.networks.checks import check_cells
from toolkits.spreadsheets import interventions, outcomes, ratings, reports, uploads
from toolkits.spreadsheets.plans import Fate, rows_in_words
from toolkits.spreadsheets.tables import TABLES

State = Job.State

KINDS = {"interventions": interventions, "ratings": ratings, "reports": reports}
STEP = 250  # rows between two notes of how far it is


def read(job, note):
    """(Sheet or None, problems) of a job's file, its cells checked; `note(done, total)` is told how far it is."""
    table = TABLES[job.parameters["table"]]
    data = bytes(Job.objects.values_list("file", flat=True).get(pk=job.parameters.get("file", job.pk)))
    sheet, problems = uploads.read(table, data)
    rows = sheet.rows if sheet else []
    for place, row in enumerate(rows):
        if place % STEP == 0:
            note(place, len(rows))
        problems += check_cells(table, row)
    note(len(rows), len(rows))
    return sheet, problems


def _outcome(job, sheet, problems):
    """(state, report, plan) of what an import would do now; the plan is None where there is none."""
    table = TABLES[job.parameters["table"]]
    if not permissions.can_edit(job.by, job.centre):
        message = _("You are not an editor of this centre any more, so nothing was written.")
        return State.REFUSED, outcomes.said(message), None
    if sheet is None:
        return State.REFUSED, outcomes.report(table, problems=problems), None
    plan = KINDS[table.name].plan(sheet, job.centre, by=job.by, problems=problems)
    state = State.REFUSED if plan.problems else State.DONE
    return state, outcomes.report(table, problems=plan.problems, plan=plan), plan


def check(job, sheet, problems):
    """(state, report) of a dry run: what an import would do, or everything that is wrong."""
    state, report, _plan = _outcome(job, sheet, problems)
    return state, report


def import_rows(job, sheet, problems):
    """(state, report) of an import: it writes all rows, or none where the outcome is not the one that was shown."""
    if sheet is not None:
        lock(*KINDS[job.parameters["table"]].records(sheet, job.centre))
    state, report, plan = _outcome(job, sheet, problems)
    if state != State.DONE:
        return state, report
    shown = Job.objects.values_list("report", flat=True).get(pk=job.parameters["shown"])
    if outcomes.differs(report, shown):
        return State.REFUSED, outcomes.since(report, shown)
    write(plan=plan, centre=job.centre, by=job.by)
    return State.DONE, outcomes.written(report, plan)


@audit.by_whom
def write(*, plan, centre, by):
    """Write the new and changed rows of a plan as drafts of `centre`."""
    permissions.check_can_edit(by, centre)
    numbers = KINDS[plan.table.name].write(plan, centre, by=by)
    records.mark_changed(*numbers, by=by)
    audit.record(
        action="imported",
        by=by,
        kind=plan.table.model._meta.db_table,
        centre=centre,
        note=rows_in_words(len(plan.of(Fate.NEW, Fate.CHANGED))),
    )


FINISH = {Job.Kind.CHECK: check, Job.Kind.IMPORT: import_rows}
