"""What was submitted and what happened, to read: append-only tables have no form."""

from django.contrib import admin

from centres import permissions
from centres.models import Centre
from toolkits.admin.scoping import CentreScoped
from toolkits.editorial.queue import owned_by
from toolkits.models import PublicationEvent, Revision


class ReadOnly(CentreScoped):
    """Rows that nobody changes, of one's own centres and, for the network's editors, of the network."""

    def is_allowed(self, person, obj=None):
        if obj is None:
            return super().is_allowed(person) or permissions.works_for_network(person)
        return permissions.can_edit(person, self.owner_of(obj))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ["title", "number", "kind", "centre", "submitted_by", "submitted_at"]
    list_filter = ["kind", "centre"]
    list_select_related = ["centre", "submitted_by"]
    search_fields = ["title", "=record__number"]

    def get_queryset(self, request):
        return admin.ModelAdmin.get_queryset(self, request).filter(owned_by(request.user))


@admin.register(PublicationEvent)
class PublicationEventAdmin(ReadOnly):
    list_display = ["at", "verb", "title", "version", "by", "reason"]
    list_filter = ["verb", "kind"]
    list_select_related = ["by"]
    search_fields = ["title", "=record"]

    def owner_of(self, obj):
        return Centre.objects.filter(slug=obj.centre).first()

    def get_queryset(self, request):
        slugs = list(permissions.centres_of(request.user).values_list("slug", flat=True))
        own = [*slugs, ""] if permissions.works_for_network(request.user) else slugs
        return admin.ModelAdmin.get_queryset(self, request).filter(centre__in=own)
