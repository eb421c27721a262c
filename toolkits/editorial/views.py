"""Preview, compare, submit, decide, publish: one gate, one action, one answer each."""

from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centres import permissions
from toolkits import actions, policies, snapshots
from toolkits.differences import differences
from toolkits.editorial.forms import DecideForm, SubmitForm
from toolkits.editorial.gates import document_or_404, editors_only, revision_or_404
from toolkits.editorial.previews import preview_of_draft, preview_of_revision
from toolkits.editorial.queue import queue_for
from toolkits.public.views.intervention import intervention_context


def _live_differences(kind, record, payload):
    page = policies.live(record, kind)
    return page, differences(page.payload if page else {}, payload)


def _page(request, name, context):
    """An editorial page inside the admin's frame; a form that did not pass answers 422."""
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(request, f"editorial/{name}.html", {**admin.site.each_context(request), **context}, status=status)


@require_safe
@editors_only
def queue(request):
    """What waits for me, what I submitted, what may go out, what came back."""
    return _page(request, "queue", {"title": _("Review and publish"), **queue_for(request.user)})


def _draft_page(request, kind, record, form):
    document = document_or_404(request.user, kind, record)
    context = {
        "title": str(document),
        "document": document,
        "kind": kind,
        "form": form,
        "change_url": reverse(f"admin:{document._meta.app_label}_{document._meta.model_name}_change", args=[record]),
    }
    try:
        policies.check_can_submit(document, by=request.user)
    except policies.Refusal as refusal:
        return _page(request, "draft", {**context, "refusal": refusal})
    payload, _digest = snapshots.freeze(document)
    live, changes = _live_differences(kind, record, payload)
    return _page(request, "draft", {**context, "live": live, "differences": changes})


@require_safe
@editors_only
def draft(request, kind, record):
    """The working copy of a record: how it differs from what is live, and the form that submits it."""
    return _draft_page(request, kind, record, SubmitForm())


@require_POST
@editors_only
def submit(request, kind, record):
    """Freeze the working copy and send it to review."""
    document = document_or_404(request.user, kind, record)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, kind, record, form)
    try:
        revision = actions.submit(document=document, by=request.user, **form.cleaned_data)
    except policies.Refusal as refusal:
        form.add_error(None, str(refusal))
        return _draft_page(request, kind, record, form)
    messages.success(request, _("Submitted. Another person can now decide on exactly this text."))
    return redirect("editorial:revision", revision.pk)


def _revision_page(request, number, form):
    submitted = revision_or_404(request.user, number)
    live, changes = _live_differences(submitted.kind, submitted.record_id, submitted.payload)
    context = {
        "title": submitted.title,
        "revision": submitted,
        "live": live,
        "differences": changes,
        "decisions": submitted.decisions.select_related("decided_by"),
        "form": form,
        "can_decide": policies.can_decide(submitted, by=request.user, verdict=policies.Verdict.APPROVED),
        "can_publish": policies.can_publish(submitted, by=request.user),
        "own_work": submitted.submitted_by == request.user,
        "was_published": policies.was_published(submitted),
        "is_newest": policies.is_newest(submitted),
    }
    return _page(request, "revision", context)


@require_safe
@editors_only
def revision(request, number):
    """A submission as it lies: its difference from what is live, and what may be done with it."""
    return _revision_page(request, number, DecideForm())


@require_POST
@editors_only
def decide(request, number):
    """Record the verdict of another person."""
    submitted = revision_or_404(request.user, number)
    permissions.check_can_review(request.user, submitted.centre)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _revision_page(request, number, form)
    try:
        decision = actions.decide(revision=submitted, by=request.user, **form.cleaned_data)
    except policies.Refusal as refusal:
        form.add_error(None, str(refusal))
        return _revision_page(request, number, form)
    messages.success(request, _("Recorded: %(verdict)s.") % {"verdict": decision.get_verdict_display().lower()})
    return redirect("editorial:revision", number)


@require_POST
@editors_only
def publish(request, number):
    """Make an approved revision public."""
    submitted = revision_or_404(request.user, number)
    try:
        version = actions.publish(revision=submitted, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published as version %(n)s.") % {"n": version.version})
    return redirect("editorial:revision", number)


def _preview(request, page):
    if page.kind == "intervention":
        return render(request, "public/intervention.html", {**intervention_context(page), "preview": True})
    return render(request, "editorial/preview.html", {"page": page, "document": page.document})


@require_safe
@editors_only
def preview_revision(request, number):
    """The true page, as this submission would show it."""
    submitted = revision_or_404(request.user, number)
    return _preview(request, preview_of_revision(submitted))


@require_safe
@editors_only
def preview_draft(request, kind, record):
    """The true page, as the working copy would show it now."""
    document = document_or_404(request.user, kind, record)
    if not policies.can_submit(document, by=request.user):
        return redirect("editorial:draft", kind, record)
    return _preview(request, preview_of_draft(document))
