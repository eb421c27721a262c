"""Work that outlasts a request: asked for by a person, done by the runner, one job at a time.

A job is read in steps that are committed, so that how far it is can be seen, and finished in one transaction
together with its own end: whatever kills the runner, a job is applied once or not at all.
"""

import logging

from django.db import Error, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centres import audit, permissions
from toolkits.models import Job
from toolkits.policies import Refusal
from toolkits.spreadsheets import work
from toolkits.spreadsheets.plans import Fate
from toolkits.study_files import work as study_work

State = Job.State

ATTEMPTS = 3

log = logging.getLogger("whatworks.jobs")


class NothingToImport(Refusal):
    """What a job's report shows is no import that could be made."""


def visible_to(person):
    """The jobs that are a person's business, newest first: those of the centres whose drafts are, without their files.

    Imports of studies are not among them: they belong to their synthesis (`toolkits.study_files`). Somebody's own jobs of a centre that they have left are not: they hold its drafts.
    """
    found = Job.objects.filter(centre__in=permissions.centres_of(person)).exclude(parameters__table=study_work.TABLE)
    return found.select_related("centre", "by").defer("file")


@audit.by_whom
def ask_for_check(*, table, centre, file_name, file, by):
    """Ask for the dry run of a file with rows of `table` for `centre`; returns the Job."""
    permissions.check_can_edit(by, centre)
    return Job.objects.create(
        kind=Job.Kind.CHECK, centre=centre, by=by, parameters={"table": table}, file_name=file_name, file=file
    )


def check_can_import(shown, *, by):
    """Raise unless what a job's report shows may be imported: a dry run without errors that would change something."""
    permissions.check_can_edit(by, shown.centre)
    report = shown.report or {}
    if shown.state == State.DONE and shown.kind == Job.Kind.CHECK or "stale" in report:
        if report["counts"][Fate.NEW] or report["counts"][Fate.CHANGED]:
            return
        raise NothingToImport(_("Every row is here already as it is in the file: there is nothing to import."))
    raise NothingToImport(_("Only what a dry run without errors has shown can be imported."))


def can_import(shown, *, by):
    """Whether `check_can_import` would let this pass."""
    try:
        check_can_import(shown, by=by)
    except (Refusal, permissions.PermissionDenied):
        return False
    return True


@audit.by_whom
def ask_for_import(*, shown, by):
    """Ask that what a job's report showed be imported; returns the Job, the same one to whoever asks again."""
    check_can_import(shown, by=by)
    Job.objects.select_for_update().only("pk").get(pk=shown.pk)
    asked = Job.objects.filter(kind=Job.Kind.IMPORT, parameters__shown=shown.pk).exclude(state=State.FAILED)
    return asked.first() or Job.objects.create(
        kind=Job.Kind.IMPORT,
        centre=shown.centre,
        by=by,
        parameters={
            **{name: value for name, value in shown.parameters.items() if name != "attempt"},
            "shown": shown.pk,
            "file": shown.parameters.get("file", shown.pk),
        },
        file_name=shown.file_name,
    )


def do_next_job():
    """Do the job that waits longest. Returns whether there was one. The caller sees to it that no other runner does."""
    job = Job.objects.filter(state__in=[State.RUNNING, State.WAITING]).select_related("centre", "by").defer("file")
    job = job.order_by("asked_at", "pk").first()
    if job is None:
        return False
    # One that is running already is one whose runner died.
    attempt = job.parameters.get("attempt", 0) + 1
    if attempt > ATTEMPTS:
        _end(job, State.FAILED, _("The portal or its database stopped each time. Nothing was written. Ask again."))
        return True
    job.state, job.parameters = State.RUNNING, {**job.parameters, "attempt": attempt}
    job.started_at, job.done, job.total = timezone.now(), 0, 0
    job.save(update_fields=["state", "parameters", "started_at", "done", "total"])
    try:
        works = study_work if job.parameters["table"] == study_work.TABLE else work
        sheet, problems = works.read(
            job, lambda done, total: Job.objects.filter(pk=job.pk).update(done=done, total=total)
        )
        with transaction.atomic():
            state, report = works.FINISH[job.kind](job, sheet, problems)
            _finish(job, state, report)
    except Error:
        # The database was away, or two writers were in each other's way: nothing is written, and the job is still due.
        log.exception("job %s was interrupted", job.pk)
        return False
    except Exception:
        log.exception("job %s failed", job.pk)
        _end(job, State.FAILED, _("Something went wrong here, and it is not your file. Nothing was written."))
    return True


def _end(job, state, message):
    _finish(job, state, {"message": message})


def _finish(job, state, report):
    """Enter what came of a job."""
    job.state, job.report, job.ended_at = state, report, timezone.now()
    job.save(update_fields=["state", "report", "ended_at"])
