"""Toolkits."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from toolkits.admin.scoping import CentreScoped, Publishable, ScopedInline
from toolkits.admin.welsh import WelshForm, in_welsh
from toolkits.admin.writing import Text
from toolkits.models import Toolkit, ToolkitAxis


class AxisInline(ScopedInline, admin.StackedInline):
    model = ToolkitAxis
    extra = 0
    fields = [("axis", "absent_means")]
    verbose_name, verbose_name_plural = _("axis"), _("what a missing rating means")
    description = _(
        "Silence is written out: where an intervention has no rating on an axis, its page says what that means. "
        "Give a row each for impact, strength of evidence and cost."
    )
    labels = {"absent_means": _("What it means where there is none")}
    help_texts = {"absent_means": _("Such as: the centre publishes no rating of cost.")}


@admin.register(Toolkit)
class ToolkitAdmin(Publishable, CentreScoped):
    form = WelshForm
    list_display = ["name", "draft", "centre"]
    list_select_related = ["centre", "record__keeper"]
    search_fields = ["name"]
    inlines = [AxisInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "name", "slug", "introduction"],
                "description": _("The toolkit's front page: its interventions are listed below this."),
            },
        ),
        in_welsh(Toolkit),
    ]
    labels = {"slug": _("Name in the address")}
    help_texts = {
        "name": _("It heads the list, and stands on the page of each of its interventions."),
        "slug": _("A part of the address of everything in it. When you change it, old addresses lead on to the new."),
        "introduction": _("What the toolkit covers, and what it leaves out, in two sentences."),
        "name_cy": _("Heads the Welsh page, and stands in Welsh lists."),
        "introduction_cy": _("In two sentences, as in English."),
    }
    texts = {
        "introduction": Text(about=300, rows=5, markdown=True),
        "introduction_cy": Text(about=300, rows=5, markdown=True),
    }
