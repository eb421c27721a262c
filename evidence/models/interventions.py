"""Interventions, their ratings, and families: the same idea as several centres rate it."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import Bilingual, Recorded
from evidence.models.schemes import RatingLevel
from evidence.models.vocabularies import AgeBand, Outcome, Setting

NUMBER = r"^-?\d+(\.\d+)?$"


class NumberField(models.CharField):
    """A number as published, kept as text: 1.10 says that two decimals were given, 1.1 does not."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("validators", [RegexValidator(NUMBER, _("Write a number such as 3, -2 or 0.36."))])
        super().__init__(*args, **kwargs)


def number_check(field, *, name):
    """A database check that `field` is empty or a number."""
    return models.CheckConstraint(condition=Q(**{field: ""}) | Q(**{f"{field}__regex": NUMBER}), name=name)


class Intervention(Bilingual):
    """Something a centre has assessed. This row is always a draft; the public reads what was published."""

    KIND = "intervention"
    FIRST_NUMBER = 1001
    IN_WELSH = {"name_cy": "name", "summary_cy": "summary", "key_messages_cy": "key_messages"}

    class Status(models.TextChoices):
        CURRENT = "current", _("Current")
        RETIRED = "retired", _("Retired")
        RESEARCH = "research, not a toolkit strand", _("Research, not a toolkit strand")

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="interventions")
    status = models.CharField(max_length=40, choices=Status, default=Status.CURRENT)
    name = models.CharField(max_length=200)
    summary = models.TextField(max_length=400, help_text=_("What it is, in one or two sentences."))

    key_messages = models.TextField(blank=True, help_text=_("What the evidence says. One point a line."))
    how_it_works = models.TextField(blank=True, help_text=_("What people do, and why it should help. Markdown."))

    outcomes = models.ManyToManyField(Outcome, blank=True, related_name="interventions")
    outcome_as_published = models.TextField(blank=True, help_text=_("The source's own words."))
    settings = models.ManyToManyField(Setting, blank=True, related_name="interventions")
    setting_as_published = models.TextField(blank=True)
    age_bands = models.ManyToManyField(AgeBand, blank=True, related_name="interventions")
    age_as_published = models.TextField(blank=True)
    unrated_outcomes = models.ManyToManyField(
        Outcome,
        blank=True,
        related_name="+",
        help_text=_("Outcomes that were looked at and are not rated: the page says so of each."),
    )
    studies_count = models.PositiveIntegerField(null=True, blank=True)

    headline_value = NumberField(blank=True, help_text=_("The centre's own headline figure."))
    headline_unit = models.CharField(max_length=200, blank=True)
    headline_text = models.CharField(max_length=100, blank=True, help_text=_("The figure in words, such as 7 of 9."))
    finding_as_published = models.TextField(blank=True)

    how_sure = models.TextField(_("how sure we are, and why"), blank=True, help_text=_("Markdown."))
    for_whom = models.TextField(_("for whom and where it was tested"), blank=True, help_text=_("Markdown."))
    cautions = models.TextField(_("harms and cautions"), blank=True, help_text=_("One point a line."))
    implementation = models.TextField(_("putting it in place"), blank=True, help_text=_("One point a line."))
    costs = models.TextField(_("what it costs"), blank=True, help_text=_("Markdown."))
    gaps = models.TextField(_("gaps and trials under way"), blank=True, help_text=_("Markdown."))

    authors = models.TextField(blank=True, help_text=_("Who assessed the evidence. One person or body a line."))
    interests = models.TextField(
        _("declared interests"),
        blank=True,
        help_text=_("What the authors declared that might sway them; write “None declared” where they had nothing."),
    )

    version_or_date = models.CharField(max_length=120, blank=True, help_text=_("As the source dates itself."))
    last_searched = models.DateField(null=True, blank=True, help_text=_("When studies were last looked for."))
    next_review = models.DateField(null=True, blank=True)
    source_url = models.CharField(max_length=400, help_text=_("The page where these facts were seen."))
    other_sources = models.TextField(blank=True, help_text=_("Separated by semicolons."))
    compiler_note = models.TextField(blank=True, help_text=_("For editors only; never published."))
    language = models.CharField(max_length=5, default="en", choices=[("en", _("English")), ("cy", _("Welsh"))])
    name_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True, default="", db_default="")
    summary_cy = models.TextField(_("summary in Welsh"), max_length=400, blank=True, default="", db_default="")
    key_messages_cy = models.TextField(_("key messages in Welsh"), blank=True, default="", db_default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["record"]
        constraints = [number_check("headline_value", name="headline_value_is_a_number")]

    def __str__(self):
        return self.name


class Rating(models.Model):
    """A level given to an intervention, for all outcomes or for one, with its reason and date."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="ratings")
    level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="ratings")
    value = NumberField(blank=True, help_text=_("The number behind the level, where there is one."))
    range_low = NumberField(blank=True)
    range_high = NumberField(blank=True)
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="ratings", null=True, blank=True, help_text=_("Empty: overall.")
    )
    aspect = models.CharField(max_length=80, blank=True, help_text=_("Where a centre rates two aspects apart."))
    label_as_published = models.CharField(
        max_length=80, blank=True, help_text=_("The centre's word, where it differs from the level's.")
    )
    reason = models.TextField(blank=True, help_text=_("Why this level. Needed whenever a rating is new or changes."))
    source = models.TextField(
        blank=True, help_text=_("Where this rating is published: an address, and words after it where there are some.")
    )
    rated_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intervention", "level", "outcome", "aspect"], nulls_distinct=False, name="rating_once"
            ),
            number_check("value", name="rating_value_is_a_number"),
            number_check("range_low", name="rating_range_low_is_a_number"),
            number_check("range_high", name="rating_range_high_is_a_number"),
            models.CheckConstraint(
                condition=Q(range_low="", range_high="") | (~Q(range_low="") & ~Q(range_high="")),
                name="rating_range_has_both_ends",
            ),
        ]

    def __str__(self):
        return str(self.level)

    def clean(self):
        # What is no number is named by its field; a form cleans this beside it.
        both = all(re.fullmatch(NUMBER, end) for end in (self.range_low, self.range_high))
        if both and float(self.range_low) > float(self.range_high):
            raise ValidationError({"range_high": _("The range ends before it starts.")})


class Family(Recorded):
    """The same idea rated by several toolkits; ratings stand side by side and are never averaged."""

    KIND = "family"
    FIRST_NUMBER = 401

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["record"]
        verbose_name_plural = _("families")

    def __str__(self):
        return self.name


class FamilyMember(models.Model):
    """An intervention's place in a family: the same idea, or a variant of it."""

    class Relation(models.TextChoices):
        SAME = "same", _("The same idea")
        VARIANT = "variant", _("A variant")

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="members")
    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="family_membership")
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.SAME)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        # By number: a family is the network's, and what its members are called until they are published is not.
        return f"{self.intervention_id} ({self.get_relation_display()})"
