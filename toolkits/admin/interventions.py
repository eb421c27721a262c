"""Interventions with their ratings: the form runs in the order of the public page."""

from functools import partial

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import permissions
from evidence.models import Cost, Intervention, Rating
from toolkits.admin import choices
from toolkits.admin.once import read_once
from toolkits.admin.rating_forms import EntryFormSet, RatingForm, RatingFormSet
from toolkits.admin.scoping import CentreScoped, Publishable, ScopedInline
from toolkits.admin.welsh import WelshForm, in_welsh
from toolkits.admin.writing import Text
from toolkits.models import ToolkitEntry


class OfOneIntervention(ScopedInline):
    """Rows of an intervention, which offer what its centre has."""

    intervention = None

    def get_formset(self, request, obj=None, **kwargs):
        self.intervention = obj
        return super().get_formset(request, obj, **kwargs)


class EntryInline(OfOneIntervention, admin.StackedInline):
    model = ToolkitEntry
    formset = EntryFormSet
    min_num = max_num = 1
    validate_min = True
    fields = ["toolkit", "slug"]
    verbose_name = verbose_name_plural = _("place in a toolkit")
    description = _("Readers find the page in this toolkit, and under this address for as long as you leave it.")
    help_texts = {
        "slug": _(
            "The last part of the page's address: small letters, digits and hyphens, such as one-to-one-tuition. "
            "When you change it, the old address leads on to the new one."
        )
    }
    labels = {"slug": _("Name in the address")}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "toolkit":
            kwargs["queryset"] = choices.toolkits(request.user, self.intervention)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False


class RatingInline(OfOneIntervention, admin.StackedInline):
    model = Rating
    form = RatingForm
    formset = RatingFormSet
    extra = 0
    description = _(
        "Readers see these first, as symbols and in words, then each with its reason. "
        "A rating that is new or changes needs a reason before it can be submitted."
    )
    fieldsets = [
        (None, {"fields": ["level", ("outcome", "aspect"), ("value", "range_low", "range_high"), "reason"]}),
        (
            _("Source, date and the centre's own word"),
            {"fields": ["source", "rated_on", "label_as_published"], "classes": ["collapse"]},
        ),
    ]
    labels = {
        "level": _("Rating"),
        "value": _("Number"),
        "range_low": _("Range from"),
        "range_high": _("Range to"),
        "reason": _("Why this rating"),
        "source": _("Where it is published"),
        "rated_on": _("Rated on"),
        "label_as_published": _("The centre's own word"),
    }
    help_texts = {
        "level": _(
            "By scale. Off-scale levels, such as too little evidence, are shown as such and never as a low score."
        ),
        "outcome": _("Leave empty for a rating of the whole."),
        "aspect": _("Where two aspects of it are rated apart."),
        "value": _("As published: 1.10 says that two decimals were given."),
        "range_low": _("Both ends, or none: the page then says that no range is recorded."),
        "range_high": _("Such as the upper end of the confidence interval."),
        "reason": _(
            "Read beside the rating: which studies weighed most, and what held it back. Two or three sentences."
        ),
        "source": _("Only where it is not the page named under Sources: an address, and words after it if need be."),
        "rated_on": _("The day on which it was decided."),
        "label_as_published": _("Only where it differs from the level's name."),
    }
    texts = {"reason": Text(about=400, rows=4), "source": Text(rows=2)}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "level":
            kwargs["queryset"] = choices.levels(request.user, self.intervention)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        read = {"level": choices.grouped_levels, "outcome": choices.named}[db_field.name]
        field.choices = read_once(request, db_field.name, partial(read, field.queryset))
        return field

    def get_queryset(self, request):
        ratings = super().get_queryset(request).select_related("level__scheme", "outcome", "basis__synthesis")
        if permissions.works_for_network(request.user):
            return ratings
        return ratings.filter(level__scheme__centre__isnull=False)


