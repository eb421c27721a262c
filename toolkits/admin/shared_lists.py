"""The network's shared lists, and the rows that they publish: vocabularies, words that mean the same, what was looked at."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import AgeBand, Outcome, Setting
from toolkits.admin.scoping import NetworkScoped, Publishable
from toolkits.admin.writing import Text
from toolkits.models import Assessed, SharedList, SynonymGroup

OF_VOCABULARY = {
    Outcome: SharedList.Name.OUTCOMES,
    Setting: SharedList.Name.SETTINGS,
    AgeBand: SharedList.Name.AGE_BANDS,
}


def list_number(name):
    """The record number of a shared list, in a list; empty before it was made."""
    return list(SharedList.objects.filter(slug=name).values_list("pk", flat=True))


@admin.register(SharedList)
class SharedListAdmin(Publishable, NetworkScoped):
    """A list has no content of its own: it publishes the terms, or the members and facts, as they are."""

    list_display = ["__str__", "draft"]
    list_select_related = ["record__keeper"]
    labels = {"slug": gettext_lazy("List")}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def has_add_permission(self, request):
        return self.is_allowed(request.user) and SharedList.objects.count() < len(SharedList.Name)


class ListRowAdmin(NetworkScoped):
    """A row of a shared list: readers see it once that list is submitted and published."""

    def list_of(self, obj):
        """The name of the list that `obj` is a row of."""
        raise NotImplementedError

    def pages_of(self, obj):
        return list_number(self.list_of(obj))

    def save_model(self, request, obj, form, change):
        if not change and "position" not in form.fields:
            last = type(obj).objects.order_by("-position").values_list("position", flat=True).first()
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
        note = _("Readers see this once the shared list “%(name)s” is submitted and published.")
        self.message_user(request, note % {"name": self.list_of(obj).label}, messages.INFO)


@admin.register(Outcome, Setting, AgeBand)
class TermAdmin(ListRowAdmin):
    list_display = ["name", "slug", "position"]
    labels = {"slug": gettext_lazy("Name in addresses"), "position": gettext_lazy("Place in the list")}
    help_texts = {
        "name": gettext_lazy("As readers see it in filters and on pages."),
        "slug": gettext_lazy("Small letters, digits and hyphens. Saved links hold it: it stays as it is."),
        "position": gettext_lazy("The list is in this order."),
        "from_age": gettext_lazy("In whole years, this one included."),
        "to_age": gettext_lazy("In whole years, this one included."),
    }

    def list_of(self, obj):
        return OF_VOCABULARY[type(obj)]

    def get_readonly_fields(self, request, obj=None):
        # It is the key of the row, and part of addresses that readers have kept.
        return ["slug"] if obj else []


class DeletableRowAdmin(ListRowAdmin):
    """A row that may be deleted: what was public stays in the list's published versions."""

    exclude = ["position"]

    def has_delete_permission(self, request, obj=None):
        return self.is_allowed(request.user, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)


@admin.register(SynonymGroup)
class SynonymGroupAdmin(DeletableRowAdmin):
    list_display = ["term", "in_one_line"]
    search_fields = ["term", "equivalents"]
    texts = {"equivalents": Text(rows=6)}

    def list_of(self, obj):
        return SharedList.Name.SYNONYMS

    @admin.display(description=gettext_lazy("equivalents"))
    def in_one_line(self, group):
        return "; ".join(group.equivalents.splitlines())


@admin.register(Assessed)
class AssessedAdmin(DeletableRowAdmin):
    list_display = ["name", "centre", "date", "reason"]
    list_select_related = ["centre"]
    search_fields = ["name", "reason"]
    texts = {"reason": Text(about=300), "source_url": Text(rows=2)}

    def list_of(self, obj):
        return SharedList.Name.ASSESSED
