"""What every admin of ours shares: an account sees and changes only what its roles allow."""

from django.contrib import admin
from django.http import Http404

from centres import permissions


class Scoped(admin.ModelAdmin):
    """Rights follow from roles, never from Django's per-model permissions.

    Another centre's row is not in the queryset, so it answers 404 wherever it is asked for. Nothing is
    deleted here: what was public stays, and `actions` withdraws or removes it.
    """

    def is_allowed(self, person, obj=None):
        """Whether `person` may see and change `obj`, or (None) anything at all in this list."""
        return permissions.is_administrator(person)

    def has_module_permission(self, request):
        return self.is_allowed(request.user)

    def has_view_permission(self, request, obj=None):
        return self.is_allowed(request.user, obj)

    def has_add_permission(self, request):
        return self.is_allowed(request.user)

    def has_change_permission(self, request, obj=None):
        return self.is_allowed(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        obj = super().get_object(request, object_id, from_field)
        if obj is None:
            raise Http404
        return obj


class CentreScoped(Scoped):
    """For rows that a centre owns: `owner` is the lookup from the row to its centre."""

    owner = "centre"

    def is_allowed(self, person, obj=None):
        if obj is None:
            return permissions.centres_of(person).exists()
        return permissions.can_edit(person, self.owner_of(obj))

    def owner_of(self, obj):
        """The centre that owns `obj`."""
        for step in self.owner.split("__"):
            obj = getattr(obj, step)
        return obj

    def get_queryset(self, request):
        return super().get_queryset(request).filter(**{f"{self.owner}__in": permissions.centres_of(request.user)})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["queryset"] = permissions.centres_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NetworkScoped(Scoped):
    """For rows that belong to the network as a whole."""

    def is_allowed(self, person, obj=None):
        return permissions.works_for_network(person)


class ScopedInline:
    """An inline may be changed by whoever may change the row it stands in."""

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True


class Publishable:
    """A row that is published: its form leads to preview, comparison and submission."""

    change_form_template = "admin/publishable_change_form.html"
    save_on_top = True
    list_per_page = 50
    show_full_result_count = False

    def view_on_site(self, obj):
        return None