class CostInline(OfOneIntervention, admin.StackedInline):
    model = Cost
    extra = 0
    verbose_name = _("cost")
    verbose_name_plural = _("what it costs, in figures")
    description = _("Only what somebody published: readers see each figure with its prices, contents and source.")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "label",
                    ("amount", "amount_to", "currency"),
                    ("unit", "timing", "price_year"),
                    "includes",
                    "paid_by",
                    "source",
                    ("confidence", "confidence_reason"),
                ]
            },
        )
    ]
    labels = {
        "label": _("What is paid for"),
        "amount": _("Pounds"),
        "amount_to": _("Up to"),
        "unit": _("For each"),
        "timing": _("How often"),
        "includes": _("What is in it"),
        "paid_by": _("Who pays"),
        "source": _("Where it is published"),
        "confidence": _("How sure"),
        "confidence_reason": _("Why so sure"),
    }
    help_texts = {
        "currency": _("As published; figures in other money belong in the words under What it costs."),
        "unit": _("For one of what the amount is."),
        "timing": _("Once, or again in every year that it runs."),
        "confidence": _("High: counted from real spending. Low: somebody's estimate."),
    }
    texts = {
        "includes": Text(about=300, rows=3),
        "source": Text(rows=2),
        "confidence_reason": Text(about=200, rows=2),
    }


class OwnToolkits(admin.RelatedFieldListFilter):
    """The toolkits of the centres that a person works for."""

    def field_choices(self, field, request, model_admin):
        return [(toolkit.pk, str(toolkit)) for toolkit in choices.toolkits(request.user)]


HELP = {
    "name": _("What people call it, as a heading. It heads the page and stands in every list."),
    "status": _("A retired one stays public, marked as no longer part of the toolkit."),
    "summary": _("What it is, in a sentence or two that anybody can follow: shown in lists, search and shared links."),
    "language": _("In which this page is written."),
    "headline_value": _("The figure the centre puts first, where it is not one of the ratings below."),
    "headline_unit": _("Of what, such as months of additional progress in a year."),
    "headline_text": _("The figure in words, such as 7 of 9 studies."),
    "key_messages": _("What the evidence says, the most important first. One point a line; three to six points."),
    "how_it_works": _("What people do, how often and for how long, and why that should help."),
    "outcomes": _("What it is meant to change. Readers filter by these, and the table of outcomes has a row for each."),
    "outcome_as_published": _("The source's own words, where they differ, separated by semicolons."),
    "unrated_outcomes": _(
        "Looked at, and not rated: the page says so of each, so that silence is not taken for no effect."
    ),
    "finding_as_published": _("Where the centre says what it found in words only: quote it."),
    "how_sure": _("How many studies, how good, how alike their results, and what would change the conclusion."),
    "studies_count": _("How many studies the ratings rest on. 0 says that there are none; empty, that nobody counted."),
    "for_whom": _(
        "Who took part, where, and for whom nothing is known: readers compare it with the people they serve."
    ),
    "settings": _("Where it was tested. Readers filter by these."),
    "setting_as_published": _("The source's own words, where they differ, separated by semicolons."),
    "age_bands": _("The ages it was tested with. Readers filter by these."),
    "age_as_published": _("The source's own words, where they differ, separated by semicolons."),
    "cautions": _("What went wrong or might, for whom, and when not to do it. One point a line."),
    "implementation": _("What to settle before starting, and what makes it work. One point a line."),
    "costs": _("What has to be paid for, per person and year, and in whose prices."),
    "gaps": _("What nobody knows yet, and which trials are under way."),
    "authors": _("Who assessed the evidence. One person or body a line."),
    "interests": _("What the authors declared that might sway them. Write “None declared” where they had nothing."),
    "source_url": _("The address of the centre's own page with these facts."),
    "other_sources": _("Further addresses, each with words after it if need be, separated by semicolons."),
    "version_or_date": _("As the source dates itself, such as Last updated July 2021."),
    "last_searched": _(
        "When studies were last looked for. After two years the page tells readers that it may be out of date."
    ),
    "next_review": _("When you mean to look at it again. Your home page lists it from that day on."),
    "name_cy": _("Heads the Welsh page, and stands in Welsh lists."),
    "summary_cy": _("In a sentence or two, as in English."),
    "key_messages_cy": _("One point a line, in the order of the English."),
    "compiler_note": _("For colleagues. It is never published."),
}


