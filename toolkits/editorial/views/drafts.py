"""The working copy of a record: how it differs from what is live, and the form that submits it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toolkits import actions, changes, policies, snapshots
from toolkits.editorial.forms import SettleForm, SubmitForm
from toolkits.editorial.gates import document_or_404, editors_only, flag_or_404
from toolkits.editorial.previews import preview_of_draft, show
from toolkits.editorial.queue import newest_revision, open_flags
from toolkits.editorial.results import side_by_side
from toolkits.editorial.views.common import carry_out, given, page


def _draft_page(request, document):
    kind, record = document.KIND, document.pk
    form = given(SubmitForm, request, "submit", first=policies.live(record, kind) is None)
    context = {
        "title": str(document),
        "document": document,
        "kind": kind,
        "form": form,
        "flags": [(flag, side_by_side(flag)) for flag in open_flags(record)],
        "settle_form": given(SettleForm, request, "settle"),
        "newest": newest_revision(record),
        "appointments": policies.waiting_appointments(record),
        "change_url": reverse(f"admin:{document._meta.app_label}_{document._meta.model_name}_change", args=[record]),
    }
    try:
        policies.check_can_submit(document, by=request.user)
    except policies.Refusal as refusal:
        context["refusal"] = refusal
    if kind != "intervention" or hasattr(document, "entry"):
        payload, _digest = snapshots.freeze(document)
        context["live"], context["differences"] = changes.from_live(kind, record, payload)
        context["can_preview"] = True
    return context


@require_safe
@editors_only
def draft(request, kind, record):
    """The working copy of a record, against what is live."""
    context = _draft_page(request, document_or_404(request.user, kind, record))
    return page(request, "draft", context)


@require_POST
@editors_only
def submit(request, kind, record):
    """Freeze the working copy and send it to review."""
    document = document_or_404(request.user, kind, record)
    context = _draft_page(request, document)
    revision = carry_out(actions.submit, context["form"], document=document, by=request.user)
    if revision is None:
        return page(request, "draft", context, context["form"])
    messages.success(request, _("Submitted. Another person can now decide on exactly this text."))
    return redirect("editorial:revision", revision.pk)


@require_POST
@editors_only
def settle(request, number):
    """Say what was found after something this page rests on had changed."""
    flag = flag_or_404(request.user, number)
    context = _draft_page(request, document_or_404(request.user, flag.record.kind, flag.record_id))
    form = context["settle_form"]
    if carry_out(actions.settle_flag, form, flag=flag, by=request.user) is None:
        return page(request, "draft", context, form)
    messages.success(request, _("Noted: you looked, and what you found."))
    return redirect("editorial:draft", flag.record.kind, flag.record_id)


@require_safe
@editors_only
def preview_draft(request, kind, record):
    """The true page, as the working copy would show it now."""
    document = document_or_404(request.user, kind, record)
    if kind == "intervention" and not hasattr(document, "entry"):
        messages.error(request, _("Give the intervention its place in a toolkit first: its address depends on it."))
        return redirect("editorial:draft", kind, record)
    return show(request, preview_of_draft(document))
