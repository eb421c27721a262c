"""Entries of the audit trail in words: what was done to what, and each change as field, before and after."""

import json
from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.records import RecordNumber
from evidence.models import Intervention, Study
from toolkits.snapshots import MODELS

ACTIONS = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "deleted": gettext_lazy("deleted"),
    "submitted": gettext_lazy("submitted"),
    "commented": gettext_lazy("commented"),
    "decided": gettext_lazy("decided"),
    "approved": gettext_lazy("approved"),
    "returned": gettext_lazy("returned"),
    "scheduled": gettext_lazy("scheduled"),
    "kept": gettext_lazy("published at its time"),
    "cancelled": gettext_lazy("cancelled"),
    "refused": gettext_lazy("could not be published at its time"),
    "published": gettext_lazy("published"),
    "restored": gettext_lazy("restored"),
    "withdrawn": gettext_lazy("withdrawn"),
    "removed": gettext_lazy("removed"),
    "merged": gettext_lazy("merged"),
    "flagged": gettext_lazy("flagged"),
    "settled": gettext_lazy("settled"),
    "taken": gettext_lazy("taken to work on"),
    "put back": gettext_lazy("put back into the queue"),
    "role given": gettext_lazy("role given"),
    "role ended": gettext_lazy("role ended"),
    "invited": gettext_lazy("invited"),
    "invitation accepted": gettext_lazy("invitation accepted"),
    "invitation withdrawn": gettext_lazy("invitation withdrawn"),
    "password changed": gettext_lazy("password changed"),
    "signed in": gettext_lazy("signed in"),
    "shown again": gettext_lazy("showed again who they were"),
    "signed out": gettext_lazy("signed out"),
    "sign-in failed": gettext_lazy("sign-in failed"),
    "locked out": gettext_lazy("locked out"),
    "session ended": gettext_lazy("session ended"),
    "exported": gettext_lazy("exported"),
    "loaded": gettext_lazy("loaded"),
}
# Of a row that was added, what the entry itself says: what it is about, who did it and when.
SAID_BY_THE_ENTRY = {
    *(
        "record",
        "record_id",
        "intervention_id",
        "toolkit_id",
        "scheme_id",
        "family_id",
        "revision_id",
        "centre",
        "centre_id",
    ),
    *(
        "at",
        "submitted_at",
        "decided_at",
        "made_at",
        "asked_at",
        "raised_at",
        "invited_at",
        "created_at",
        "date_joined",
    ),
    *("by_id", "submitted_by_id", "decided_by_id", "made_by_id", "invited_by_id", "created_by_id"),
    *("kind", "verb", "public", "title", "path", "schema", "number", "position", "state"),
}
# Kinds of row that an action of their own name says enough of, and those whose name would only repeat it.
NAMED_BY_ACTION = ("centres_person", "centres_role", "centres_invitation", "toolkits_appointment", "toolkits_flag")
SAID_BY_ACTION = ("toolkits_publicationevent", "toolkits_decision", "toolkits_comment")
# What the trail has in the place of a value that it keeps from its readers.
UNSHOWN = "…"
# What the name of a row is made of, where that is further away than its own columns.
FURTHER = {
    "evidence_rating": ["level__scheme"],
    "evidence_ratingrule": ["level"],
    "evidence_ratingbasis": ["rating__level", "synthesis"],
}
# A family is the network's, and what its members are called until they are published is not: they go by number.
NAMES_BY_NUMBER = {"evidence_familymember", "evidence_familydifference"}
# What has a permanent number: whatever has a page, and studies.
NUMBERED = MODELS | {Study.KIND: Study}


@dataclass(frozen=True)
class Change:
    """One field of an entry: its name, and what it said before and after; empty where it said nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An entry (AuditEntry) in words, with the name of what it is about and the address of its form, where it has one.

    `brief` are its changes without what the entry itself says already.
    """

    did: str
    kind: str
    row: str
    record: str
    address: str
    changes: list[Change]
    brief: list[Change]


def models_by_table():
    """{table: model} of everything that may have entries."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def kind_name(table):
    """What the rows of a table are called; the table's own name where it is not one of ours."""
    model = models_by_table().get(table)
    if model is None:
        return table
    owner = model._meta.auto_created
    if not owner:
        return str(model._meta.verbose_name)
    relation = next(field for field in owner._meta.many_to_many if field.remote_field.through is model)
    return f"{owner._meta.verbose_name}: {relation.verbose_name}"


