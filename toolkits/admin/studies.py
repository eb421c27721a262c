"""Studies with what they found: entered once, used by every synthesis that they belong to."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from evidence.models import Appraisal, Estimate, Inclusion, Study
from toolkits.actions.study_flags import raise_study_flags, used_in
from toolkits.admin import choices
from toolkits.admin.network_or_centre import NetworkOrCentreScoped
from toolkits.admin.scoping import ScopedInline
from toolkits.admin.study_uses import uses_of
from toolkits.admin.writing import Text
from toolkits.editorial.queue import owned_by
from toolkits.editorial.study_copies import copies_of
from toolkits.models import Flag


class DesignFilter(admin.AllValuesFieldListFilter):
    """The designs there are; the empty one by words, because a link without any cannot be found."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice if choice["display"] else {**choice, "display": _("not recorded")}


class EstimateInline(ScopedInline, admin.StackedInline):
    model = Estimate
    extra = 0
    description = _(
        "One for each outcome and time at which it was measured. Above 0 means more of the outcome with the "
        "intervention; which side is better is for the synthesis to say."
    )
    fieldsets = [
        (None, {"fields": [("outcome", "outcome_reported", "follow_up"), ("metric", "effect", "variance")]}),
        (_("People, and how it was computed"), {"fields": [("n_1", "n_2", "n_total"), "formula"]}),
        (_("Risk of bias"), {"fields": ["appraised"]}),
    ]
    readonly_fields = ["appraised"]
    help_texts = {
        "outcome": _("The network's outcome that it belongs to, where there is one."),
        "outcome_reported": _("What the study measured, in its own words."),
        "metric": _("On which scale effect and variance are."),
        "effect": _("On that scale: of a ratio, its logarithm."),
        "variance": _("The square of the standard error; above 0."),
        "formula": _("How effect and variance follow from what the study gives."),
    }
    texts = {"formula": Text(rows=2)}

    def get_queryset(self, request):
        # What another centre entered of a shared study is that centre's to change.
        return (
            super()
            .get_queryset(request)
            .filter(owned_by(request.user))
            .select_related("study", "outcome")
            .prefetch_related("appraisals")
        )

    @admin.display(description=_("Appraisal"))
    def appraised(self, estimate):
        """How far the appraisal of an estimate is, and the way to it."""
        if estimate.pk is None:
            return _("Save it first: then two readers appraise it.")
        readings = {appraisal.reading for appraisal in estimate.appraisals.all()}
        if Appraisal.Reading.AGREED in readings:
            said = _("two readers agreed")
        else:
            said = [_("nobody has read it yet"), _("one reader"), _("two readers, to be reconciled")][len(readings)]
        address = reverse("editorial:appraisal", args=[estimate.pk])
        return format_html('<a href="{}">{}</a> ({})', address, _("Appraise it"), said)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.choices = choices.named(field.queryset)
        return field

    def has_delete_permission(self, request, obj=None):
        # Deleting one that a synthesis rests on would be refused by the database, without a word of why.
        return obj is None or not Inclusion.objects.filter(estimate__study=obj).exists()


def _merged(person, number):
    """The study of this person's with that number that was merged into another; None where it was not."""
    if not str(number).isdecimal():
        return None
    return Study.objects.filter(owned_by(person), pk=number, merged_into__isnull=False).first()


@admin.register(Study)
class StudyAdmin(NetworkOrCentreScoped):
    change_form_template = "admin/study_change_form.html"
    change_list_template = "admin/study_change_list.html"
    list_display = ["label", "title", "year", "country", "design", "centre"]
    list_filter = [("design", DesignFilter), "uk_nation"]
    list_select_related = ["centre"]
    search_fields = ["label", "title", "doi", "registration", "=record__number"]
    list_per_page = 50
    show_full_result_count = False
    inlines = [EstimateInline]
    fieldsets_before_inlines = 1
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": ["centre", ("label", "year"), "title", "citation", ("doi", "registration"), "protocol"],
                "description": _("What is not recorded stays empty: nothing is inferred."),
            },
        ),
        (
            _("Where, and with whom"),
            {
                "fields": [
                    ("country", "uk_nation"),
                    ("design", "setting", "ages"),
                    "participants",
                    "missing_people",
                ],
                "description": _("So that readers see whether it was done with people like theirs."),
            },
        ),
        (
            _("Who paid for it"),
            {"fields": ["funder", "interests"], "description": _("As its authors declared.")},
        ),
        (_("Where it is used"), {"fields": ["uses"]}),
    ]
    readonly_fields = ["uses"]
    texts = {
        "citation": Text(rows=2),
        "participants": Text(about=400),
        "missing_people": Text(about=400),
        "funder": Text(rows=2),
        "interests": Text(rows=2),
    }

    @admin.display(description=_("Syntheses"))
    def uses(self, study):
        """The syntheses with the study, and the interventions that they are about."""
        return uses_of(study) if study.pk else _("No synthesis has it yet.")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(merged_into__isnull=True)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        merged = _merged(request.user, object_id)
        if merged:
            messages.info(request, _("“%(copy)s” was merged into this study.") % {"copy": merged})
            return redirect("admin:evidence_study_change", merged.merged_into_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["copies"] = copies_of(obj, request.user) if change else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _used_in(self, study, **whose):
        used = Inclusion.objects.filter(study=study, **whose)
        return list(used.values_list("synthesis", flat=True).distinct())

    def pages_of(self, study):
        return self._used_in(study, synthesis__centre=study.centre)

    def pages_elsewhere(self, study):
        own = self.pages_of(study)
        return [number for number in self._used_in(study) if number not in own]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        results_changed = any(formset.has_changed() for formset in formsets)
        if change and (results_changed or form.has_changed()):
            what = Flag.StudyChange.RESULTS if results_changed else Flag.StudyChange.FACTS
            raise_study_flags(used_in({form.instance.pk: (form.instance.label, what)}))

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if row.instance.pk is None:
                row.instance.centre = form.instance.centre
        super().save_formset(request, form, formset, change)
