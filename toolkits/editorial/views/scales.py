"""Versions of rating scales: the next one begun, and what is to be rated again on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence.models import RatingScheme
from toolkits import policies, scheme_versions
from toolkits.editorial.forms import VersionForm
from toolkits.editorial.gates import document_or_404, editors_only
from toolkits.editorial.rerating import with_ratings_to_renew
from toolkits.editorial.views.common import carry_out, given, page

PER_PAGE = 50


@require_safe
@editors_only
def rerating(request):
    """The interventions that this person is to rate again."""
    interventions = Paginator(with_ratings_to_renew(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("To be rated again"), "interventions": interventions}
    return page(request, "rerating", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def new_version(request, record):
    """Begin the next version of a rating scale that was public."""
    scheme = document_or_404(request.user, RatingScheme.KIND, record)
    change_form = redirect("admin:evidence_ratingscheme_change", record)
    try:
        scheme_versions.check_can_have_new_version(scheme, by=request.user)
    except policies.Refusal as refusal:
        messages.error(request, str(refusal))
        return change_form
    form = given(VersionForm, request, "new_version")
    context = {"title": _("A new version of “%(name)s”") % {"name": scheme.name}, "scheme": scheme, "form": form}
    if request.method != "POST":
        return page(request, "new_version", context)
    new = carry_out(scheme_versions.new_version, form, scheme=scheme, by=request.user)
    if new is None:
        return page(request, "new_version", context, form)
    messages.success(
        request,
        _("This is the draft of the new version. Change its levels, then submit it; the old one stays as it is."),
    )
    return redirect("admin:evidence_ratingscheme_change", new.pk)
