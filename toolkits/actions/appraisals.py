"""Appraisals of an estimate: two people read by themselves, then agree."""

from centres.audit import by_whom
from evidence.models import Appraisal
from toolkits import study_policies
from toolkits.actions.common import lock
from toolkits.actions.study_flags import studies_changed, used_in
from toolkits.models import Flag

Reading = Appraisal.Reading


@by_whom
def appraise(*, estimate, tool, reading, judgements, by, reader=""):
    """Enter the first or second reading of an estimate: `judgements` are {domain: (judgement, reason)}.

    A domain without a judgement is taken away. `reader` names who read, where they have no account; else it is `by`.
    Returns how many domains changed. Raises policies.WrongState, NotAnother or Incomplete.
    """
    said = _locked(estimate, tool, by)
    study_policies.check_judgements(tool, judgements)
    study_policies.check_is_open(said, judgements)
    study_policies.check_reads_as(said, reading, by=by, reader=reader.strip())
    return _write(estimate, tool, reading, judgements, said, by=by, reader=reader.strip())


@by_whom
def reconcile(*, estimate, tool, judgements, by):
    """Enter what two readers agreed on: {domain: (judgement, reason)}, each with its reason.

    Returns how many domains changed. Raises policies.Incomplete.
    """
    said = _locked(estimate, tool, by)
    study_policies.check_judgements(tool, judgements, reasons_needed=True)
    study_policies.check_was_read_twice(said, judgements)
    return _write(estimate, tool, Reading.AGREED, judgements, said, by=by)


def _locked(estimate, tool, by):
    """The appraisals of an estimate by a tool, which nobody else changes meanwhile."""
    study_policies.check_can_appraise(estimate, by=by)
    lock(estimate.study_id)
    return list(estimate.appraisals.filter(tool=tool).select_related("by"))


def _write(estimate, tool, reading, judgements, said, *, by, reader=""):
    stored = {one.domain: one for one in said if one.reading == reading}
    changed = 0
    for domain, (judgement, reason) in judgements.items():
        one = stored.get(domain)
        if one is None and judgement:
            Appraisal.objects.create(
                estimate=estimate,
                tool=tool,
                domain=domain,
                judgement=judgement,
                reason=reason,
                reading=reading,
                by=by,
                reader=reader,
            )
        elif one is not None and not judgement:
            one.delete()
        elif one is not None and (one.judgement, one.reason) != (judgement, reason):
            one.judgement, one.reason, one.by = judgement, reason, by
            one.save()
        else:
            continue
        changed += 1
    if changed:
        told = {estimate.study_id: (estimate.study.label, Flag.StudyChange.APPRAISALS)}
        studies_changed(used_in(told, estimate=estimate), by=by)
    return changed
