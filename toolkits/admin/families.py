"""Families: the same idea as several centres rate it. The network's editors name interventions by what is public."""

import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import Family, FamilyMember, Intervention
from toolkits.admin.once import read_once
from toolkits.admin.scoping import NetworkScoped, Publishable, ScopedInline
from toolkits.editorial import suggestions


class PublicIntervention(forms.ModelChoiceField):
    """An intervention by its number or its public name: what a centre has not published stays its own.

    `named` are the members there are, {number: what they are called}: they may stay, public or not.
    """

    widget = forms.TextInput

    def __init__(self, *args, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.named = named

    def prepare_value(self, value):
        return self.named.get(getattr(value, "pk", value), value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        number = re.match(r"\s*(\d+)\b", value)
        if number and int(number[1]) in self.named:
            return Intervention.objects.get(pk=int(number[1]))
        found = suggestions.interventions(number=int(number[1])) if number else suggestions.interventions(name=value)
        if not found:
            raise ValidationError(_("No intervention that is public has this name or number: look at its page."))
        if len(found) > 1:
            raise ValidationError(
                _("Write the number, for several have this name: %(those)s.") % {"those": "; ".join(found.values())}
            )
        return Intervention.objects.get(pk=next(iter(found)))


class MemberForm(forms.ModelForm):
    """A member of a family."""

    @property
    def heading(self):
        """The stored member by its public name, to head its fields; empty for a new one."""
        return str(self.fields["intervention"].prepare_value(self.instance.intervention_id)) if self.instance.pk else ""


class MemberInline(ScopedInline, admin.StackedInline):
    model = FamilyMember
    form = MemberForm
    extra = 1
    fields = [("intervention", "relation")]
    verbose_name, verbose_name_plural = gettext_lazy("member"), gettext_lazy("members")
    description = gettext_lazy("Their ratings stand side by side on the family's page, and are never averaged.")
    help_texts = {
        "intervention": gettext_lazy(
            "Its name or its number: 1011, as in the address /record/1011/. Public ones only."
        ),
        "relation": gettext_lazy("A variant differs in something that may matter for what it does."),
    }
    family = None

    def get_formset(self, request, obj=None, **kwargs):
        self.family = obj
        return super().get_formset(request, obj, **kwargs)

    def _named(self):
        members = self.family.members.values_list("intervention", flat=True) if self.family else []
        numbers = list(members)
        return {number: _("%(n)s (not public)") % {"n": number} for number in numbers} | suggestions.named(numbers)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "intervention":
            kwargs["form_class"] = PublicIntervention
            kwargs["named"] = read_once(request, "named", self._named)
            attrs = {"data-suggest": reverse_lazy("editorial:suggest_interventions"), "autocomplete": "off"}
            kwargs["widget"] = forms.TextInput(attrs=attrs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Family)
class FamilyAdmin(Publishable, NetworkScoped):
    list_display = ["name", "draft", "slug"]
    list_select_related = ["record__keeper"]
    inlines = [MemberInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug"],
                "description": gettext_lazy("The same idea as several centres rate it, and why they may differ."),
            },
        )
    ]
    labels = {"slug": gettext_lazy("Name in the address")}
    help_texts = {
        "name": gettext_lazy("What the members have in common, as readers would call it."),
        "slug": gettext_lazy("The last part of its address: small letters, digits and hyphens."),
    }
