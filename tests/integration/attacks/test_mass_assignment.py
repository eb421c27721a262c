"""Forms that are sent more than they have: columns they do not show, and rows that are somebody else's."""

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from evidence.models import Rating
from tests.admin_forms import form_of
from tests.clients import EditorsClient
from tests.integration.rights_world import RECORD, people, things

SENT = {
    models.BooleanField: "on",
    models.DateTimeField: "2001-02-03 04:05",
    models.DateField: "2001-02-03",
    models.JSONField: '{"sent": 1}',
    models.IntegerField: "77",
    models.DecimalField: "77",
    models.FloatField: "77",
}


@pytest.fixture
def world(network):
    """Who may change what, those with the fewest rights first, and one thing of each kind."""
    cast = people()
    signed_in = {role: EditorsClient() for role in ("editor", "manager", "administrator")}
    for role, browser in signed_in.items():
        browser.force_login(cast[role])
    return signed_in, things(cast)


def trespasses(form):
    """{name: value} of every column of a form's row that the form has no field for."""
    sent = {}
    for column in form.instance._meta.concrete_fields:
        if column.primary_key or column.name in form.fields:
            continue
        if column.is_relation:
            others = column.related_model._base_manager.exclude(pk=getattr(form.instance, column.attname))
            value = others.values_list("pk", flat=True).first() or 0
        else:
            value = next((value for kind, value in SENT.items() if isinstance(column, kind)), "sent")
        name = form.add_prefix(column.name)
        sent |= {name: value, form.add_prefix(column.attname): value}
        if isinstance(column, models.DateTimeField):
            sent |= {f"{name}_{place}": part for place, part in enumerate(value.split())}
    return sent


def hidden(form):
    """{column: value} of those columns as they are stored now."""
    columns = [column.attname for column in form.instance._meta.concrete_fields if column.name not in form.fields]
    return type(form.instance)._base_manager.filter(pk=form.instance.pk).values(*columns).get()


def test_no_form_of_the_admin_writes_a_column_that_it_does_not_show(world):
    signed_in, found = world
    saved, written = {}, {}
    for model in admin.site._registry:
        name = model._meta.model_name
        if name not in found:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{name}_change", args=[found[name].pk])
        for role, browser in signed_in.items():
            page = browser.get(address) if name not in saved else None
            if page is None or page.status_code != 200 or not page.context.get("has_change_permission"):
                continue
            forms = [page.context["adminform"].form]
            for formset in page.context["inline_admin_formsets"]:
                forms += [form for form in formset.formset.initial_forms if form.instance.pk]
            fields = form_of(page, f"{name}_form")
            before = [hidden(form) for form in forms]
            more = {key: value for form in forms for key, value in trespasses(form).items()}
            if browser.post(address, more | fields).status_code == 302:
                saved[name] = role
            for form, values in zip(forms, before, strict=True):
                changed = {key for key, value in hidden(form).items() if value != values[key]}
                taken = {key for key in changed if str(hidden(form)[key]).startswith(("2001-02-03", "77", "sent"))}
                taken |= {key for key in changed if key.endswith("_id")}
                if taken:
                    written[role, type(form.instance).__name__] = taken
    assert written == {}
    assert saved["intervention"] == saved["synthesis"] == "editor"
    assert len(saved) > 15


def test_a_row_of_another_record_cannot_be_taken_into_a_form(world):
    signed_in, found = world
    theirs = Rating.objects.exclude(intervention__centre=found["centre"]).first()
    address = reverse("admin:evidence_intervention_change", args=[RECORD])
    fields = form_of(signed_in["editor"].get(address))
    assert fields["ratings-0-id"]
    fields |= {"ratings-0-id": theirs.pk, "ratings-0-wording": "sent"}
    before = Rating.objects.filter(pk=theirs.pk).values().get()
    assert signed_in["editor"].post(address, fields).status_code == 200
    assert Rating.objects.filter(pk=theirs.pk).values().get() == before
