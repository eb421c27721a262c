"""What was submitted and what happened, to read: append-only tables have no form."""

from django.contrib import admin

from centres import permissions
from toolkits.admin.scoping import CentreScoped
from toolkits.models import PublicationEvent, Revision


class ReadOnly(CentreScoped):
    """Rows that nobody changes."""

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
        if permissions.works_for_network(request.user):
            return admin.ModelAdmin.get_queryset(self, request)
        return super().get_queryset(request)


@admin.register(PublicationEvent)
class PublicationEventAdmin(ReadOnly):
    list_display = ["at", "verb", "title", "version", "by", "reason"]
    list_filter = ["verb", "kind"]
    list_select_related = ["by"]
    search_fields = ["title", "=record"]

    def get_queryset(self, request):
        events = admin.ModelAdmin.get_queryset(self, request)
        if permissions.works_for_network(request.user):
            return events
        return events.filter(centre__in=permissions.centres_of(request.user).values("slug"))

    def is_allowed(self, person, obj=None):
        if obj is None:
            return super().is_allowed(person)
        return permissions.is_administrator(person) or permissions.centres_of(person).filter(slug=obj.centre).exists()
