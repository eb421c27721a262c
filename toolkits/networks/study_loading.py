"""The studies of checked syntheses into working rows: studies and results are changed in place, never doubled."""

from django.utils.translation import gettext as _

from centres.records import RecordNumber
from evidence.models import Estimate, Inclusion, Study
from toolkits.actions.study_flags import raise_study_flags, used_in
from toolkits.networks.appraisals import write_appraisals
from toolkits.networks.tables.studies import FACTS, KEPT_AS_THEY_ARE


def write_studies(entries, centres, interventions, *, appraised):
    """Write the studies, results and inclusions of syntheses, and where they are `appraised` the appraisals.

    Live pages of other syntheses with a study that changes are flagged; those of `entries` say so themselves.

    `centres` are known by their slugs, `interventions` (their numbers) by toolkit/slug.
    """
    rows = [(entry, row) for entry in entries for row in entry.theirs.rows.get("study_results", [])]
    changed = _studies({row.values["study_id"]: row for _entry, row in rows}, centres)

    def result(row):
        return _result(row, centres, interventions)

    estimates, other_results = _estimates([row for _entry, row in rows], result)
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
    own = {entry.number for entry in entries}
    elsewhere = used_in(
        {number: (label, _("Loaded from a folder.")) for number, label in (changed | other_results).items()}
    )
    raise_study_flags({synthesis: studies for synthesis, studies in elsewhere.items() if synthesis not in own})


def _studies(rows, centres):
    """Write the studies of `rows`; {number: label} of those that were there and say something else now."""
    before = Study.objects.in_bulk(list(rows))
    changed = {
        number: study.label
        for number, study in before.items()
        if any(getattr(study, name) != rows[number].values[name] for name in FACTS)
    }
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
    return changed


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
    """({what tells it apart: Estimate} of the results that rows give, {number: label} of studies with another number now).

    `result(row)` is what tells a result apart.
    """
    wanted = {result(row): row for row in rows}
    wanted.pop(None, None)
    columns = ("study_id", "centre_id", "intervention_id", "outcome_id", "outcome_reported", "follow_up", "metric")
    before = Estimate.objects.select_related("study").filter(study__in={key[0] for key in wanted})
    found = {tuple(getattr(estimate, name) for name in columns): estimate for estimate in before}
    new, changed, unlike = [], [], {}
    for key, row in wanted.items():
        estimate = found.get(key)
        (changed if estimate else new).append(estimate or Estimate(**dict(zip(columns, key, strict=True))))
        found[key] = estimate or new[-1]
        for name in KEPT_AS_THEY_ARE:
            if estimate and getattr(estimate, name) != row.values[name]:
                unlike[estimate.study_id] = estimate.study.label
            setattr(found[key], name, row.values[name])
    Estimate.objects.bulk_create(new)
    Estimate.objects.bulk_update(changed, KEPT_AS_THEY_ARE, batch_size=500)
    return found, unlike
