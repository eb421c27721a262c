"""Synthesis reports."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from evidence.models import Report
from toolkits.admin.scoping import CentreScoped, Publishable
from toolkits.admin.welsh import WelshForm, in_welsh
from toolkits.admin.writing import Text


@admin.register(Report)
class ReportAdmin(Publishable, CentreScoped):
    form = WelshForm
    list_display = ["title", "draft", "type", "year", "centre"]
    list_filter = ["type", "year"]
    list_select_related = ["centre", "record__keeper"]
    search_fields = ["title", "topic"]
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": ["centre", "title", "title_is_descriptive", "slug", ("type", "year"), "topic"],
                "description": _("The top of its page, and its line in the list of reports."),
            },
        ),
        (
            _("What it found"),
            {"fields": ["finding"], "description": _("All that most readers will read of it.")},
        ),
        (
            _("Who wrote it, and where it is"),
            {
                "fields": ["authors", "url", "citation"],
                "description": _("So that readers can find the report itself, and cite it."),
            },
        ),
        in_welsh(Report),
    ]
    labels = {
        "slug": _("Name in the address"),
        "url": _("Address of the report"),
        "finding": _("Main finding"),
        "title_is_descriptive": _("The title is a description"),
    }
    help_texts = {
        "title": _("In full, as on its cover."),
        "title_is_descriptive": _("Tick it where the exact title was not seen: the page then says so."),
        "slug": _("The last part of its address: small letters, digits and hyphens."),
        "year": _("In which it appeared."),
        "topic": _("What it is about, in a few words."),
        "finding": _("In one sentence that anybody can follow: lists and search show it."),
        "authors": _("People or bodies, separated by semicolons."),
        "url": _("Where it can be read, and words after it if need be."),
        "citation": _("As it is to be cited."),
        "title_cy": _("Heads the Welsh page, and stands in Welsh lists."),
        "finding_cy": _("In one sentence, as in English."),
    }
    texts = {
        "finding": Text(about=250),
        "finding_cy": Text(about=250),
        "authors": Text(rows=2),
        "citation": Text(rows=2),
    }
