"""Going out at a time: appointments are made by people and kept by the runner, exactly once, also late."""

import logging

from django.db import InterfaceError, InternalError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.audit import by_whom
from toolkits import notices, policies, scheme_versions
from toolkits.actions.common import lock, raise_publication_number
from toolkits.actions.publishing import send_out
from toolkits.models import Appointment

log = logging.getLogger(__name__)
State = Appointment.State


@by_whom
def appoint(*, by, at, revision=None, change_set=None):
    """Let an approved revision, or a whole change set, go out at `at` (aware datetime); returns the Appointment.

    Raises what `publish` raises, WrongState where the time is past or a time was given already.
    """
    revisions = [revision] if revision else policies.members(change_set)
    lock(*(one.record_id for one in revisions))
    if revision:
        policies.check_goes_alone(revision)
    for one in revisions:
        with policies.naming(one):
            policies.check_can_publish(one, by=by)
    policies.check_can_appoint(revision=revision, change_set=change_set, at=at)
    return Appointment.objects.create(revision=revision, change_set=change_set, at=at, made_by=by)


def _waiting(appointment):
    """The appointment, locked, with the revisions it is about; None where it has ended since it was read.

    Records are locked before it, as publishing by hand locks them, so that the two never wait for each other.
    """
    revisions = policies.members(appointment.change_set) if appointment.change_set else [appointment.revision]
    lock(*(revision.record_id for revision in revisions))
    waiting = Appointment.objects.select_for_update().filter(pk=appointment.pk, state=State.WAITING).first()
    return waiting, revisions


def _end(appointment, state, *, by=None, outcome=""):
    appointment.state, appointment.ended_at, appointment.ended_by = state, timezone.now(), by
    appointment.outcome = outcome
    appointment.save()
    return appointment


@by_whom
def cancel_appointment(*, appointment, by):
    """Let a time go by: the revision stays approved, and may go out by hand or at another time."""
    policies.check_can_cancel(appointment, by=by)
    waiting, _revisions = _waiting(appointment)
    if waiting is None:
        raise policies.WrongState(_("This is no longer waiting for its time."))
    return _end(waiting, State.CANCELLED, by=by)


def keep_next_appointment():
    """Publish what is due next, in a transaction of its own; returns whether there was anything.

    The appointment ends in the transaction that publishes: after a crash it is still waiting, and kept then. What
    can no longer go out ends as refused, with the reason, and whoever made the appointment is told.
    """
    due = Appointment.objects.filter(state=State.WAITING, at__lte=timezone.now()).order_by("at", "pk")
    appointment = due.select_related("revision", "change_set", "made_by").first()
    if appointment is None:
        return False
    with transaction.atomic():
        try:
            _keep(appointment=appointment, by=appointment.made_by)
        except policies.Refusal as refusal:
            notices.refused(_end(appointment, State.REFUSED, outcome=str(refusal)))
        except (InterfaceError, InternalError, OperationalError):
            raise  # the database went away, its disk is full, or another writer was in the way: it is still due
        except Exception:
            # One that always breaks would otherwise keep all that come after it from going out.
            log.exception("Appointment %s could not be kept", appointment.pk)
            fault = _("An error of the portal's own: its log says which.")
            notices.refused(_end(appointment, State.REFUSED, outcome=fault))
    return True


@by_whom
def _keep(*, appointment, by):
    """Publish in the name of who made the appointment, who may have left since: it was theirs to make."""
    waiting, revisions = _waiting(appointment)
    if waiting is None:
        return
    versions = []
    for revision in revisions:
        with policies.naming(revision):
            policies.check_may_go_out(revision)
        versions.append(send_out(revision, by=by))
    scheme_versions.check_rates_on_public_scales(*versions)
    _end(waiting, State.KEPT, by=by)
    raise_publication_number()
