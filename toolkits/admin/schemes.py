"""Rating scales. Their words are their centre's, the shared bands are the network's, and what was public stays.

Whoever edits a scale's centre keeps its words and sees the bands; the network's editors set bands on every scale, and
nothing else of a centre's. Once a scale was public its levels are fixed: the form offers a new version instead.
"""

from decimal import Decimal

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres import permissions, records
from evidence.models import RatingLevel, RatingRule, RatingScheme
from toolkits import scheme_versions
from toolkits.admin import choices
from toolkits.admin.once import read_once
from toolkits.admin.scoping import CentreScoped, Publishable, ScopedInline
from toolkits.admin.writing import Text
from toolkits.public.older import full_name
from toolkits.snapshots.schemes import level_name

BANDS = ["shared_band", "band_reason"]
OF_A_LEVEL = ["key", "label", "order", "off_scale", "meaning", "label_cy", "meaning_cy", *BANDS]
OF_A_SCALE = ["name", "version", "axis", "measures", "what_is_graded", "unit", "numeric", "source_url", "note", "slug"]


def may_edit_words(person, scheme):
    """Whether a scale (None: one that is being made) is `person`'s to edit, beyond its bands."""
    return scheme is None or permissions.can_edit(person, scheme.centre)


def is_fixed(scheme):
    """Whether ratings may rest on a scale as it was published."""
    return scheme is not None and scheme_versions.was_public(scheme)


class LevelForm(forms.ModelForm):
    """A level: on the scale with an order, or off it; a band has its reason."""

    def clean(self):
        data = super().clean()
        # Said in the words of the fields, because the constraints can only name themselves.
        if "order" in self.fields and "off_scale" in self.fields and not self.errors:
            if data["order"] is None and not data["off_scale"]:
                self.add_error("order", _("Give its place on the scale, or say why it has none."))
            elif data["order"] is not None and data["off_scale"]:
                self.add_error("off_scale", _("A level off the scale has no order: leave one of the two empty."))
        if data.get("shared_band") and not data.get("band_reason", "").strip():
            self.add_error("band_reason", _("Say why this band."))
        return data


