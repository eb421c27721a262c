"""What every admin of ours shares: an account sees and changes only what its roles allow."""

from urllib.parse import urlencode

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres import permissions, records
from toolkits import snapshots
from toolkits.admin.history import AuditHistory
from toolkits.admin.once import read_once
from toolkits.admin.stale import RefusesStaleEdits
from toolkits.admin.writing import WrittenForEditors
from toolkits.editorial import missing

# The home lists what there is: a second list of it beside every form takes the room that the form needs.
admin.site.enable_nav_sidebar = False


class Scoped(WrittenForEditors, RefusesStaleEdits, AuditHistory, admin.ModelAdmin):
    """Rights follow from roles, never from Django's per-model permissions.

    Another centre's row is not in the queryset, so it answers 404 wherever it is asked for. Nothing is
    deleted here: what was public stays, and `actions` withdraws or removes it.
    """

    show_facets = admin.ShowFacets.NEVER
    # How many fieldsets stand before the inlines; None: all of them.
    fieldsets_before_inlines: int | None = None

    def is_allowed(self, person, obj=None):
        """Whether `person` may see and change `obj`, or (None) anything at all in this list."""
        return permissions.is_administrator(person)

    def _is_allowed(self, request, obj=None):
        """What `is_allowed` says, asked once a request: Django asks four times for each list it might name."""
        key = "allowed", self.opts.label, obj and obj.pk
        return read_once(request, key, lambda: self.is_allowed(request.user, obj))

    def has_module_permission(self, request):
        return self._is_allowed(request)

    def has_view_permission(self, request, obj=None):
        return self._is_allowed(request, obj)

    def has_add_permission(self, request):
        return self._is_allowed(request)

    def has_change_permission(self, request, obj=None):
        return self._is_allowed(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        # An empty `_to_field=` names no field: Django would look for one of that name.
        obj = super().get_object(request, object_id, from_field or None)
        if obj is None:
            raise Http404
        return obj

    def pages_of(self, obj):
        """The numbers of the records whose page shows `obj`, and which whoever changes `obj` works on."""
        return []

    def pages_elsewhere(self, obj):
        """The numbers of further records whose page shows `obj`: they are for whoever keeps them."""
        return []

    def keeper(self, request, obj):
        """Who is to work on the pages of `obj` where nobody does yet."""
        return request.user

    def _mark_changed(self, request, obj):
        for record in self.pages_of(obj):
            records.mark_changed(record, by=self.keeper(request, obj))
        for record in self.pages_elsewhere(obj):
            records.mark_changed(record, by=None)

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            self._mark_changed(request, form.instance)

    def delete_model(self, request, obj):
        self._mark_changed(request, obj)
        super().delete_model(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        fieldsets = list(context["adminform"])
        context["first_fieldsets"] = fieldsets[: self.fieldsets_before_inlines]
        context["last_fieldsets"] = fieldsets[len(context["first_fieldsets"]) :]
        return super().render_change_form(request, context, add, change, form_url, obj)


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

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        has_one = permissions.centres_of(request.user)[:2].count() == 1
        return [column for column in columns if column != "centre" or not has_one]

    def get_readonly_fields(self, request, obj=None):
        # A record's whole history is its centre's: only the network hands one over.
        fixed = [] if obj is None or permissions.is_administrator(request.user) else ["centre"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_changeform_initial_data(self, request):
        centres = list(permissions.centres_of(request.user)[:2])
        only = {"centre": centres[0].pk} if len(centres) == 1 else {}
        return only | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            kwargs["queryset"] = permissions.centres_of(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NetworkScoped(Scoped):
    """For rows that belong to the network as a whole."""

    def is_allowed(self, person, obj=None):
        return permissions.works_for_network(person)


class AtTheEnd(BaseInlineFormSet):
    """Rows that keep the order in which they were added, where their model has a place for it."""

    def save_new(self, form, commit=True):
        if hasattr(form.instance, "position"):
            others = [*self.get_queryset(), *self.new_objects]
            form.instance.position = max((row.position for row in others), default=-1) + 1
        return super().save_new(form, commit)


class ScopedInline(WrittenForEditors):
    """An inline may be changed by whoever may change the row it stands in."""

    formset = AtTheEnd
    # A sentence or two above the rows.
    description = ""

    def get_extra(self, request, obj=None, **kwargs):
        # Without a script, which adds rows one by one, a new record has one to fill in, and another is asked for.
        return max(super().get_extra(request, obj, **kwargs), int(obj is None or "row" in request.GET))

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
    list_per_page = 50
    show_full_result_count = False
    actions = ["submit_together"]

    @admin.action(description=_("Submit together, as one change set"))
    def submit_together(self, request, queryset):
        """Go on to the page that submits the ticked rows together."""
        ticked = urlencode([("record", number) for number in queryset.values_list("pk", flat=True)])
        return redirect(f"{reverse('editorial:new_change_set')}?{ticked}")

    def view_on_site(self, obj):
        return None

    def pages_of(self, obj):
        return [obj.pk]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        kind = self.model.KIND
        context["show_save_and_add_another"] = False
        if change:
            context["may_submit"] = permissions.can_edit(request.user, snapshots.owner(obj))
            context["missing_address"] = reverse("editorial:missing", args=[kind, obj.pk])
            if request.method == "GET":
                formsets = [inline.formset for inline in context["inline_admin_formsets"]]
                context["requirements"] = missing.of_stored(obj, context["adminform"].form, formsets)
        else:
            context["missing_address"] = reverse("editorial:missing_new", args=[kind])
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("draft"), ordering="record__draft_changed_at")
    def draft(self, obj):
        """Whether the row is ahead of what was submitted, and who works on it."""
        if obj.record.draft_changed_at is None:
            return "—"
        return _("changed; %(person)s") % {"person": obj.record.keeper} if obj.record.keeper else _("changed; nobody's")
