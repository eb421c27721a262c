"""Two people at one form: the second save is refused, with both texts side by side, and nothing typed is lost.

A form carries what it showed (`seen`). A save locks the row, reads what is stored now as the same form would show it,
and is refused where that differs. The form comes back as it was typed: what only the other person changed is taken
over, what both changed stays as typed, with the other text beside it. It then carries what is stored, so that the
next save is a knowing one.
"""

from dataclasses import dataclass

from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from centres.models import AuditEntry
from centres.records import Recorded, RecordNumber
from toolkits.admin import seen

# The name of the buttons that put a stored text into the form.
TAKE = "_take"
# The code of the error that keeps a refused form from being saved.
STALE = "stale"


@dataclass(frozen=True)
class Clash:
    """A field or row that two people changed, or the other person alone: both texts, and who wrote the other."""

    label: str
    yours: str
    stored: str
    name: str = ""
    taken_over: bool = False
    who: str = ""
    when: object = None


@dataclass(frozen=True)
class Stale:
    """Why a save was refused: what differs, and what the form is to hold when it comes back."""

    clashes: list
    data: object
    seen: str = ""
    asked: bool = False
    deleted: bool = False

    @property
    def message(self):
        """The refusal in a sentence or two."""
        if self.deleted:
            return _("Somebody has deleted this since you opened it. What you typed is below: save it to add it again.")
        if self.asked:
            return _("Not saved yet: the stored text was put into the form.")
        return _("Somebody saved this after you had opened it. Nothing of yours was saved, and nothing is lost.")


def _shown(field, values):
    """Values in words: the labels of what was chosen from a list, or the text itself."""
    if not hasattr(field, "choices"):
        return "\n".join(values)
    labels = {}
    for value, label in field.choices:
        # A group of choices has its own pairs in place of a label.
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        labels |= {str(key): str(name) for key, name in pairs}
    return "\n".join(labels.get(value, value) for value in values)


def _heading(row):
    """What heads a stored row of a formset: its form may say it better than its model."""
    return getattr(row, "heading", "") or str(row.instance)


class Savers:
    """Who changed which column of a row and its inlines since a moment, by the audit trail, the newest first."""

    def __init__(self, obj, since):
        about = {"record": obj.pk} if isinstance(obj, Recorded) else {"kind": obj._meta.db_table, "key": str(obj.pk)}
        entries = AuditEntry.objects.filter(**about).select_related("person").order_by("-at", "-pk")
        self._entries = list(entries.filter(at__gt=since)[:200]) if since else []

    def of(self, model, key, name=None):
        """Who and when last changed a field of a row, or the row at all; empty where the trail does not say."""
        field = model._meta.get_field(name) if name else None
        kind, column = model._meta.db_table, field and field.column
        if field is not None and field.many_to_many:
            kind, key = field.remote_field.through._meta.db_table, None
        for entry in self._entries:
            changed = {**(entry.before or {}), **(entry.after or {})}
            if entry.kind == kind and key in {None, entry.key} and (not column or column in changed):
                return {"who": str(entry.person or _("the portal")), "when": entry.at}
        return {}


