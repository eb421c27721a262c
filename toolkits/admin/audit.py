"""The audit trail in the admin: to read, to search and, for the network administrator, to take away as CSV."""

import itertools
import json

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from centres import audit, permissions
from centres.models import AuditEntry
from toolkits import audit_trail
from toolkits.admin import audit_words
from toolkits.admin.scoping import Scoped
from toolkits.public.downloads import list_csv

NOBODY = gettext_lazy("nobody signed in")
CHANGES_IN_A_LIST = 3
WORDS_IN_A_LIST = 12
CHUNK = 500
COLUMNS = (
    *("entry", "at", "person", "action", "kind", "key", "record", "centre"),
    *("changes", "before", "after", "note", "transaction"),
)


class ActionFilter(admin.AllValuesFieldListFilter):
    """By what was done, in words."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": capfirst(audit_words.action_name(str(choice["display"])))}


class KindFilter(admin.SimpleListFilter):
    """By the kind of row."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        tables = audit_trail.audited_tables()
        return sorted(
            ((table, capfirst(audit_words.kind_name(table))) for table in tables), key=lambda choice: choice[1]
        )

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class CentreFilter(admin.SimpleListFilter):
    """By centre, of those whose entries the reader may see."""

    title = gettext_lazy("centre")
    parameter_name = "of"
    NETWORK = "network"

    def lookups(self, request, model_admin):
        person = request.user
        centres = permissions.centres_of(person) | permissions.managed_centres(person)
        network = [(self.NETWORK, _("None: the network"))] if permissions.works_for_network(person) else []
        return [*centres.distinct().order_by("short_name").values_list("slug", "short_name"), *network]

    def queryset(self, request, queryset):
        if self.value() == self.NETWORK:
            return queryset.filter(centre__isnull=True)
        return queryset.filter(centre__slug=self.value()) if self.value() else queryset


class Told(ChangeList):
    """A list whose entries have been put into words, all of them together."""

    def get_results(self, request):
        super().get_results(request)
        entries = list(self.result_list)
        for entry, told in zip(entries, audit_words.tell(entries), strict=True):
            entry.told = told
        self.result_list = entries


def _list():
    return reverse("admin:centres_auditentry_changelist")


def _told(entry):
    """An entry in words: those of the list it stands in, or its own."""
    return entry.told if hasattr(entry, "told") else audit_words.tell([entry])[0]


