"""Second copies of studies: the list of those that are probable, and the page that merges two."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from centres import permissions
from evidence.models import Study
from toolkits import actions, study_merging, study_policies
from toolkits.editorial.gates import editors_only, studies_only
from toolkits.editorial.study_copies import copies_for
from toolkits.editorial.views.common import carry_out, page
from toolkits.study_merging import FIELDS, Merge

PAIRS_A_PAGE = 50
KEEP, TAKE = "keep", "take"


class MergeStudiesForm(forms.Form):
    """For each field that differs, which of the two texts stays: of an empty one the other, unless it is told otherwise."""

    def __init__(self, *args, kept, copy, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            ours, theirs = getattr(kept, name), getattr(copy, name)
            if theirs in ("", None) or theirs == ours:
                continue
            self.fields[name] = forms.ChoiceField(
                label=_label(name),
                choices=[(KEEP, _("keep it")), (TAKE, _("take the copy's"))],
                initial=TAKE if ours in ("", None) else KEEP,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which of the two texts stays.")},
            )

    def clean(self):
        return {"take": [name for name, choice in super().clean().items() if choice == TAKE]}


def _label(name):
    return capfirst(str(Study._meta.get_field(name).verbose_name))


def _shown(study, name):
    value = getattr(study, f"get_{name}_display", lambda: getattr(study, name))()
    return "" if value is None else str(value)


@require_safe
@editors_only
@studies_only
def study_copies(request):
    """Every pair of studies that were probably entered twice."""
    pairs = Paginator(copies_for(request.user), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "study_copies", {"title": _("Studies that may be there twice"), "pairs": pairs})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def merge_studies(request, record, other):
    """The study that is kept and its copy side by side, what becomes of everything, and the button."""
    kept, copy = (Study.objects.select_related("centre").filter(pk=number).first() for number in (record, other))
    if kept is None or copy is None or not study_policies.can_merge(kept, copy, by=request.user):
        raise Http404
    form = MergeStudiesForm(request.POST if request.method == "POST" else None, kept=kept, copy=copy)
    if request.method == "POST" and carry_out(actions.merge_studies, form, kept=kept, copy=copy, by=request.user):
        said = _("Merged. “%(copy)s” (record %(number)s) is part of this study now.")
        messages.success(request, said % {"copy": copy, "number": copy.pk})
        return (
            redirect("admin:evidence_study_change", kept.pk)
            if _may_edit(request, kept)
            else redirect("editorial:study_copies")
        )
    merge = Merge(kept, copy, request.user)
    context = {
        "title": _("Merge two studies"),
        "kept": kept,
        "copy": copy,
        "form": form,
        "fields": [
            (_label(name), _shown(kept, name), _shown(copy, name), form[name] if name in form.fields else None)
            for name in FIELDS
            if getattr(kept, name) or getattr(copy, name)
        ],
        "merge": merge,
        "results": [(study_merging.in_words(estimate), estimate, fate) for estimate, fate, _own in merge.results],
        "losing": [study_merging.in_words(estimate) for estimate in study_merging.losing_appraisals(merge)],
        "places": [
            (study_merging.name_for(place.synthesis, request.user), place, fate) for place, fate in merge.places
        ],
    }
    return page(request, "merge_studies", context, form)


def _may_edit(request, study):
    return permissions.can_edit(request.user, study.centre)
