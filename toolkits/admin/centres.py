"""Centres, and the network's own facts about them."""

from django.contrib import admin

from centres import permissions
from centres.models import Award, Centre, Membership, NetworkFact, Succession
from toolkits.admin.scoping import CentreScoped, NetworkScoped, Publishable, ScopedInline


class AwardInline(ScopedInline, admin.StackedInline):
    model = Award
    extra = 0
    exclude = ["position"]


@admin.register(Centre)
class CentreAdmin(Publishable, CentreScoped):
    owner = "pk"
    list_display = ["short_name", "name", "policy_area", "founded", "closed"]
    search_fields = ["name", "short_name"]
    inlines = [AwardInline]

    def owner_of(self, obj):
        return obj

    def has_add_permission(self, request):
        return permissions.is_administrator(request.user)

    def get_readonly_fields(self, request, obj=None):
        # The address of a centre is in every address below it: the network moves it, not the centre.
        return [] if permissions.is_administrator(request.user) else ["slug"]


@admin.register(Membership)
class MembershipAdmin(NetworkScoped):
    list_display = ["centre", "tier", "started", "ended"]
    list_filter = ["tier"]
    exclude = ["position"]


@admin.register(Succession)
class SuccessionAdmin(NetworkScoped):
    list_display = ["predecessor", "kind", "date", "successor"]
    exclude = ["position"]


@admin.register(NetworkFact)
class NetworkFactAdmin(NetworkScoped):
    list_display = ["key", "value", "source"]
    exclude = ["position"]
