"""What is public of a record: its versions, and the forms that restore, withdraw, remove or merge it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centres import permissions
from toolkits import actions, policies, snapshots
from toolkits.editorial.forms import MergeForm, ReasonForm, RestoreForm
from toolkits.editorial.gates import document_or_404, editors_only
from toolkits.editorial.views.common import carry_out, given, page
from toolkits.models import PublishedCorrection, PublishedPage, PublishedVersion

State = PublishedPage.State


def _standing_page(request, document):
    live = policies.live(document.pk, document.KIND)
    state = getattr(live, "state", None)
    may = permissions.can_review(request.user, snapshots.owner(document))
    versions = PublishedVersion.objects.filter(record=document.pk).defer("payload")
    return {
        "title": _("What is public of “%(name)s”") % {"name": document},
        "document": document,
        "kind": document.KIND,
        "live": live,
        "versions": versions,
        "corrections": PublishedCorrection.objects.filter(record=document.pk).defer("differences"),
        # A shared list has no page that could be taken down.
        "may_change": may and state is not None,
        "can_withdraw": state == State.LIVE,
        "can_remove": state in {State.LIVE, State.WITHDRAWN},
        "withdraw_form": given(ReasonForm, request, "withdraw"),
        "remove_form": given(ReasonForm, request, "remove"),
        "merge_form": given(MergeForm, request, "merge"),
        "restore_form": given(RestoreForm, request, "restore", versions=versions),
    }


@require_safe
@editors_only
def standing(request, kind, record):
    """What is public of a record."""
    return page(request, "standing", _standing_page(request, document_or_404(request.user, kind, record)))


def _act(request, kind, record, action, form_name, said):
    document = document_or_404(request.user, kind, record)
    permissions.check_can_review(request.user, snapshots.owner(document))
    context = _standing_page(request, document)
    form = context[form_name]
    if carry_out(action, form, record=record, by=request.user) is None:
        return page(request, "standing", context, form)
    messages.success(request, said)
    return redirect("editorial:standing", kind, record)


@require_POST
@editors_only
def withdraw(request, kind, record):
    """Take the page out of lists; it stays readable under a banner."""
    said = _("Withdrawn. Its address shows the page under a banner with your reason.")
    return _act(request, kind, record, actions.withdraw, "withdraw_form", said)


@require_POST
@editors_only
def remove(request, kind, record):
    """Stop showing the page."""
    return _act(
        request, kind, record, actions.remove, "remove_form", _("Removed. Its address says so, with your reason.")
    )


@require_POST
@editors_only
def merge(request, kind, record):
    """Lead the page's address to another record."""
    return _act(request, kind, record, actions.merge, "merge_form", _("Merged. Its address leads to the other page."))


@require_POST
@editors_only
def restore(request, kind, record):
    """Publish an earlier version's content again."""
    return _act(request, kind, record, actions.restore, "restore_form", _("Restored, as a new version."))
