"""Asking for the dry run of a file of studies; its import is asked for like any other (`toolkits.jobs`)."""

from centres import audit, permissions
from toolkits.models import ColumnMapping, Job
from toolkits.study_files import columns
from toolkits.study_files.work import TABLE


def jobs_of(synthesis):
    """The jobs with files for a synthesis, newest first, without the files."""
    found = Job.objects.filter(parameters__table=TABLE, parameters__synthesis=synthesis.pk, centre=synthesis.centre)
    return found.select_related("centre", "by").defer("file")


@audit.by_whom
def ask_for_check(*, synthesis, file_name, file, higher, by):
    """Ask for the dry run of a file. `higher`: whether a higher figure of it is better; None: as in the synthesis."""
    permissions.check_can_edit(by, synthesis.centre)
    parameters = {"table": TABLE, "synthesis": synthesis.pk, "higher": higher}
    return Job.objects.create(
        kind=Job.Kind.CHECK, centre=synthesis.centre, by=by, parameters=parameters, file_name=file_name, file=file
    )


@audit.by_whom
def ask_again(*, shown, by, mapping=None, choices=None):
    """Ask for another dry run of the file of `shown`: its columns mapped otherwise, which is remembered for the
    centre's next file with these headings, or other choices between known and new studies. None leaves it as it was."""
    permissions.check_can_edit(by, shown.centre)
    parameters = {name: value for name, value in shown.parameters.items() if name not in ("attempt", "shown")}
    parameters["file"] = shown.parameters.get("file", shown.pk)
    if mapping is not None:
        parameters["mapping"] = mapping
        ColumnMapping.objects.update_or_create(
            centre=shown.centre,
            header=columns.digest(shown.report["header"]),
            defaults={"columns": mapping, "by": by},
        )
    if choices is not None:
        parameters["choices"] = {**parameters.get("choices", {}), **choices}
    return Job.objects.create(
        kind=Job.Kind.CHECK, centre=shown.centre, by=by, parameters=parameters, file_name=shown.file_name
    )
