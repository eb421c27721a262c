"""A form saved as far as it can be, to see what the page would lack: for a transaction that is rolled back.

What does not pass the form's own checks is left as it is stored; what a new record needs to be stored at all and does
not have yet, gets something that only this transaction sees. The form's errors say so to whoever fills it in.
"""

from django.db import IntegrityError, models, transaction

from toolkits.models import Toolkit, ToolkitEntry

LAST = 32_000


def filled(formset):
    """The rows of a formset that somebody filled in and does not delete."""
    formset.is_valid()  # what is deleted is known to checked rows only
    deleted = [row for row in formset.forms if formset.can_delete and formset._should_delete_form(row)]
    return [row for row in formset.forms if row not in deleted and (row.has_changed() or not row.empty_permitted)]


def _stand_ins(form):
    """Put back what did not pass, and fill in what a new row cannot be without."""
    instance = form.instance
    for field in instance._meta.concrete_fields:
        if field.primary_key:
            continue
        if field.name in form.errors:
            setattr(instance, field.attname, form.initial.get(field.name, field.get_default()))
        if isinstance(field, models.ForeignKey) and not field.null and getattr(instance, field.attname) is None:
            offered = form.fields[field.name].queryset.first() if field.name in form.fields else None
            setattr(instance, field.attname, offered and offered.pk)


def _save(row):
    """Save a form's instance with its many-to-many values; whether the database took it."""
    try:
        with transaction.atomic():
            row.instance.save()
            row._save_m2m()
    except IntegrityError:
        return False
    return True


def _save_row(formset, row):
    setattr(row.instance, formset.fk.name, formset.instance)
    if row.instance.pk is None and hasattr(row.instance, "position"):
        row.instance.position = LAST
    _save(row)


def _place(intervention):
    """Give an intervention that has none yet a place, without which there is no page to look at."""
    toolkit = Toolkit.objects.filter(centre=intervention.centre_id).first()
    if toolkit and not ToolkitEntry.objects.filter(intervention=intervention).exists():
        ToolkitEntry.objects.create(toolkit=toolkit, intervention=intervention, slug=f"{intervention.pk}")


def save(form, formsets):
    """Save what a bound form and its formsets hold, and return the row; None where not even a stand-in can be stored."""
    form.is_valid()
    _stand_ins(form)
    if not _save(form):
        return None
    for formset in formsets:
        kept = filled(formset)
        for row in formset.initial_forms:
            if formset.can_delete and formset._should_delete_form(row) and row.instance.pk:
                row.instance.delete()
        for row in kept:
            if not row.errors:
                _save_row(formset, row)
    if form.instance.KIND == "intervention":
        _place(form.instance)
    return type(form.instance).objects.get(pk=form.instance.pk)
