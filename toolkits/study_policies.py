"""What may be done with studies and their appraisals. `check_x` raises a Refusal with its reason, `can_x` asks."""

from django.utils.translation import gettext as _

from centres import permissions
from evidence.appraisals import TOOLS
from evidence.models import Appraisal
from toolkits import policies
from toolkits.study_files import known

Reading = Appraisal.Reading


def called(appraisal):
    """The name of whoever read: the named reader, or the account."""
    if appraisal.reader:
        return appraisal.reader
    by = appraisal.by
    return (by.get_full_name() or by.get_username()) if by else _("not recorded")


def check_can_appraise(estimate, *, by):
    """Raise unless `by` may appraise an estimate: it is their own centre's."""
    permissions.check_can_edit(by, estimate.centre)


def check_judgements(tool, judgements, *, reasons_needed=False):
    """Raise Incomplete unless `judgements`, {domain: (judgement, reason)}, are `tool`'s own; without a judgement one is taken away."""
    if tool not in TOOLS:
        raise policies.Incomplete(_("There is no such tool."))
    if not judgements:
        raise policies.Incomplete(_("Judge at least one domain."))
    for domain, (judgement, reason) in judgements.items():
        if domain not in TOOLS[tool].domains or (judgement and judgement not in TOOLS[tool].judgements):
            raise policies.Incomplete(_("%(tool)s has no such domain or judgement.") % {"tool": TOOLS[tool].name})
        if reason and not judgement:
            raise policies.Incomplete(_("%(domain)s: choose a judgement as well.") % {"domain": domain})
        if judgement and not reason and (reasons_needed or tool == Appraisal.Tool.OTHER):
            raise policies.Incomplete(_("%(domain)s: give the reason.") % {"domain": domain})


def check_reads_as(said, reading, *, by, reader):
    """Raise unless `by`, or the `reader` they name, may give a reading beside what was `said` (Appraisals of the tool).

    A reading is one person's, the other reading another's.
    """
    me = called(Appraisal(by=by, reader=reader))
    for appraisal in said:
        same = called(appraisal).casefold() == me.casefold()
        if appraisal.reading == reading and not same:
            raise policies.WrongState(
                _("%(who)s has given the reading “%(reading)s”. Look at the page again, and give the other one.")
                % {"who": called(appraisal), "reading": appraisal.get_reading_display()}
            )
        if appraisal.reading not in {reading, Reading.AGREED} and same:
            raise policies.NotAnother(
                _("%(who)s has given the other reading. A second reader is another person.") % {"who": me}
            )


def check_is_open(said, domains):
    """Raise WrongState where readers have agreed on one of `domains` already."""
    agreed = {appraisal.domain for appraisal in said if appraisal.reading == Reading.AGREED}
    for domain in domains:
        if domain in agreed:
            raise policies.WrongState(
                _("%(domain)s was agreed already: change what was agreed instead.") % {"domain": domain}
            )


def check_was_read_twice(said, domains):
    """Raise Incomplete unless two readers have judged each of `domains`."""
    for domain in domains:
        if not {Reading.FIRST, Reading.SECOND} <= {one.reading for one in said if one.domain == domain}:
            raise policies.Incomplete(_("%(domain)s: two readers judge it before they agree.") % {"domain": domain})


def merger(person):
    """Asks of a study whether `person` may merge it: its keeper's editors, or the network's where it is public.

    Drafts of a centre are no business of the network's editors.
    """
    centres = set(permissions.centres_of(person).values_list("pk", flat=True))
    network = permissions.works_for_network(person)
    public = known.public_numbers() if network else set()

    def may(study):
        return study.centre_id in centres or (network and (study.centre_id is None or study.pk in public))

    return may


def check_can_merge(kept, copy, *, by):
    """Raise unless `by` may merge one study into another: two studies, both their own or the network's to merge."""
    may = merger(by)
    if not (may(kept) and may(copy)):
        raise permissions.PermissionDenied(
            _("Two centres keep these studies: the network's editors merge them, once both are public.")
        )
    if kept.pk == copy.pk:
        raise policies.WrongState(_("A study is no copy of itself."))
    if kept.merged_into_id or copy.merged_into_id:
        raise policies.WrongState(_("One of these studies was merged already."))


can_merge = policies.asking(check_can_merge)
can_appraise = policies.asking(check_can_appraise)
