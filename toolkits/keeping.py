"""Who works on a record: taking what is in nobody's keeping, and putting back what is one's own."""

from django.utils.translation import gettext as _

from centres import audit, permissions
from centres.records import RecordNumber
from toolkits import policies, snapshots


def _keep(document, by, keeper, action):
    number = RecordNumber.objects.select_for_update().get(pk=document.pk)
    owner = snapshots.owner(document)
    permissions.check_can_edit(by, owner)
    if number.keeper_id not in {None, by.pk}:
        raise policies.WrongState(_("%(person)s works on this already.") % {"person": number.keeper})
    number.keeper = keeper
    number.save(update_fields=["keeper"])
    audit.record(action=action, by=by, kind="centres_recordnumber", key=document.pk, record=document.pk, centre=owner)


@audit.by_whom
def take(*, document, by):
    """Put a record that nobody works on into `by`'s keeping.

    Raises policies.WrongState where somebody else works on it, PermissionDenied where `by` is no editor of its centre.
    """
    _keep(document, by, by, "taken")


@audit.by_whom
def put_back(*, document, by):
    """Put a record that `by` works on back, for anybody of its centre to take; raises as `take` does."""
    _keep(document, by, None, "put back")
