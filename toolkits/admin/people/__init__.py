"""The people of the portal: who they are, their roles, where they are signed in, and whom we invited."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import Group

from toolkits.admin.people import invitations, persons

__all__ = ["invitations", "persons"]

# Rights are roles, and no form shows or sets what proves who somebody is.
for model in (Group, EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)
