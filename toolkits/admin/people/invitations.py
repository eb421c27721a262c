"""Invitations in the admin: written, sent again, withdrawn."""

import logging
import smtplib

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres import people, people_rights, permissions
from centres.accounts import letters
from centres.models import Invitation
from toolkits.admin.people.forms import Invite
from toolkits.admin.people.scope import PeopleScoped

log = logging.getLogger("whatworks.accounts")


def state(invitation):
    """How an invitation stands, in a word or two."""
    if invitation.accepted_at:
        return _("Accepted")
    if invitation.withdrawn_at:
        return _("Withdrawn")
    if invitation.expires_at <= timezone.now():
        return _("Expired")
    if not permissions.can_manage(invitation.invited_by, invitation.centre):
        return _("Void: its sender may no longer give this role")
    return _("Waiting")


@admin.register(Invitation)
class InvitationAdmin(PeopleScoped):
    """Those of the centres that the reader manages."""

    list_display = ["email", "role", "place", "invited_by", "invited_at", "stands"]
    list_select_related = ["centre", "invited_by"]
    search_fields = ["email"]

    def seen_by(self, person):
        invitations = Invitation.objects.all()
        if permissions.is_administrator(person):
            return invitations
        return invitations.filter(centre__in=permissions.managed_centres(person))

    def has_add_permission(self, request):
        return people_rights.answers_for_people(request.user)

    @admin.display(description=gettext_lazy("role"), ordering="name")
    def role(self, invitation):
        return invitation.get_name_display()

    @admin.display(description=gettext_lazy("centre"), ordering="centre__short_name")
    def place(self, invitation):
        return invitation.centre or _("The network")

    @admin.display(description=gettext_lazy("state"))
    def stands(self, invitation):
        return state(invitation)

    def get_urls(self):
        own = [("send-again/", self.send_again, "send_again"), ("withdraw/", self.withdraw, "withdraw")]
        addresses = [
            path(f"<int:pk>/{rest}", self.admin_site.admin_view(view), name=f"centres_invitation_{name}")
            for rest, view, name in own
        ]
        return addresses + super().get_urls()

    def _invitation(self, request, pk):
        """The invitation of an address; 404 where it is another centre's."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        invitation = self.get_queryset(request).filter(pk=pk).first()
        if invitation is None:
            raise Http404
        return invitation

    def _mail(self, request, invitation, secret):
        """Mail the address of an invitation, and say what came of it."""
        try:
            letters.send_invitation(invitation, secret)
        except (OSError, smtplib.SMTPException):
            log.exception("an invitation could not be mailed")
            messages.error(request, _("The mail could not be sent: open the invitation and send it again."))
            return
        said = _("The invitation is on its way to %(address)s.") % {"address": invitation.email}
        if settings.EMAIL_FILE_PATH:
            said += " " + _("This is a demonstration: the mail is a file in %(folder)s.") % {
                "folder": settings.EMAIL_FILE_PATH
            }
        messages.success(request, said)

    def add_view(self, request, form_url="", extra_context=None):
        """Write an invitation."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = Invite(request.POST or None, by=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                invitation, secret = people.invite(by=request.user, **form.cleaned_data)
            except people.Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                self._mail(request, invitation, secret)
                return redirect("admin:centres_invitation_changelist")
        status = 422 if form.errors else 200
        return self.page(request, "invite.html", status=status, title=_("Invite somebody"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """An invitation and how it stands."""
        key = unquote(object_id)
        invitation = self._invitation(request, int(key) if key.isdecimal() else None)
        if request.method == "POST":
            raise PermissionDenied
        context = {
            "title": _("Invitation of %(address)s") % {"address": invitation.email},
            "invitation": invitation,
            "state": state(invitation),
            "is_open": invitation.accepted_at is None and invitation.withdrawn_at is None,
        }
        return self.page(request, "invitation.html", **context)

    def send_again(self, request, pk):
        """Mail it again, with a new address; the old one ends."""
        invitation = self._invitation(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            secret = people.send_again(by=request.user, invitation=invitation)
        except people.Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            invitation.refresh_from_db()
            self._mail(request, invitation, secret)
        return redirect("admin:centres_invitation_change", pk)

    def withdraw(self, request, pk):
        """End it."""
        invitation = self._invitation(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            people.withdraw_invitation(by=request.user, invitation=invitation)
        except people.Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The invitation is withdrawn: its address opens nothing now."))
        return redirect("admin:centres_invitation_change", pk)
