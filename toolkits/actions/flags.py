"""Flags on live pages that rest on something which changed since: raised by publishing, settled by people."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.audit import by_whom, kept_words
from evidence.models import Synthesis
from toolkits import notices, policies
from toolkits.actions.study_flags import results_of_version
from toolkits.models import Flag, PublishedPage


def raise_flags(record, *, version, title):
    """Flag every live page that cites `record`, of which `version` has just gone out."""
    resting = PublishedPage.objects.filter(cites__contains=[record], state=PublishedPage.State.LIVE)
    pages = {page.record: page for page in resting.exclude(record=record).only("record", "title", "centre")}
    open_already = Flag.objects.filter(why=Flag.Why.PUBLISHED, cause=record, record__in=pages, settled_at__isnull=True)
    known = set(open_already.values_list("record", flat=True))
    flags = [
        Flag(record_id=number, cause=record, cause_version=version, cause_title=title)
        for number in pages
        if number not in known
    ]
    notices.flagged(Flag.objects.bulk_create(flags), pages)


def settle_by_publishing(version, *, submitted_at, by):
    """Settle what was flagged on a record of which a new version went out: somebody has just read it through.

    Studies that changed after it was submitted are not in it: their flags stay.
    """
    with kept_words():
        said = _("Published as version %(n)s.") % {"n": version.version}
    open_flags = Flag.objects.filter(record=version.record, settled_at__isnull=True)
    open_flags.filter(~Q(why=Flag.Why.STUDIES) | Q(raised_at__lte=submitted_at)).update(
        settled_at=timezone.now(), settled_by=by, settlement=said
    )
    if version.kind == Synthesis.KIND:
        open_flags.filter(why=Flag.Why.STUDIES).update(was=results_of_version(version), cause_version=version.version)


@by_whom
def settle_flag(*, flag, by, settlement):
    """Say that `by` looked at a flagged page, and what was found; returns the Flag."""
    flag = Flag.objects.select_for_update().select_related("record").get(pk=flag.pk)
    policies.check_can_settle(flag, by=by)
    if not settlement.strip():
        raise policies.Incomplete(_("Say what you found."))
    flag.settled_at, flag.settled_by, flag.settlement = timezone.now(), by, settlement.strip()
    flag.save()
    return flag
