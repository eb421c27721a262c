"""The history of a row in the admin: its entries in the audit trail, which nobody can change."""

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from toolkits import audit_trail
from toolkits.admin import audit_words

ON_A_PAGE = 100


class AuditHistory:
    """Shows what the audit trail says of a row, and keeps no log of its own: triggers have entered every change."""

    def log_addition(self, request, obj, message):
        """The trigger of the row has entered it."""

    def log_change(self, request, obj, message):
        """The trigger of the row has entered it."""

    def log_deletions(self, request, queryset):
        """The triggers of the rows have entered it."""

    def history_view(self, request, object_id, extra_context=None):
        """Who did what to this row and what belongs to it, newest first."""
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        entries = audit_trail.visible_to(request.user).filter(audit_trail.about(obj)).select_related("person")
        page = self.get_paginator(request, entries, ON_A_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": obj},
            "subtitle": None,
            "page": page,
            "page_var": PAGE_VAR,
            "lines": list(zip(page, audit_words.tell(page.object_list), strict=True)),
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/audit_history.html", context)
