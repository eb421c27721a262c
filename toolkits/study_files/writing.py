"""Writing what a plan shows: studies, estimates, appraisals and their places in the synthesis."""

from centres import audit, permissions, records
from evidence.models import Appraisal, Estimate, Inclusion, Study
from toolkits.actions.study_flags import studies_changed, used_in
from toolkits.models import Flag
from toolkits.spreadsheets.plans import Fate, rows_in_words


@audit.by_whom
def write(*, plan, by):
    """Write the new and changed rows of a plan into the draft of its synthesis."""
    synthesis = plan.synthesis
    permissions.check_can_edit(by, synthesis.centre)
    rows = plan.of(Fate.NEW, Fate.CHANGED)
    to_make = [planned for planned in rows if planned.study is None]
    numbers = records.claim_several(Study.KIND, first=Study.FIRST_NUMBER, count=len(to_make)) if to_make else []
    for planned, number in zip(to_make, numbers, strict=True):
        planned.study = Study(record=number, centre=synthesis.centre, **planned.study_values)
    Study.objects.bulk_create(planned.study for planned in to_make)
    made = {planned.study.pk for planned in to_make}
    last = max((one.position for one in synthesis.inclusions.all()), default=0)
    shared = set()  # studies of which something changed that other syntheses may rest on
    for place, planned in enumerate(rows, start=last + 1):
        if planned.study.pk not in made and _update(planned.study, planned.study_values):
            shared.add(planned.study.pk)
        if planned.estimate_values:
            if planned.estimate is None:
                planned.estimate = Estimate.objects.create(study=planned.study, **planned.estimate_values)
            elif _update(planned.estimate, planned.estimate_values) or planned.appraisals:
                shared.add(planned.study.pk)
        for tool, domain, said in planned.appraisals:
            Appraisal.objects.update_or_create(
                estimate=planned.estimate,
                tool=tool,
                domain=domain,
                reading=Appraisal.Reading.FIRST,
                defaults={**said, "by": by},
            )
        if planned.inclusion is None:
            Inclusion.objects.create(
                synthesis=synthesis,
                study=planned.study,
                estimate=planned.estimate,
                position=place,
                **planned.inclusion_values,
            )
        else:
            values = planned.inclusion_values
            _update(planned.inclusion, {**values, "estimate": planned.estimate} if planned.estimate else values)
    _raise_flags(synthesis, rows, shared, by=by)
    audit.record(
        action="imported",
        by=by,
        kind=Inclusion._meta.db_table,
        record=synthesis.pk,
        centre=synthesis.centre,
        note=rows_in_words(len(rows)),
    )


def _raise_flags(synthesis, rows, shared, *, by):
    """Flag what rests on the rows, once a synthesis: this one, and those with a study of `shared`."""
    told = {planned.study.pk: (planned.study.label, Flag.StudyChange.RESULTS) for planned in rows}
    changed = used_in({number: told[number] for number in shared})
    changed[synthesis.pk] = told
    studies_changed(changed, by=by)


def _update(row, values):
    """Give a row these values, and write it where one of them is another; returns whether one was."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save()
    return bool(changed)
