"""Syntheses with the studies that were found for them: the form runs in the order of the public page."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import permissions
from evidence.models import Intervention, Synthesis
from toolkits.actions.study_flags import raise_study_flags
from toolkits.admin.inclusions import InclusionInline, changed_studies
from toolkits.admin.network_or_centre import NetworkOrCentreScoped
from toolkits.admin.once import read_once
from toolkits.admin.scoping import Publishable
from toolkits.admin.writing import Text
from toolkits.models import PublishedPage


def _interventions(person):
    """{number: name} of what a synthesis of `person`'s may be about: their own drafts, and what is public, as it is public."""
    names = {}
    if permissions.works_for_network(person):
        live = PublishedPage.objects.filter(kind=Intervention.KIND, state=PublishedPage.State.LIVE)
        names |= dict(live.values_list("record", "title"))
    own = Intervention.objects.filter(centre__in=permissions.centres_of(person))
    return names | dict(own.values_list("pk", "name"))


@admin.register(Synthesis)
class SynthesisAdmin(Publishable, NetworkOrCentreScoped):
    change_form_template = "admin/synthesis_change_form.html"
    list_display = ["title", "draft", "metric", "centre", "updated_at"]
    list_filter = ["metric", "illustrative"]
    list_select_related = ["centre", "record__keeper"]
    search_fields = ["title", "question", "=record__number"]
    inlines = [InclusionInline]
    fieldsets_before_inlines = 3
    fieldsets = [
        (
            _("What it asks"),
            {
                "fields": ["centre", "illustrative", "title", "slug", "question", "interventions"],
                "description": _("The top of its page, and on whose pages it is shown."),
            },
        ),
        (
            _("What was measured"),
            {
                "fields": [
                    "outcome",
                    ("outcome_measured", "comparison"),
                    ("metric", "unit", "better"),
                    ("base_rate", "base_rate_source"),
                ],
                "description": _("What the numbers are about, and which way is the better one."),
            },
        ),
        (
            _("How it is pooled"),
            {
                "fields": [("method", "test", "prediction")],
                "description": _("The defaults are what the field advises; choose others before you see the result."),
            },
        ),
        (
            _("How the studies were found"),
            {"fields": ["criteria", "last_searched", "note", "citation", "source_url"]},
        ),
    ]
    labels = {"slug": _("Name in the address"), "source_url": _("Address of the review")}
    help_texts = {"slug": _("The last part of its address: small letters, digits and hyphens.")}
    texts = {
        "question": Text(about=200),
        "base_rate_source": Text(rows=1),
        "criteria": Text(about=400, rows=4),
        "note": Text(about=600, rows=4, markdown=True),
        "citation": Text(rows=2),
    }

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed = changed_studies(formsets)
        if changed:
            raise_study_flags({form.instance.pk: changed})

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "interventions":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        kwargs["widget"] = forms.SelectMultiple(attrs={"size": 8})
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        names = read_once(request, "interventions of syntheses", lambda: _interventions(request.user))
        field.queryset = Intervention.objects.filter(pk__in=names)
        field.choices = sorted(names.items(), key=lambda pair: pair[1].lower())
        return field
