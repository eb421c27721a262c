"""Toolkits and the network's shared lists."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.admin.scoping import CentreScoped, NetworkScoped, Publishable, ScopedInline
from toolkits.models import Assessed, SharedList, SynonymGroup, Toolkit, ToolkitAxis


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

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def has_add_permission(self, request):
        return self.is_allowed(request.user) and SharedList.objects.count() < len(SharedList.Name)


class ListRowAdmin(NetworkScoped):
    """A row of a shared list. It may be deleted: what was public stays in the list's published versions."""

    exclude = ["position"]
    shared_list: str

    def has_delete_permission(self, request, obj=None):
        return self.is_allowed(request.user, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            last = type(obj).objects.order_by("-position").values_list("position", flat=True).first()
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
        name = SharedList.Name(self.shared_list).label
        note = _("Readers see this once the shared list “%(name)s” is submitted and published.") % {"name": name}
        self.message_user(request, note, messages.INFO)


@admin.register(SynonymGroup)
class SynonymGroupAdmin(ListRowAdmin):
    shared_list = SharedList.Name.SYNONYMS
    list_display = ["term", "in_one_line"]
    search_fields = ["term", "equivalents"]

    @admin.display(description=gettext_lazy("equivalents"))
    def in_one_line(self, group):
        return "; ".join(group.equivalents.splitlines())


@admin.register(Assessed)
class AssessedAdmin(ListRowAdmin):
    shared_list = SharedList.Name.ASSESSED
    list_display = ["name", "centre", "date", "reason"]
    list_select_related = ["centre"]
    search_fields = ["name", "reason"]