class _Merge:
    """One save: what was sent, what is stored, and what the form is to hold when it comes back."""

    def __init__(self, obj, form, formsets, data):
        self.obj, self.form, self.formsets, self.data = obj, form, formsets, data.copy()
        self.asked = data.get(TAKE, "")
        self.before, self.since = seen.read(data.get(seen.SEEN, ""))
        self.stored = seen.sheet(form, formsets)
        self.clashes = []

    def is_refused(self):
        return bool(self.asked) or self.before != seen.digests(self.stored)

    def stale(self):
        self.savers = Savers(self.obj, self.since)
        for name, field in seen.fields(self.form).items():
            self._settle(self.form, seen.MAIN, name, self.form.add_prefix(name), capfirst(str(field.label)))
        for formset in self.formsets:
            self._settle_rows(formset)
        carried = seen.written(self.stored)
        self.data[seen.SEEN] = carried
        return Stale(self.clashes, self.data, carried, asked=bool(self.asked))

    def _settle(self, row, key, name, sent_as, label):
        """Settle one field: take the other text over where only that changed, else keep what was typed."""
        field, stored = row.fields[name], self.stored[key][name]
        yours = seen.posted(field, self.data, sent_as)
        if self.asked == sent_as:
            self.data.setlist(sent_as, stored)
        elif yours != stored:
            untouched = seen.digest(yours) == self.before.get(key, {}).get(name)
            if untouched:
                self.data.setlist(sent_as, stored)
            texts = {"yours": _shown(field, yours), "stored": _shown(field, stored)}
            saver = self.savers.of(type(row.instance), key[1] or str(self.obj.pk), name)
            self.clashes.append(Clash(label=label, name=sent_as, taken_over=untouched, **texts, **saver))

    def _settle_rows(self, formset):
        """Settle the rows of a formset: those the other person added come in, those they deleted go or become new."""
        pk_name, stored = formset.model._meta.pk.name, {str(row.instance.pk): row for row in formset.initial_forms}
        kept, new = {}, []
        for sent in self._sent(formset):
            key = (sent.get(pk_name) or [""])[0]
            if key in stored:
                kept[key] = sent
            elif not key or self._outlives_its_row(formset, key, sent):
                new.append(sent | {pk_name: [""]})
        for key, row in stored.items():
            if key not in kept:
                values = self.stored[formset.prefix, key]
                kept[key] = {pk_name: [key], formset.fk.name: [str(self.obj.pk)], **values}
                self._say(formset, key, row, yours="", stored=_heading(row))
            elif DELETION_FIELD_NAME in kept[key] and not self._is_as_shown(formset, key):
                self._say(formset, key, row, yours=_("Delete it"), stored=_("Changed"))
        self._rewrite(formset, [*kept.values(), *new], stored=len(kept))
        for place, key in enumerate(kept):
            for name, field in seen.fields(stored[key]).items():
                label = f"{_heading(stored[key])}: {field.label}"
                self._settle(stored[key], (formset.prefix, key), name, f"{formset.prefix}-{place}-{name}", label)

    def _is_as_shown(self, formset, key):
        now = self.stored[formset.prefix, key]
        return self.before.get((formset.prefix, key)) == {name: seen.digest(values) for name, values in now.items()}

    def _sent(self, formset):
        """What was sent of each row of a formset: a list of {name: values}."""
        total = self.data.get(f"{formset.prefix}-TOTAL_FORMS", "")
        rows = [{} for _row in range(min(int(total) if total.isdecimal() else 0, formset.absolute_max))]
        for name, values in self.data.lists():
            prefix, _dash, rest = name.partition(f"{formset.prefix}-")
            place, _dash, field = rest.partition("-")
            if not prefix and place.isdecimal() and int(place) < len(rows):
                rows[int(place)][field] = values
        return rows

    def _rewrite(self, formset, rows, *, stored):
        """Send a formset's rows anew, those that are stored first, as a formset wants them."""
        for name in list(self.data):
            prefix, _dash, rest = name.partition(f"{formset.prefix}-")
            if not prefix and rest.partition("-")[0].isdecimal():
                del self.data[name]
        for place, row in enumerate(rows):
            for field, values in row.items():
                self.data.setlist(f"{formset.prefix}-{place}-{field}", values)
        self.data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data[f"{formset.prefix}-INITIAL_FORMS"] = str(stored)

    def _outlives_its_row(self, formset, key, sent):
        """Whether a row that the other person deleted goes on as a new one: where something was typed into it."""
        data, fields = self.data.copy(), seen.fields(formset.empty_form)
        for name in fields:
            data.setlist(name, sent.get(name, []))
        typed = {name: seen.posted(field, data, name) for name, field in fields.items()}
        untouched = {name: seen.digest(values) for name, values in typed.items()} == self.before.get(
            (formset.prefix, key)
        )
        outlives = not untouched and DELETION_FIELD_NAME not in sent
        yours = "\n".join(filter(None, (_shown(fields[name], values) for name, values in typed.items())))
        self._say(formset, key, None, yours=yours if outlives else "", stored=_("Deleted"))
        return outlives

    def _say(self, formset, key, row, **texts):
        named = _heading(row) if row else _("deleted since you opened this")
        label = f"{capfirst(formset.model._meta.verbose_name)}: {named}"
        saver = self.savers.of(formset.model, key)
        self.clashes.append(Clash(label=label, taken_over=not texts["yours"], **texts, **saver))


def _refusing(form, stale):
    """The form class `form`, with which nothing can be saved."""

    def clean(self):
        cleaned = super(refusing, self).clean()
        self.add_error(None, ValidationError(stale.message, code=STALE))
        return cleaned

    refusing = type(form.__name__, (form,), {"clean": clean})
    return refusing


def _other_errors(form, formsets):
    """What else is wrong with a refused form: the refusal itself stands above it, with all that it is about."""
    own = form.errors.get(NON_FIELD_ERRORS)
    if own is not None:
        own.data = [error for error in own.data if error.code != STALE]
        if not own.data:
            del form.errors[NON_FIELD_ERRORS]
    return AdminErrorList(form, formsets)


class RefusesStaleEdits:
    """A ModelAdmin whose forms are saved only over what they showed."""

    def forms(self, request, obj, data=None):
        """The form and formsets in which this person would be shown `obj` (None: a new row) now, filled with `data`."""
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=obj is not None, fields=shown)(data, instance=obj)
        formsets = [
            formset(
                data, instance=form.instance, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request)
            )
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        return form, formsets

    def lock(self, obj):
        """Let one save at a time work on a row, and none while it is submitted."""
        if isinstance(obj, Recorded):
            RecordNumber.objects.select_for_update().get(pk=obj.pk)
        else:
            self.model._base_manager.select_for_update().filter(pk=obj.pk).first()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        stale = getattr(request, "stale", None)
        return form if stale is None else _refusing(form, stale)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            try:
                self._refuse_what_is_stale(request, unquote(object_id))
            except Http404:
                if not self._was_deleted(request, unquote(object_id)):
                    raise
                request.stale = Stale([], request.POST, deleted=True)
                # What was typed comes back as the form of a new row, which is all it can be saved as.
                object_id, form_url = None, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "stale"):
            response.status_code = 409
        return response

    def _refuse_what_is_stale(self, request, key):
        """Mark the request as refused where what it would save over is not what its form showed."""
        self.lock(self.get_object(request, key))
        # Read again: whoever had the lock has saved meanwhile.
        obj = self.get_object(request, key)
        if self.has_change_permission(request, obj):
            merge = _Merge(obj, *self.forms(request, obj), request.POST)
            if merge.is_refused():
                request.stale = merge.stale()
                request.POST = request.stale.data

    def _was_deleted(self, request, key):
        """Whether there was such a row, and this person may add it again."""
        deleted = AuditEntry.objects.filter(kind=self.opts.db_table, key=key, action="deleted")
        return self.has_add_permission(request) and deleted.exists()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        stale = getattr(request, "stale", None)
        if stale is not None:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context |= {
                "stale": stale,
                "seen": stale.seen,
                "errors": _other_errors(context["adminform"].form, formsets),
            }
        elif change:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            shown = seen.sheet(context["adminform"].form, formsets)
            context["seen"] = request.POST.get(seen.SEEN) or seen.written(shown)
        return super().render_change_form(request, context, add, change, form_url, obj)
