"""Accounts and their roles."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from centres.models import Person, Role
from toolkits.admin.scoping import Scoped, ScopedInline

admin.site.unregister(Group)


class RoleInline(ScopedInline, admin.TabularInline):
    model = Role
    extra = 1


@admin.register(Person)
class PersonAdmin(Scoped, UserAdmin):
    """For the network administrator: what a person may do is said by roles."""

    inlines = [RoleInline]
    list_display = ["username", "email", "is_staff", "is_superuser", "is_active", "last_login"]
    list_filter = ["is_active", "roles__name", "roles__centre"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("May"),
            {
                "fields": ["is_active", "is_staff", "is_superuser"],
                "description": _(
                    "Staff may sign in here. What they may do follows from their roles below; a superuser "
                    "is a network administrator, and still cannot review own work."
                ),
            },
        ),
        (_("When"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = [(None, {"fields": ["username", "email", "password1", "password2", "is_staff"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_loader=False)