class LevelInline(ScopedInline, admin.StackedInline):
    model = RatingLevel
    form = LevelForm
    fields = [
        ("label", "key"),
        ("order", "off_scale"),
        "meaning",
        ("label_cy", "meaning_cy"),
        ("shared_band", "band_reason"),
    ]
    verbose_name, verbose_name_plural = gettext_lazy("level"), gettext_lazy("levels")
    description = gettext_lazy("From the worst to the best, then those off the scale. Every level says what it means.")
    labels = {"key": gettext_lazy("Short name"), "shared_band": gettext_lazy("Shared band")}
    help_texts = {
        "label": gettext_lazy("The centre's own word, as readers see it."),
        "order": gettext_lazy(
            "A whole number that rises with better, stronger or dearer; empty for a level off the scale."
        ),
        "off_scale": gettext_lazy("Why it has no place on the scale; it is never shown as a low score."),
        "meaning": gettext_lazy("What a rating at this level says, in a sentence that anybody can follow."),
        "label_cy": gettext_lazy(
            "The centre's own Welsh word; empty: Welsh pages show the English one, marked as such."
        ),
        "shared_band": gettext_lazy("The network's own, coarse reading, set by its editors."),
        "band_reason": gettext_lazy("Why this band: readers see it."),
    }
    texts = {"meaning": Text(about=200, rows=2), "meaning_cy": Text(about=200, rows=2), "band_reason": Text(rows=2)}

    def get_readonly_fields(self, request, obj=None):
        if not may_edit_words(request.user, obj):
            return [name for name in OF_A_LEVEL if name not in BANDS]
        fixed = list(scheme_versions.FIXED_OF_LEVEL) if is_fixed(obj) else []
        return fixed if permissions.works_for_network(request.user) else [*fixed, *BANDS]

    def _may_have_others(self, request, obj):
        return may_edit_words(request.user, obj) and not is_fixed(obj)

    def has_add_permission(self, request, obj=None):
        return self._may_have_others(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_have_others(request, obj)

    def get_extra(self, request, obj=None, **kwargs):
        # Rows to fill in without a script, which would add them one by one.
        return 1 if obj else 4


class RuleForm(forms.ModelForm):
    """A row of the published rule: it has an end, and its ends are in order."""

    def clean(self):
        data = super().clean()
        start, end = data.get("from_value", ""), data.get("below", "")
        if not self.errors and not start and not end:
            self.add_error("from_value", _("Give where the row starts, where it ends, or both."))
        elif not self.errors and start and end and Decimal(end) <= Decimal(start):
            self.add_error("below", _("The row ends before it starts."))
        return data


class RuleInline(ScopedInline, admin.StackedInline):
    model = RatingRule
    form = RuleForm
    scheme = None
    extra = 0
    fields = [("quantity", "level"), ("from_value", "below"), "edition", "source", "note"]
    verbose_name, verbose_name_plural = gettext_lazy("row of the rule"), gettext_lazy("published rule")
    description = gettext_lazy(
        "How a result becomes a level, only as it is published somewhere; without rows editors choose the level, and "
        "pages say so. The rows of the first quantity give the level to start from, those of another the most it allows."
    )
    labels = {
        "quantity": gettext_lazy("What is looked at"),
        "from_value": gettext_lazy("From"),
        "below": gettext_lazy("Below"),
    }
    help_texts = {
        "from_value": gettext_lazy("The smallest value, which is in the row; empty: no smallest."),
        "below": gettext_lazy("The value at which it ends, which is not in the row; empty: no largest."),
        "edition": gettext_lazy("Which edition of the rule, with its date. Of several the first one holds."),
        "source": gettext_lazy("Where this rule is published."),
        "note": gettext_lazy("What else there is to say, such as of the edges."),
    }
    texts = {"source": Text(rows=1), "note": Text(rows=2)}

    def get_formset(self, request, obj=None, **kwargs):
        self.scheme = obj
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("level__scheme")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = RatingLevel.objects.filter(scheme=self.scheme).select_related("scheme")
        levels = read_once(request, "levels of rules", lambda: list(field.queryset))
        field.choices = [choices.EMPTY, *((level.pk, level_name(level, levels)) for level in levels)]
        return field

    def _may_change(self, request, obj):
        # A row names a level that is stored.
        return obj is not None and may_edit_words(request.user, obj)

    def has_add_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_change(request, obj)


@admin.register(RatingScheme)
class RatingSchemeAdmin(Publishable, CentreScoped):
    change_form_template = "admin/scheme_change_form.html"
    list_display = ["name", "version", "centre", "axis", "draft"]
    list_filter = ["axis"]
    list_select_related = ["centre", "record__keeper"]
    search_fields = ["name", "slug"]
    inlines = [LevelInline, RuleInline]
    fieldsets = [
        (None, {"fields": ["centre", ("name", "version"), "versions", ("axis", "measures")]}),
        (
            gettext_lazy("What it says"),
            {"fields": ["what_is_graded", "unit", "numeric", "source_url", "note", "slug"]},
        ),
    ]
    labels = {"slug": gettext_lazy("Name in the address"), "source_url": gettext_lazy("Where it is published")}
    help_texts = {
        "name": gettext_lazy("As the centre calls it."),
        "version": gettext_lazy("Which version of it, such as 2021: readers see it beside the name."),
        "measures": gettext_lazy(
            "For a scale of impact: whether a level says how large it is, or only which way it goes."
        ),
        "unit": gettext_lazy("What a level's number counts, such as months of progress in a year."),
        "source_url": gettext_lazy("The address of the page that explains it."),
        "note": gettext_lazy("What else a reader should know of it, such as that not all levels were seen."),
        "slug": gettext_lazy("The last part of its page's address: small letters, digits and hyphens."),
    }
    texts = {"note": Text(about=300, rows=3), "source_url": Text(rows=1)}

    def is_allowed(self, person, obj=None):
        return permissions.works_for_network(person) or super().is_allowed(person, obj)

    def get_queryset(self, request):
        own = Q(centre__in=permissions.centres_of(request.user))
        schemes = admin.ModelAdmin.get_queryset(self, request)
        return schemes if permissions.works_for_network(request.user) else schemes.filter(own)

    def get_readonly_fields(self, request, obj=None):
        always = [*super().get_readonly_fields(request, obj), "versions"]
        if not may_edit_words(request.user, obj):
            return [*always, *OF_A_SCALE]
        return [*always, *scheme_versions.FIXED_OF_SCALE] if is_fixed(obj) else always

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "centre":
            # Without a centre it is the network's own.
            kwargs["required"] = not permissions.works_for_network(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _mark_changed(self, request, obj):
        # A band that the network's editors set is for the centre to submit: nobody of theirs keeps its page.
        own = permissions.can_edit(request.user, obj.centre)
        records.mark_changed(obj.pk, by=request.user if own else None)

    @admin.display(description=gettext_lazy("Versions"))
    def versions(self, obj):
        """The version before this one and the one after it, where there are any."""
        before, after = obj.succeeds, RatingScheme.objects.filter(succeeds=obj.pk).first() if obj.pk else None
        said = [(before, _("Takes the place of"))] * bool(before) + [(after, _("Its next version is"))] * bool(after)
        links = [
            format_html(
                '{} <a href="{}">{}</a>.',
                words,
                reverse("admin:evidence_ratingscheme_change", args=[other.pk]),
                full_name(other.name, other.version),
            )
            for other, words in said
        ]
        return format_html(" ".join(["{}"] * len(links)), *links) if links else _("There is no other version.")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {
            "may_edit_words": may_edit_words(request.user, obj),
            "is_fixed": is_fixed(obj),
            "can_have_new_version": change and scheme_versions.can_have_new_version(obj, by=request.user),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)