def action_name(action):
    """An action in the reader's language; as it was entered where it is not one of the usual ones."""
    return str(ACTIONS.get(action, action))


def _kind(entry):
    """What kind of row an entry is about, where its action does not say so."""
    says = entry.kind in SAID_BY_ACTION or (
        entry.kind in NAMED_BY_ACTION and entry.action not in {"added", "changed", "deleted"}
    )
    return "" if says or not entry.kind else kind_name(entry.kind)


def _key(model, value):
    """`value` as a key of `model`, or None where it can be none."""
    try:
        return model._meta.pk.to_python(value)
    except ValidationError:
        return None


def _columns(model):
    return {field.column: field for field in model._meta.concrete_fields} if model else {}


def _wanted(entries, tables, records):
    """{model: keys} of every row that the entries name."""
    wanted = defaultdict(set)
    for entry in entries:
        model = tables.get(entry.kind)
        if model and not model._meta.auto_created:
            wanted[model].add(_key(model, entry.key))
        number = records.get(entry.record)
        if number:
            wanted[NUMBERED[number.kind]].add(number.pk)
        columns = _columns(model)
        for column, value in [*(entry.before or {}).items(), *(entry.after or {}).items()]:
            field = columns.get(column)
            if field and field.remote_field and value is not None:
                wanted[field.related_model].add(_key(field.related_model, value))
    return wanted


def _names(wanted):
    """{(model, key): name}, by one query a model, whatever its rows are called by."""
    names = {}
    for model, keys in wanted.items():
        fields = model._meta.concrete_fields
        related = FURTHER.get(model._meta.db_table) or [field.name for field in fields if field.remote_field]
        long = [field.name for field in fields if isinstance(field, models.JSONField | models.BinaryField)]
        rows = model._base_manager.select_related(*related).defer(*long).in_bulk(keys - {None})
        names.update({(model, key): str(row) for key, row in rows.items()})
    return names


def _value(field, value, names):
    """A stored value as a person reads it."""
    if value is None or value in ("", [], {}):
        return ""
    if value == UNSHOWN:
        return _("not shown")
    if field is not None and field.remote_field:
        if field.related_model is Intervention and field.model._meta.db_table in NAMES_BY_NUMBER:
            return str(value)
        key = _key(field.related_model, value)
        return names.get((field.related_model, key)) or str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else str(value)
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _changes(entry, model, names):
    """(column, Change) of every column that an entry tells of, in the order of the form."""
    before, after = entry.before or {}, entry.after or {}
    columns = _columns(model)
    said = before.keys() | after.keys()
    changes = []
    for column in [*(name for name in columns if name in said), *sorted(said - columns.keys())]:
        field = columns.get(column)
        if field is None or not field.primary_key:
            name = capfirst(str(field.verbose_name)) if field else column
            values = (_value(field, row.get(column), names) for row in (before, after))
            changes.append((column, Change(name, *values)))
    return changes


def _brief(entry, changes):
    """Of `changes` those that say more than the entry does; what is not shown only where there is nothing else."""
    whole = entry.before is None or entry.after is None
    telling = [
        (column, change)
        for column, change in changes
        if not (whole and column in SAID_BY_THE_ENTRY) and (entry.after or entry.before)[column] != UNSHOWN
    ]
    return [change for _column, change in telling] or ([] if whole else [change for _column, change in changes])


def _address(model, key):
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""


def tell(entries):
    """A Told for each of `entries`, in a number of queries that depends on how many kinds of row they name, and no more."""
    tables = models_by_table()
    records = RecordNumber.objects.in_bulk({entry.record for entry in entries} - {None})
    names = _names(_wanted(entries, tables, records))
    told = []
    for entry in entries:
        model, number = tables.get(entry.kind), records.get(entry.record)
        row = names.get((model, _key(model, entry.key)), "") if model else entry.key
        owner, key = (NUMBERED[number.kind], number.pk) if number else (model, entry.key)
        title = names.get((owner, key), "") if number else ""
        changes = _changes(entry, model, names)
        told.append(
            Told(
                did=action_name(entry.action),
                kind=_kind(entry),
                row="" if (owner is model and number) or entry.kind in SAID_BY_ACTION else row,
                record=title,
                address=_address(owner, key) if title or (row and model and not number) else "",
                changes=[change for _column, change in changes],
                brief=_brief(entry, changes),
            )
        )
    return told