@admin.register(AuditEntry)
class AuditEntryAdmin(Scoped):
    """Read-only for everybody. Who may see which entries, `audit_trail.visible_to` says."""

    list_display = ["when", "who", "what", "about", "centre_name", "what_changed"]
    list_display_links = ["when"]
    list_filter = [("action", ActionFilter), KindFilter, CentreFilter]
    list_select_related = ["person", "centre"]
    list_per_page = 50
    date_hierarchy = "at"
    show_full_result_count = False
    actions = None
    search_fields = ["action"]  # shows the box; get_search_results says what it finds
    search_help_text = gettext_lazy(
        "Words are looked for in the person, the action, the kind of row and what it said before and after. A number is "
        "a record's. A day (2026-11-23), a month (2026-11) or two of them (2026-11-01..2026-11-23) say when."
    )
    fields = ["when", "who", "what", "about", "centre_name", "note", "changes_in_full", "same_transaction"]
    readonly_fields = fields
    change_list_template = "admin/audit_list.html"
    change_form_template = "admin/audit_entry.html"

    class Media:
        css = {"all": ["css/audit.css"]}

    def is_allowed(self, person, obj=None):
        if obj is not None:
            return audit_trail.visible_to(person).filter(pk=obj.pk).exists()
        return (
            permissions.centres_of(person).exists()
            or permissions.managed_centres(person).exists()
            or permissions.works_for_network(person)
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return audit_trail.visible_to(request.user)

    def get_search_results(self, request, queryset, search_term):
        return audit_trail.search(queryset, search_term), False

    def get_changelist(self, request, **kwargs):
        return Told

    def get_urls(self):
        export = path(
            "export/", self.admin_site.admin_view(require_POST(self.export)), name="centres_auditentry_export"
        )
        return [export, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = permissions.is_administrator(request.user)
        return super().changelist_view(request, {**(extra_context or {}), "may_export": may})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        words = {"title": _("Audit entry"), "subtitle": None}
        return super().change_view(request, object_id, form_url, {**words, **(extra_context or {})})

    @admin.display(description=gettext_lazy("when"), ordering="at")
    def when(self, entry):
        return entry.at

    @admin.display(description=gettext_lazy("who"), ordering="person__username")
    def who(self, entry):
        if entry.person is None:
            return NOBODY
        return format_html('<a href="{}?person__id__exact={}">{}</a>', _list(), entry.person_id, entry.person)

    @admin.display(description=gettext_lazy("what"), ordering="action")
    def what(self, entry):
        told = _told(entry)
        return f"{capfirst(told.did)}: {told.kind}" if told.kind else capfirst(told.did)

    @admin.display(description=gettext_lazy("about"), ordering="record")
    def about(self, entry):
        told = _told(entry)
        name = told.record or told.row or entry.key or "—"
        shown = format_html('<a href="{}">{}</a>', told.address, name) if told.address else name
        if entry.record is None:
            return shown
        return format_html("{} ({})", shown, _("record %(n)s") % {"n": entry.record})

    @admin.display(description=gettext_lazy("centre"), ordering="centre__short_name")
    def centre_name(self, entry):
        return entry.centre.short_name if entry.centre else "—"

    @admin.display(description=gettext_lazy("changes"))
    def what_changed(self, entry):
        changes = _told(entry).brief
        shown = [
            audit_words.Change(change.field, _short(change.before), _short(change.after))
            for change in changes[:CHANGES_IN_A_LIST]
        ]
        more = len(changes) - len(shown)
        return render_to_string(
            "components/audit_changes.html", {"changes": shown, "more": more, "entry": entry, "note": entry.note}
        )

    @admin.display(description=gettext_lazy("changes"))
    def changes_in_full(self, entry):
        return render_to_string("components/audit_changes.html", {"changes": _told(entry).changes, "entry": entry})

    @admin.display(description=gettext_lazy("together with"))
    def same_transaction(self, entry):
        words = _("Everything that was written at the same moment")
        return format_html('<a href="{}?transaction={}">{}</a>', _list(), entry.transaction, words)

    def export(self, request):
        """What the list shows, as CSV, for the network administrator; that it was taken is entered too."""
        if not permissions.is_administrator(request.user):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.error(request, _("These filters do not go together: nothing was exported."))
            return redirect(_list())
        chosen = request.GET.dict()
        count = entries.count()
        taken = audit.record(
            action="exported",
            by=request.user,
            kind=AuditEntry._meta.db_table,
            after=chosen,
            note=_("%(n)s entries") % {"n": count},
        )
        entries = entries.filter(pk__lt=taken.pk).select_related("person", "centre").order_by("-at", "-pk")
        response = StreamingHttpResponse(
            list_csv.lines(COLUMNS, _cells, _with_words(entries), ""), content_type=list_csv.CONTENT_TYPE
        )
        name = list_csv.file_name("audit", sorted(chosen.items()))
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _short(text):
    return Truncator(text).words(WORDS_IN_A_LIST)


def _with_words(entries):
    """(entry, told) of each entry, a chunk at a time: the trail is longer than what fits in memory."""
    rows = entries.iterator(chunk_size=CHUNK)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield from zip(chunk, audit_words.tell(chunk), strict=True)


def _cells(line, _base):
    entry, told = line
    return [
        entry.pk,
        entry.at.isoformat(timespec="seconds"),
        entry.person or "",
        entry.action,
        entry.kind,
        entry.key,
        entry.record,
        entry.centre.slug if entry.centre else "",
        "; ".join(f"{change.field}: {change.before} → {change.after}" for change in told.changes),
        json.dumps(entry.before, ensure_ascii=False) if entry.before else "",
        json.dumps(entry.after, ensure_ascii=False) if entry.after else "",
        entry.note,
        entry.transaction,
    ]
