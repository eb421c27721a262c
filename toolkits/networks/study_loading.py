"""The studies of checked syntheses into working rows: studies and results are changed in place, never doubled."""

from centres.records import RecordNumber
from evidence.models import Estimate, Inclusion, Study
from toolkits.networks.appraisals import write_appraisals
from toolkits.networks.tables.studies import FACTS, KEPT_AS_THEY_ARE


def write_studies(entries, centres, interventions, *, appraised):
    """Write the studies, results and inclusions of syntheses, and where they are `appraised` the appraisals.

    `centres` are known by their slugs, `interventions` (their numbers) by toolkit/slug.
    """
    rows = [(entry, row) for entry in entries for row in entry.theirs.rows.get("study_results", [])]
    _studies({row.values["study_id"]: row for _entry, row in rows}, centres)

    def result(row):
        return _result(row, centres, interventions)

    estimates = _estimates([row for _entry, row in rows], result)
    Inclusion.objects.filter(synthesis__in=[entry.number for entry in entries]).delete()
    Inclusion.objects.bulk_create(
        Inclusion(
            synthesis_id=entry.number,
            study_id=row.values["study_id"],
            estimate=estimates.get(result(row)),
            included=row.values["included"],
            reason=row.values["reason"],
            subgroup=row.values["subgroup"],
            position=row.number,
        )
        for entry, row in rows
    )
    if appraised:
        judged = [(estimates[result(row)], row) for entry in entries for row in entry.theirs.rows.get("appraisals", [])]
        # The same study's results that others entered are not this folder's to judge.
        write_appraisals(judged, of=[estimates[key] for _entry, row in rows if (key := result(row))])


def _studies(rows, centres):
    known = set(RecordNumber.objects.filter(number__in=rows).values_list("number", flat=True))
    RecordNumber.objects.bulk_create(
        RecordNumber(number=number, kind=Study.KIND) for number in rows if number not in known
    )
    Study.objects.bulk_create(
        (
            Study(
                record_id=number,
                centre=centres.get(row.cells["kept_by"]),
                **{name: row.values[name] for name in FACTS},
            )
            for number, row in rows.items()
        ),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["centre", "updated_at", *FACTS],
    )


def _result(row, centres, interventions):
    """What tells a row's result apart; None where it gives none."""
    values = row.values
    if not values["metric"]:
        return None
    centre = centres.get(row.cells["entered_by"])
    return (
        values["study_id"],
        centre.pk if centre else None,
        interventions.get(row.cells["intervention"]),
        row.cells["outcome"] or None,
        values["outcome_reported"],
        values["follow_up"],
        values["metric"],
    )


def _estimates(rows, result):
    """{what tells it apart: Estimate} of the results that rows give; `result(row)` is what tells one apart."""
    wanted = {result(row): row for row in rows}
    wanted.pop(None, None)
    columns = ("study_id", "centre_id", "intervention_id", "outcome_id", "outcome_reported", "follow_up", "metric")
    before = Estimate.objects.filter(study__in={key[0] for key in wanted})
    found = {tuple(getattr(estimate, name) for name in columns): estimate for estimate in before}
    new, changed = [], []
    for key, row in wanted.items():
        estimate = found.get(key)
        (changed if estimate else new).append(estimate or Estimate(**dict(zip(columns, key, strict=True))))
        found[key] = estimate or new[-1]
        for name in KEPT_AS_THEY_ARE:
            setattr(found[key], name, row.values[name])
    Estimate.objects.bulk_create(new)
    Estimate.objects.bulk_update(changed, KEPT_AS_THEY_ARE, batch_size=500)
    return found
