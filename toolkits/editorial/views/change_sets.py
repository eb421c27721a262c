"""Change sets: several pages submitted, decided on and published together, all or none."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centres import permissions
from toolkits import actions, policies
from toolkits.editorial.forms import AppointForm, DecideForm, TogetherForm
from toolkits.editorial.gates import change_set_or_404, editors_only
from toolkits.editorial.queue import change_sets_for, changed_documents
from toolkits.editorial.views.common import carry_out, given, page
from toolkits.models import Appointment

PER_PAGE = 50


@require_safe
@editors_only
def change_sets(request):
    """The change sets of my centres, newest first."""
    found = Paginator(change_sets_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "change_sets", {"title": _("Change sets"), "page_obj": found})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def new_change_set(request):
    """Choose changed pages, and submit them together. `?record=` (repeated) ticks them beforehand."""
    choices = changed_documents(request.user, ticked=request.GET.getlist("record"))
    form = given(TogetherForm, request, "new_change_set", choices=choices, ticked=request.GET.getlist("record"))
    if form.is_bound:
        change_set = carry_out(actions.submit_together, form, by=request.user)
        if change_set is not None:
            messages.success(request, _("Submitted together. They go out together, all or none."))
            return redirect("editorial:change_set", change_set.pk)
    return page(
        request, "new_change_set", {"title": _("Submit pages together"), "form": form, "choices": choices}, form
    )


def _change_set_page(request, change_set):
    members = policies.members(change_set)
    open_ones = [revision for revision in members if not policies.verdicts(revision)]
    return {
        "title": str(change_set),
        "change_set": change_set,
        "rows": [
            {
                "revision": revision,
                "decisions": revision.decisions.select_related("decided_by"),
                "was_published": policies.was_published(revision),
            }
            for revision in members
        ],
        "appointment": change_set.appointments.filter(state=Appointment.State.WAITING).first(),
        "refused_appointment": change_set.appointments.filter(state=Appointment.State.REFUSED).last(),
        "can_decide": bool(open_ones)
        and all(
            policies.can_decide(revision, by=request.user, verdict=policies.Verdict.APPROVED) for revision in open_ones
        ),
        "can_publish": all(policies.can_publish(revision, by=request.user) for revision in members),
        "decide_form": given(DecideForm, request, "decide_together"),
        "appoint_form": given(AppointForm, request, "appoint_together"),
    }


@require_safe
@editors_only
def change_set(request, number):
    """One change set: its pages, what was decided on each, and what may be done with all."""
    return page(request, "change_set", _change_set_page(request, change_set_or_404(request.user, number)))


def _act(request, together, action, form_name, said):
    context = _change_set_page(request, together)
    form = context[form_name]
    if carry_out(action, form, change_set=together, by=request.user) is None:
        return page(request, "change_set", context, form)
    messages.success(request, said)
    return redirect("editorial:change_set", together.pk)


@require_POST
@editors_only
def decide_together(request, number):
    """Decide on every page of a change set that nobody has decided on."""
    together = change_set_or_404(request.user, number)
    permissions.check_can_review(request.user, together.centre)
    return _act(
        request, together, actions.decide_together, "decide_form", _("Your decision is recorded on every page.")
    )


@require_POST
@editors_only
def appoint_together(request, number):
    """Let a change set go out at a time."""
    together = change_set_or_404(request.user, number)
    return _act(request, together, actions.appoint, "appoint_form", _("They go out together at the time you chose."))


@require_POST
@editors_only
def publish_together(request, number):
    """Make every page of a change set public, all or none."""
    together = change_set_or_404(request.user, number)
    try:
        versions = actions.publish_together(change_set=together, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published together: %(n)s pages.") % {"n": len(versions)})
    return redirect("editorial:change_set", number)
