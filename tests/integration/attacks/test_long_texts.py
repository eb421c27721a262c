"""Texts of any length, which would keep a process busy with comparing and showing them."""

from django import forms
from django.contrib import admin
from django.core.validators import MaxLengthValidator


def test_every_text_of_the_admin_has_an_end(rf, network_admin):
    request, texts = rf.get("/"), 0
    request.user = network_admin
    for options in admin.site._registry.values():
        if not options.has_add_permission(request):
            continue
        kinds = [
            options.get_form(request),
            *(formset.form for formset, _inline in options.get_formsets_with_inlines(request)),
        ]
        for name, field in ((name, field) for kind in kinds for name, field in kind.base_fields.items()):
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
                texts += 1
                bounded = any(isinstance(validator, MaxLengthValidator) for validator in field.validators)
                assert bounded, f"{options.opts.label}.{name}"
    assert texts > 20
