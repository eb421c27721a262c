"""Toolkits and the network's shared lists."""

from django.contrib import admin

from toolkits.admin.scoping import CentreScoped, NetworkScoped, Publishable, ScopedInline
from toolkits.models import SharedList, Toolkit, ToolkitAxis


class AxisInline(ScopedInline, admin.TabularInline):
    model = ToolkitAxis
    extra = 0
    exclude = ["position"]


@admin.register(Toolkit)
class ToolkitAdmin(Publishable, CentreScoped):
    list_display = ["name", "centre"]
    inlines = [AxisInline]


@admin.register(SharedList)
class SharedListAdmin(Publishable, NetworkScoped):
    """A list has no content of its own: it publishes the terms, or the members and facts, as they are."""

    list_display = ["__str__"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request):
        return False
