"""Publishing at a time: once, also late, also after a crash, and never what may no longer go out."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import timezone

from toolkits import actions, policies, runner
from toolkits.models import Appointment, Change, Decision, Notice, PublishedPage, PublishedVersion

State = Appointment.State
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def appointment(approved, editor):
    return actions.appoint(revision=approved, at=timezone.now() + HOUR, by=editor)


def make_due(appointment):
    Appointment.objects.filter(pk=appointment.pk).update(at=timezone.now() - HOUR)


def versions(revision):
    return PublishedVersion.objects.filter(record=revision.record_id).count()


def test_nothing_goes_out_before_its_time(appointment, approved):
    assert not runner.keep_appointments()
    assert versions(approved) == 1


def test_it_goes_out_once_however_late_and_however_often_the_runner_starts(appointment, approved):
    make_due(appointment)
    assert runner.keep_appointments()
    assert not runner.keep_appointments()
    appointment.refresh_from_db()
    assert versions(approved) == 2
    assert (appointment.state, appointment.ended_by) == (State.KEPT, appointment.made_by)
    assert PublishedPage.objects.get(record=approved.record_id).published_at <= timezone.now()


class Killed(BaseException):
    """What no handler of ours stops, as `kill -9` is not stopped."""


@pytest.mark.parametrize("fault", [Killed, OperationalError])
def test_a_crash_or_a_fault_of_the_database_leaves_it_waiting(appointment, approved, monkeypatch, fault):
    make_due(appointment)

    def broken():
        raise fault

    monkeypatch.setattr("toolkits.actions.appointments.raise_publication_number", broken)
    with pytest.raises(fault):
        runner.keep_appointments()
    monkeypatch.undo()
    appointment.refresh_from_db()
    assert (appointment.state, versions(approved)) == (State.WAITING, 1)
    assert runner.keep_appointments()
    assert versions(approved) == 2


def test_publishing_by_hand_keeps_it(appointment, approved, reviewer):
    actions.publish(revision=approved, by=reviewer)
    make_due(appointment)
    assert not runner.keep_appointments()
    appointment.refresh_from_db()
    assert (appointment.state, appointment.ended_by, versions(approved)) == (State.KEPT, reviewer, 2)


def test_what_can_no_longer_go_out_is_refused_with_its_reason_and_told(appointment, approved, editor):
    make_due(appointment)
    other = PublishedPage.objects.exclude(record=approved.record_id).filter(kind="intervention").first()
    PublishedPage.objects.filter(record=approved.record_id).update(path="/elsewhere/")
    PublishedPage.objects.filter(record=other.record).update(path=approved.path)
    assert runner.keep_appointments()
    appointment.refresh_from_db()
    assert appointment.state == State.REFUSED
    assert f"belongs to record {other.record}" in appointment.outcome
    assert versions(approved) == 1
    assert Notice.objects.filter(person=editor, event=Notice.Event.REFUSED).count() == 1


def test_one_that_breaks_does_not_hold_up_the_next(appointment, approved, editor, reviewer, monkeypatch, caplog):
    make_due(appointment)

    def broken(revision):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(policies, "check_may_go_out", broken)
    assert runner.keep_appointments()
    appointment.refresh_from_db()
    assert appointment.state == State.REFUSED
    assert "broken on purpose" not in appointment.outcome
    assert "broken on purpose" in caplog.text


def test_a_leaver_s_appointment_is_kept(appointment, approved, editor):
    editor.is_active = False
    editor.save()
    make_due(appointment)
    runner.keep_appointments()
    assert versions(approved) == 2


def test_only_what_was_approved_gets_a_time(submitted, editor):
    with pytest.raises(policies.NotApproved):
        actions.appoint(revision=submitted, at=timezone.now() + HOUR, by=editor)


def test_a_time_that_is_past_is_refused(approved, editor):
    with pytest.raises(policies.WrongState, match="is past"):
        actions.appoint(revision=approved, at=timezone.now() - HOUR, by=editor)


def test_two_times_are_refused(appointment, approved, editor):
    with pytest.raises(policies.WrongState, match="Cancel that time first"):
        actions.appoint(revision=approved, at=timezone.now() + 2 * HOUR, by=editor)


def test_nothing_newer_is_submitted_while_one_waits(appointment, edited, editor):
    edited.summary = "Newer"
    edited.save()
    with pytest.raises(policies.WrongState, match="Cancel that time first"):
        actions.submit(document=edited, by=editor, change=Change.WORDING, note="Newer")


def test_a_cancelled_time_goes_by(appointment, approved, editor, other_centre_editor):
    with pytest.raises(PermissionDenied):
        actions.cancel_appointment(appointment=appointment, by=other_centre_editor)
    actions.cancel_appointment(appointment=appointment, by=editor)
    make_due(appointment)
    assert not runner.keep_appointments()
    assert versions(approved) == 1
    with pytest.raises(policies.WrongState, match="no longer waiting"):
        actions.cancel_appointment(appointment=appointment, by=editor)


def test_whoever_gave_the_time_after_an_emergency_is_not_asked_to_approve(submitted, editor):
    """The scheduler approves nothing: a time needs an approval first."""
    with pytest.raises(PermissionDenied):
        actions.decide(revision=submitted, by=editor, verdict=Decision.Verdict.APPROVED)
