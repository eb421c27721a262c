"""Out to the public: one revision, a change set, or one in an emergency."""

from django.utils import timezone
from django.utils.translation import gettext as _

from centres.audit import by_whom
from toolkits import changes, notices, policies, scheme_versions
from toolkits.actions.common import lock, raise_publication_number, write_version
from toolkits.actions.flags import raise_flags, settle_by_publishing
from toolkits.actions.review import decide
from toolkits.models import (
    Appointment,
    Change,
    Decision,
    PublicationEvent,
    PublishedCorrection,
    Revision,
)
from toolkits.publication_rows import publication_event

Verb = PublicationEvent.Verb


def send_out(revision, *, by, imported_from=""):
    """Make a revision that may go out public, with all that follows from it; returns its PublishedVersion.

    The caller holds the lock on its record, has checked that it may go out, and raises the publication number.
    """
    before = policies.live(revision.record_id, revision.kind)
    corrects = revision.change == Change.CORRECTION and bool(revision.wrong)
    told = {"wrong": revision.wrong, "note": revision.note, "conclusion": revision.conclusion} if corrects else None
    version = write_version(
        revision=revision, change=revision.change, note=revision.note, minor=revision.minor, correction=told
    )
    publication_event(revision, version, by=by, imported_from=imported_from).save()
    Appointment.objects.filter(revision=revision, state=Appointment.State.WAITING).update(
        state=Appointment.State.KEPT, ended_at=timezone.now(), ended_by=by
    )
    settle_by_publishing(version, submitted_at=revision.submitted_at, by=by)
    if before is not None and not revision.minor:
        raise_flags(version.record, version=version.version, title=version.title)
    if corrects:
        _enter_correction(revision, version, before)
    notices.published(revision, version)
    return version


def _enter_correction(revision, version, before):
    """Put a correction on the public list, with what was and what is."""
    changed = changes.between(revision.kind, before, revision)
    PublishedCorrection.objects.create(
        record=version.record,
        version=version.version,
        kind=version.kind,
        title=version.title,
        path=version.path,
        centre=revision.centre.slug if revision.centre else "",
        at=version.published_at,
        wrong=revision.wrong,
        note=revision.note,
        conclusion=revision.conclusion,
        differences=[[difference.field, difference.before, difference.after] for difference in changed],
        notified=notices.corrected(revision, version),
    )


@by_whom
def publish(*, revision, by, imported_from=""):
    """Make an approved revision public and return its PublishedVersion.

    Raises policies.NotApproved, Outdated, Tampered (the stored text is not the approved one),
    AddressInUse, WrongState.
    """
    lock(revision.record_id)
    revision = Revision.objects.select_related("centre").get(pk=revision.pk)
    policies.check_can_publish(revision, by=by)
    policies.check_goes_alone(revision)
    version = send_out(revision, by=by, imported_from=imported_from)
    scheme_versions.check_rates_on_public_scales(version)
    raise_publication_number()
    return version


@by_whom
def publish_together(*, change_set, by):
    """Make every page of a change set public, all or none, and return their PublishedVersions.

    Raises what `publish` raises, naming the page that stands in the way.
    """
    lock(*change_set.revisions.values_list("record", flat=True))
    versions = []
    for revision in policies.members(change_set):
        with policies.naming(revision):
            policies.check_can_publish(revision, by=by)
        versions.append(send_out(revision, by=by))
    scheme_versions.check_rates_on_public_scales(*versions)
    change_set.appointments.filter(state=Appointment.State.WAITING).update(
        state=Appointment.State.KEPT, ended_at=timezone.now(), ended_by=by
    )
    raise_publication_number()
    return versions


@by_whom
def publish_in_emergency(*, revision, by, reason):
    """Publish without a second person, for a stated reason; it stays flagged until another person approves it."""
    if not reason.strip():
        raise policies.Incomplete(_("Say why this cannot wait for another person."))
    decide(revision=revision, by=by, verdict=Decision.Verdict.EMERGENCY, note=reason)
    return publish(revision=revision, by=by)
