"""Second copies of a study: merged into the one that is kept, all or nothing."""

from django.utils.translation import gettext as _

from centres.audit import by_whom
from evidence.models import Study
from toolkits import policies, study_merging, study_policies
from toolkits.actions.common import lock
from toolkits.actions.study_flags import studies_changed, used_in
from toolkits.models import Flag


@by_whom
def merge_studies(*, kept, copy, take, by):
    """Merge the Study `copy` into the Study `kept`, and return it. `take` names the fields that it gets from the copy.

    Results and places in syntheses move; of two that are the same one goes. The copy stays, as one of a study
    `merged_into` it. Raises policies.WrongState with every reason why not.
    """
    lock(kept.pk, copy.pk)
    kept, copy = Study.objects.get(pk=kept.pk), Study.objects.get(pk=copy.pk)
    study_policies.check_can_merge(kept, copy, by=by)
    merge = study_merging.Merge(kept, copy, by)
    if merge.obstacles:
        raise policies.WrongState(" ".join(merge.obstacles))
    if unknown := set(take) - set(study_merging.FIELDS):
        raise policies.Incomplete(_("A study has no field %(names)s.") % {"names": ", ".join(sorted(unknown))})
    for name in take:
        setattr(kept, name, getattr(copy, name))
    kept.save()
    study_merging.carry_out(merge)
    Study.objects.filter(merged_into=copy).update(merged_into=kept)
    copy.merged_into = kept
    copy.save()
    studies_changed(used_in({kept.pk: (kept.label, Flag.StudyChange.MERGED)}), by=by)
    return kept
