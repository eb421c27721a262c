"""Vocabularies, rating scales, families and reports."""

from django.contrib import admin

from evidence.models import AgeBand, Family, FamilyMember, Outcome, RatingLevel, RatingScheme, Report, Setting
from toolkits.admin.scoping import CentreScoped, NetworkScoped, Publishable, ScopedInline


@admin.register(Outcome, Setting, AgeBand)
class TermAdmin(NetworkScoped):
    list_display = ["name", "slug", "position"]


class LevelInline(ScopedInline, admin.StackedInline):
    model = RatingLevel
    extra = 0
    exclude = ["position"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RatingScheme)
class RatingSchemeAdmin(Publishable, NetworkScoped):
    """Scales carry the shared bands, which are the network's: its editors keep them."""

    list_display = ["name", "centre", "axis", "version"]
    list_filter = ["axis", "centre"]
    inlines = [LevelInline]


class MemberInline(ScopedInline, admin.TabularInline):
    model = FamilyMember
    extra = 1
    exclude = ["position"]
    autocomplete_fields = ["intervention"]


@admin.register(Family)
class FamilyAdmin(Publishable, NetworkScoped):
    list_display = ["name", "slug"]
    inlines = [MemberInline]


@admin.register(Report)
class ReportAdmin(Publishable, CentreScoped):
    list_display = ["title", "centre", "type", "year"]
    list_filter = ["type", "year"]
    search_fields = ["title", "topic"]