@admin.register(Intervention)
class InterventionAdmin(Publishable, CentreScoped):
    form = WelshForm
    list_display = ["name", "toolkit", "draft", "status", "centre", "updated_at"]
    list_filter = ["status", ("entry__toolkit", OwnToolkits)]
    list_select_related = ["centre", "entry__toolkit", "record__keeper"]
    search_fields = ["name", "summary", "=record__number"]
    inlines = [EntryInline, RatingInline, CostInline]
    fieldsets_before_inlines = 1
    help_texts = HELP
    labels = {"source_url": _("Source"), "other_sources": _("Further sources"), "studies_count": _("Number of studies")}
    texts = {
        "summary": Text(about=200),
        "key_messages": Text(about=600, rows=6),
        "summary_cy": Text(about=200),
        "key_messages_cy": Text(about=600, rows=6),
        "how_it_works": Text(about=1500, rows=10, markdown=True),
        "outcome_as_published": Text(rows=2),
        "finding_as_published": Text(about=300),
        "how_sure": Text(about=1000, rows=8, markdown=True),
        "for_whom": Text(about=1000, rows=8, markdown=True),
        "setting_as_published": Text(rows=2),
        "age_as_published": Text(rows=2),
        "cautions": Text(about=400, rows=4),
        "implementation": Text(about=800, rows=6),
        "costs": Text(about=600, rows=6, markdown=True),
        "gaps": Text(about=600, rows=6, markdown=True),
        "authors": Text(),
        "interests": Text(about=300),
        "other_sources": Text(),
        "compiler_note": Text(rows=4),
    }
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": ["centre", "name", "summary", ("status", "language")],
                "description": _("The top of the page, and all that a list or a search shows of it."),
            },
        ),
        (
            _("The centre's headline"),
            {
                "fields": [("headline_value", "headline_unit"), "headline_text", "finding_as_published"],
                "description": _(
                    "Only where the centre puts a figure or a finding first that is no rating on a scale."
                ),
            },
        ),
        (
            _("Key messages, and how it works"),
            {
                "fields": ["key_messages", "how_it_works"],
                "description": _("What most readers come for, and often all that they read."),
            },
        ),
        (
            _("What it does to each outcome"),
            {
                "fields": ["outcomes", "unrated_outcomes", "outcome_as_published"],
                "description": _("Every outcome ticked here is rated above, or ticked as not rated."),
            },
        ),
        (
            _("How sure we are, and why"),
            {
                "fields": ["how_sure", "studies_count"],
                "description": _("What a reader has to know before trusting the numbers."),
            },
        ),
        (
            _("For whom, and where it was tested"),
            {
                "fields": ["for_whom", "settings", "setting_as_published", "age_bands", "age_as_published"],
                "description": _("So that readers see whether it was tested with people like theirs."),
            },
        ),
        (
            _("Using it"),
            {
                "fields": ["cautions", "implementation", "costs", "gaps"],
                "description": _("For the reader who has decided to try it, or has to say what it takes."),
            },
        ),
        (
            _("Who assessed it"),
            {
                "fields": ["authors", "interests"],
                "description": _("Readers judge an assessment by who made it."),
            },
        ),
        (
            _("Sources and dates"),
            {
                "fields": ["source_url", "other_sources", "version_or_date", ("last_searched", "next_review")],
                "description": _("Where this can be checked, and how old it is."),
            },
        ),
        in_welsh(Intervention),
        (_("For editors only"), {"fields": ["compiler_note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("toolkit"), ordering="entry__toolkit__name")
    def toolkit(self, intervention):
        return intervention.entry.toolkit if hasattr(intervention, "entry") else "—"
