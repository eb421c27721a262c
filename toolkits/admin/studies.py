"""Studies with what they found: entered once, used by every synthesis that they belong to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evidence.models import Estimate, Inclusion, Study
from toolkits.actions.study_flags import raise_study_flags, used_in
from toolkits.admin import choices
from toolkits.admin.network_or_centre import NetworkOrCentreScoped
from toolkits.admin.scoping import ScopedInline
from toolkits.admin.writing import Text
from toolkits.editorial.queue import owned_by
from toolkits.models import Flag


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
    ]
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
        return super().get_queryset(request).filter(owned_by(request.user)).select_related("outcome")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.choices = choices.named(field.queryset)
        return field

    def has_delete_permission(self, request, obj=None):
        # Deleting one that a synthesis rests on would be refused by the database, without a word of why.
        return obj is None or not Inclusion.objects.filter(estimate__study=obj).exists()


@admin.register(Study)
class StudyAdmin(NetworkOrCentreScoped):
    list_display = ["label", "title", "year", "country", "design", "centre"]
    list_filter = ["design", "uk_nation"]
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
    ]
    texts = {
        "citation": Text(rows=2),
        "participants": Text(about=400),
        "missing_people": Text(about=400),
        "funder": Text(rows=2),
        "interests": Text(rows=2),
    }

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
