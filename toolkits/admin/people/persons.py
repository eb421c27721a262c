"""A person's page in the admin: roles, sessions, leaving. Everything on it is a small form of its own."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres import people, people_rights, sessions
from centres.accounts.words import factor_in_words
from centres.models import Person
from toolkits.admin.people.forms import Correct, GiveRole
from toolkits.admin.people.scope import PeopleScoped


@admin.register(Person)
class PersonAdmin(PeopleScoped):
    """Nobody is added here: people come by invitation. Nobody is deleted: they leave."""

    list_display = ["name", "username", "roles_now", "is_here", "last_login"]
    search_fields = ["username", "first_name", "last_name", "email"]
    change_list_template = "admin/people/people.html"
    ordering = ["username"]

    def seen_by(self, person):
        return people_rights.seen_by(person)

    def get_list_filter(self, request):
        return ["is_active"]

    def get_queryset(self, request):
        # The roles that its reader answers for, and no other centre's.
        seen = people_rights.roles_seen_by(request.user).current().select_related("centre")
        return super().get_queryset(request).prefetch_related(Prefetch("roles", seen, to_attr="roles_seen"))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("People"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("roles"))
    def roles_now(self, person):
        return (
            "; ".join(f"{role.get_name_display()}, {role.centre or _('network')}" for role in person.roles_seen) or "—"
        )

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, person):
        return person.get_full_name() or person.get_username()

    @admin.display(description=gettext_lazy("is here"), boolean=True, ordering="is_active")
    def is_here(self, person):
        return person.is_active

    def get_urls(self):
        own = [
            ("roles/give/", self.give_role, "give_role"),
            ("roles/<int:number>/end/", self.end_role, "end_role"),
            ("sessions/<int:number>/end/", self.end_session, "end_session"),
            ("sessions/end/", self.end_sessions, "end_sessions"),
            ("leave/", self.leave, "leave"),
            ("second-factors/remove/", self.forget_second_factors, "forget_second_factors"),
        ]
        addresses = [
            path(f"<int:pk>/{rest}", self.admin_site.admin_view(view), name=f"centres_person_{name}")
            for rest, view, name in own
        ]
        return addresses + super().get_urls()

    def _person(self, request, pk):
        """The person of an address; 404 where their page is none of the reader's business."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = self.get_queryset(request).filter(pk=pk).first()
        if person is None:
            raise Http404
        return person

    def _back(self, person):
        return redirect("admin:centres_person_change", person.pk)

    def _do(self, request, person, action, /, *, said, **arguments):
        """Carry out an action of `centres.people` and go back to the page, saying what came of it."""
        try:
            action(by=request.user, **arguments)
        except people.Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return self._back(person)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a person; an administrator also corrects name and address on it."""
        key = unquote(object_id)
        person = self._person(request, int(key) if key.isdecimal() else None)
        corrects = people_rights.can_correct(request.user, person)
        if request.method != "POST":
            return self._page(request, person, correct=Correct(instance=person) if corrects else None)
        if not corrects:
            raise PermissionDenied
        form = Correct(request.POST, instance=person)
        if form.is_valid():
            try:
                people.correct(by=request.user, person=person, **form.cleaned_data)
            except people.Refusal as refusal:
                form.add_error("email", str(refusal))
            else:
                messages.success(request, _("Saved."))
                return self._back(person)
        return self._page(request, person, correct=form, status=422)

    def _page(self, request, person, *, correct=None, give=None, status=200):
        by = request.user
        roles = people_rights.roles_seen_by(by).filter(person=person).select_related("centre", "person")
        running = set(roles.current().values_list("pk", flat=True))
        looks_after = people_rights.can_look_after(by, person)
        if correct is None and give is not None and people_rights.can_correct(by, person):
            correct = Correct(instance=person)
        context = {
            "title": person.get_full_name() or person.get_username(),
            "person": person,
            "correct": correct,
            "roles": [(role, role.pk in running, people_rights.can_end(by, role)) for role in roles],
            "give": give or (GiveRole(by=by) if person != by and person.is_active else None),
            "sessions": sessions.listed(person) if looks_after else [],
            "looks_after": looks_after,
            "factors": [
                factor_in_words(factor) for factor in Authenticator.objects.filter(user=person).order_by("type")
            ],
            "can_let_leave": people_rights.can_let_leave(by, person),
            "can_forget_second_factors": people_rights.can_forget_second_factors(by, person),
        }
        return self.page(request, "person.html", status=status, **context)

    def give_role(self, request, pk):
        """Give a role."""
        person = self._person(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = GiveRole(request.POST, by=request.user)
        if form.is_valid():
            try:
                people.give_role(by=request.user, person=person, **form.cleaned_data)
            except people.Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(person)s has the role now.") % {"person": person})
                return self._back(person)
        return self._page(request, person, give=form, status=422)

    def end_role(self, request, pk, number):
        """End a role at once."""
        person = self._person(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        role = people_rights.roles_seen_by(request.user).filter(pk=number, person=person).first()
        if role is None:
            raise Http404
        said = _("The role has ended. Work that only it allowed is in the centre's queue.")
        return self._do(request, person, people.end_role, said=said, role=role)

    def end_session(self, request, pk, number):
        """End one of a person's sessions."""
        person = self._person(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        session = UserSession.objects.filter(pk=number, user=person).first()
        if session is None:
            raise Http404
        return self._do(request, person, sessions.end, said=_("The session has ended."), session=session)

    def end_sessions(self, request, pk):
        """End all of a person's sessions; one's own but for this one."""
        person = self._person(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        people_rights.check_may_look_after(request.user, person)
        keep = request.session.session_key if person == request.user else None
        return self._do(request, person, sessions.end_all, said=_("All sessions have ended."), person=person, keep=keep)

    def leave(self, request, pk):
        """Let a person leave, after a page that says what that does."""
        person = self._person(request, pk)
        if request.method == "POST":
            said = _("%(person)s has left. What they worked on is in the centre's queue.") % {"person": person}
            return self._do(request, person, people.leave, said=said, person=person)
        try:
            people_rights.check_may_let_leave(request.user, person)
        except people.Refusal as refusal:
            messages.error(request, str(refusal))
            return self._back(person)
        context = {
            "title": _("Let %(person)s leave") % {"person": person.get_full_name() or person},
            "person": person,
            "altogether": people_rights.leaves_altogether(request.user, person),
            "kept": person.kept_records.count(),
            "roles": people_rights.roles_seen_by(request.user).current().filter(person=person),
        }
        return self.page(request, "leave.html", **context)

    def forget_second_factors(self, request, pk):
        """Remove the second factors of somebody who lost them, after a page that says what that does."""
        person = self._person(request, pk)
        people_rights.check_may_forget_second_factors(request.user, person)
        if request.method == "POST":
            said = _("Removed. The next sign-in of %(person)s sets up a new second factor.") % {"person": person}
            return self._do(request, person, people.forget_second_factors, said=said, person=person)
        title = _("Remove the second factors of %(person)s") % {"person": person.get_full_name() or person}
        return self.page(request, "forget_second_factors.html", title=title, person=person)
