"""Interventions with their ratings: the form runs in the order of the public page."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres import permissions
from evidence.models import Intervention, Rating, RatingLevel
from toolkits.admin.scoping import CentreScoped, Publishable, ScopedInline
from toolkits.models import Toolkit, ToolkitEntry


class EntryInline(ScopedInline, admin.StackedInline):
    model = ToolkitEntry
    min_num = 1
    exclude = ["position"]
    verbose_name = verbose_name_plural = _("place in a toolkit")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "toolkit":
            kwargs["queryset"] = Toolkit.objects.filter(centre__in=permissions.centres_of(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False


class RatingInline(ScopedInline, admin.StackedInline):
    model = Rating
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "level",
                    ("value", "range_low", "range_high"),
                    ("outcome", "aspect"),
                    "label_as_published",
                    "reason",
                    "rated_on",
                ]
            },
        )
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "level":
            # A centre rates on its own scales. The network's reading belongs to the network's editors.
            allowed = Q(scheme__centre__in=permissions.centres_of(request.user))
            if permissions.works_for_network(request.user):
                allowed |= Q(scheme__centre__isnull=True)
            kwargs["queryset"] = RatingLevel.objects.filter(allowed).select_related("scheme")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request):
        ratings = super().get_queryset(request).select_related("level__scheme")
        if permissions.works_for_network(request.user):
            return ratings
        return ratings.filter(level__scheme__centre__isnull=False)


@admin.register(Intervention)
class InterventionAdmin(Publishable, CentreScoped):
    list_display = ["name", "centre", "toolkit", "status", "updated_at"]
    list_filter = ["status", "entry__toolkit"]
    list_select_related = ["centre", "entry__toolkit"]
    search_fields = ["name", "summary", "=record__number"]
    filter_horizontal = ["outcomes", "settings", "age_bands"]
    inlines = [EntryInline, RatingInline]
    fieldsets = [
        (_("What it is"), {"fields": ["centre", "name", "status", "summary", "language"]}),
        (
            _("The centre's own headline"),
            {"fields": [("headline_value", "headline_unit"), "headline_text", "finding_as_published"]},
        ),
        (_("Key messages, and how it works"), {"fields": ["key_messages", "how_it_works"]}),
        (
            _("For what, for whom, where"),
            {
                "fields": [
                    "outcomes",
                    "outcome_as_published",
                    "settings",
                    "setting_as_published",
                    "age_bands",
                    "age_as_published",
                    "for_whom",
                ]
            },
        ),
        (_("How sure we are"), {"fields": ["how_sure", "studies_count"]}),
        (_("Using it"), {"fields": ["cautions", "implementation", "costs", "gaps"]}),
        (
            _("Sources and dates"),
            {"fields": ["source_url", "other_sources", "version_or_date", "last_searched", "next_review"]},
        ),
        (_("For editors only"), {"fields": ["compiler_note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("toolkit"), ordering="entry__toolkit__name")
    def toolkit(self, intervention):
        return intervention.entry.toolkit if hasattr(intervention, "entry") else "—"
