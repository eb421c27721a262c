"""What the pages of people and of invitations share: who may open them, and that no list can be asked sideways."""

from django.template.response import TemplateResponse

from centres import people_rights
from toolkits.admin.scoping import Scoped


class PeopleScoped(Scoped):
    """For centre managers, each seeing their own centres', and administrators. Every write goes through `centres.people`."""

    actions = None
    show_full_result_count = False

    def is_allowed(self, person, obj=None):
        if obj is None:
            return people_rights.answers_for_people(person)
        return self.seen_by(person).filter(pk=obj.pk).exists()

    def seen_by(self, person):
        """The rows that `person` may see."""
        raise NotImplementedError

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        # The forms of the admin write nothing here, whatever is posted to them.
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=self.seen_by(request.user).values("pk"))

    def lookup_allowed(self, lookup, value, request):
        # Django lets the address of a list ask about any column, letter by letter: a password's hash, say.
        return lookup in {f"{name}__exact" for name in self.get_list_filter(request)}

    def page(self, request, template, *, status=200, **context):
        """A page of ours in the frame of the admin."""
        frame = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/people/{template}", frame | context, status=status)
