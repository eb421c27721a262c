"""What a form showed: a short digest of each of its fields and of each field of its inlines.

A sheet is what a form and its formsets hold, in the strings that a browser would send:
{(prefix of the formset, key of the row): {field: values}}, where ("", "") is the form itself.
"""

import hashlib
import json

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.dateparse import parse_datetime

# The name of the hidden field that carries it.
SEEN = "_seen"
MAIN = ("", "")


def _plain(text):
    return str(text).replace("\r\n", "\n").strip()


def as_posted(field, value):
    """The values with which a browser would send `value` of a form's field back unchanged."""
    value = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, list | tuple | set):
        return sorted(map(str, value))
    # The admin wraps the widgets of foreign keys.
    shown = getattr(field.widget, "widget", field.widget).format_value(value)
    shown = shown if isinstance(shown, list | tuple) else [shown]
    return sorted(filter(None, (_plain(text) for text in shown if text is not None)))


def posted(field, data, name):
    """The values in which a field was sent, in the spelling of `as_posted`."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if field.widget.value_from_datadict(data, {}, name) else []
    return sorted(filter(None, map(_plain, data.getlist(name))))


def fields(form):
    """The fields of a form that somebody fills in, by name."""
    return {
        name: field
        for name, field in form.fields.items()
        if not field.disabled and name != DELETION_FIELD_NAME and not isinstance(field.widget, forms.HiddenInput)
    }


def _values(form):
    return {name: as_posted(field, form.get_initial_for_field(field, name)) for name, field in fields(form).items()}


def sheet(form, formsets):
    """What a form and its formsets hold as stored."""
    held = {MAIN: _values(form)}
    for formset in formsets:
        held |= {(formset.prefix, str(row.instance.pk)): _values(row) for row in formset.initial_forms}
    return held


def digest(values):
    """A field's values, in twelve characters."""
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:12]


def digests(held):
    """The digests of a sheet."""
    return {key: {name: digest(values) for name, values in named.items()} for key, named in held.items()}


def written(held):
    """A sheet's digests as the text of the hidden field, with the time of day."""
    rows = [[*key, named] for key, named in digests(held).items()]
    return json.dumps({"at": timezone.now().isoformat(), "rows": rows}, separators=(",", ":"))


def read(text):
    """(digests, when) of a hidden field; nothing at all where it is missing or spoilt, which refuses the save."""
    try:
        said = json.loads(text)
        return {(prefix, key): dict(named) for prefix, key, named in said["rows"]}, parse_datetime(said["at"])
    except (ValueError, TypeError, KeyError):
        return {}, None
