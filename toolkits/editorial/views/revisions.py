"""A submission as it lies: its difference from what is live, what was said of it, and what may be done with it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centres import permissions
from toolkits import actions, changes, policies
from toolkits.editorial.forms import AppointForm, CommentForm, DecideForm, EmergencyForm
from toolkits.editorial.gates import appointment_or_404, editors_only, revision_or_404
from toolkits.editorial.previews import preview_of_revision, show
from toolkits.editorial.views.common import carry_out, given, page
from toolkits.models import Appointment


def _revision_page(request, revision):
    live = policies.live(revision.record_id, revision.kind)
    verdicts = policies.verdicts(revision)
    return {
        "title": revision.title,
        "revision": revision,
        "live": live,
        "differences": changes.between(revision.kind, live, revision),
        "decisions": revision.decisions.select_related("decided_by"),
        "comments": revision.comments.select_related("by"),
        "appointment": revision.appointments.filter(state=Appointment.State.WAITING).first(),
        "refused_appointment": revision.appointments.filter(state=Appointment.State.REFUSED).last(),
        "goes_with": revision.change_set if revision.change_set_id and not policies.can_go_alone(revision) else None,
        "decide_form": given(DecideForm, request, "decide"),
        "comment_form": given(CommentForm, request, "comment"),
        "appoint_form": given(AppointForm, request, "appoint"),
        "emergency_form": given(EmergencyForm, request, "emergency"),
        "can_decide": policies.can_decide(revision, by=request.user, verdict=policies.Verdict.APPROVED),
        "can_publish": policies.can_publish(revision, by=request.user),
        "can_declare_emergency": not verdicts
        and policies.can_decide(revision, by=request.user, verdict=policies.Verdict.EMERGENCY),
        "is_flagged": policies.is_flagged(revision),
        "own_work": revision.submitted_by == request.user,
        "was_published": policies.was_published(revision),
        "is_newest": policies.is_newest(revision),
    }


@require_safe
@editors_only
def revision(request, number):
    """A submission."""
    return page(request, "revision", _revision_page(request, revision_or_404(request.user, number)))


def _act(request, submitted, action, form_name, said):
    """Carry `action` out with the form of that name, and come back to the submission."""
    context = _revision_page(request, submitted)
    form = context[form_name]
    if carry_out(action, form, revision=submitted, by=request.user) is None:
        return page(request, "revision", context, form)
    messages.success(request, said)
    return redirect("editorial:revision", submitted.pk)


@require_POST
@editors_only
def decide(request, number):
    """Record the verdict of another person."""
    submitted = revision_or_404(request.user, number)
    permissions.check_can_review(request.user, submitted.centre)
    return _act(request, submitted, actions.decide, "decide_form", _("Your decision is recorded."))


@require_POST
@editors_only
def comment(request, number):
    """Say something about a submission."""
    submitted = revision_or_404(request.user, number)
    return _act(
        request, submitted, actions.comment, "comment_form", _("Your comment is there for all who work on this.")
    )


@require_POST
@editors_only
def appoint(request, number):
    """Let an approved submission go out at a time."""
    submitted = revision_or_404(request.user, number)
    return _act(request, submitted, actions.appoint, "appoint_form", _("It goes out at the time you chose."))


@require_POST
@editors_only
def emergency(request, number):
    """Publish without a second person, for a stated reason."""
    submitted = revision_or_404(request.user, number)
    permissions.check_can_review(request.user, submitted.centre)
    said = _("Published. It stays flagged until another person has approved it.")
    return _act(request, submitted, actions.publish_in_emergency, "emergency_form", said)


@require_POST
@editors_only
def publish(request, number):
    """Make an approved submission public."""
    submitted = revision_or_404(request.user, number)
    try:
        version = actions.publish(revision=submitted, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published as version %(n)s.") % {"n": version.version})
    return redirect("editorial:revision", number)


@require_POST
@editors_only
def cancel_appointment(request, number):
    """Let a time go by."""
    appointment = appointment_or_404(request.user, number)
    try:
        actions.cancel_appointment(appointment=appointment, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It no longer goes out by itself. It stays approved."))
    if appointment.change_set:
        return redirect("editorial:change_set", appointment.change_set_id)
    return redirect("editorial:revision", appointment.revision_id)


@require_safe
@editors_only
def preview_revision(request, number):
    """The true page, as this submission would show it."""
    return show(request, preview_of_revision(revision_or_404(request.user, number)))
