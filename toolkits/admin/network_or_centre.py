"""Rows that a centre owns, or the network where they name no centre."""

from centres import permissions
from toolkits.admin.scoping import CentreScoped, Scoped
from toolkits.editorial.queue import owned_by


class NetworkOrCentreScoped(CentreScoped):
    """Shown to, and changed by, the editors of its centre; without a centre, those of the network."""

    def is_allowed(self, person, obj=None):
        if obj is None:
            return permissions.centres_of(person).exists() or permissions.works_for_network(person)
        return permissions.can_edit(person, obj.centre)

    def get_queryset(self, request):
        return Scoped.get_queryset(self, request).filter(owned_by(request.user))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        # Without a centre it would be the network's, and out of reach of whoever made it.
        if "centre" in form.base_fields and not permissions.works_for_network(request.user):
            form.base_fields["centre"].required = True
        return form
