"""The risk of bias of an estimate: who reads, what they say, and what two readers agree on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centres import permissions
from evidence.appraisals import TOOLS
from evidence.models import Appraisal, Estimate
from toolkits import actions, study_policies
from toolkits.editorial.appraisal_grid import Grid
from toolkits.editorial.gates import editors_only
from toolkits.editorial.views.common import carry_out, page

Reading = Appraisal.Reading


def _estimate_or_404(person, number):
    """The estimate with database key `number`; 404 where it is another centre's."""
    estimate = Estimate.objects.select_related("study", "outcome", "centre").filter(pk=number).first()
    if estimate is None or not study_policies.can_appraise(estimate, by=person):
        raise Http404
    return estimate


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appraisal(request, number):
    """The grid of a tool: first reader, second reader, agreed; one of them may be filled in."""
    estimate = _estimate_or_404(request.user, number)
    used = list(estimate.appraisals.values_list("tool", flat=True).distinct())
    asked = request.GET.get("tool")
    tool = asked if asked in TOOLS else next(iter(used), Appraisal.Tool.ROB2)
    # Where the form comes back refused it keeps the column it was sent for, if that is still this person's.
    fill = request.POST.get("fill") or request.GET.get("fill", "")
    data = request.POST if request.method == "POST" else None
    grid = Grid(estimate, tool, request.user, fill=fill, show="show" in request.GET, data=data)
    if request.method == "POST" and grid.form and _save(grid, estimate, tool, request.user, fill):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('editorial:appraisal', args=[number])}?tool={tool}")
    context = {
        "title": _("Risk of bias: %(study)s") % {"study": estimate.study},
        "estimate": estimate,
        "study_url": _study_url(estimate.study, request.user),
        "tools": [(code, known.name, code == tool, code in used) for code, known in TOOLS.items()],
        "tool": TOOLS[tool],
        "grid": grid,
        "form": grid.form,
        "columns": grid.columns(),
        "rows": grid.rows(),
    }
    return page(request, "appraisal", context, *filter(None, [grid.form]))


def _study_url(study, person):
    """The study's form for its keeper's editors, its public page for others."""
    if permissions.can_edit(person, study.centre):
        return reverse("admin:evidence_study_change", args=[study.pk])
    return reverse("public:study", args=[study.pk])


def _save(grid, estimate, tool, person, fill):
    """Whether what was sent was saved; where not, the form says why."""
    if grid.fill != fill:
        grid.form.add_error(
            None, _("Somebody else has saved meanwhile. Nothing you typed is lost: look, and save again.")
        )
        return False
    about = {"estimate": estimate, "tool": tool, "by": person}
    if fill == Reading.AGREED:
        return carry_out(actions.reconcile, grid.form, **about) is not None
    return carry_out(actions.appraise, grid.form, reading=fill, **about) is not None
