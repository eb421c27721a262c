"""Toolkits as their editors keep them: always drafts, like every other working row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.models import Centre, PartialDateField, partial_date_check
from centres.records import Bilingual, Recorded
from evidence.models import Intervention, RatingScheme


class Toolkit(Bilingual):
    """A centre's collection of interventions, published as one list."""

    KIND = "toolkit"
    FIRST_NUMBER = 201
    IN_WELSH = {"name_cy": "name", "introduction_cy": "introduction"}

    slug = models.SlugField(unique=True, max_length=60)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="toolkits")
    name = models.CharField(max_length=120)
    introduction = models.TextField(blank=True, help_text=_("What the toolkit covers, in two sentences. Markdown."))
    name_cy = models.CharField(_("name in Welsh"), max_length=120, blank=True, default="", db_default="")
    introduction_cy = models.TextField(_("introduction in Welsh"), blank=True, default="", db_default="")

    class Meta:
        ordering = ["record"]

    def __str__(self):
        return self.name


class ToolkitAxis(models.Model):
    """What a missing rating on an axis means in this toolkit: silence is written out, and told apart."""

    toolkit = models.ForeignKey(Toolkit, on_delete=models.CASCADE, related_name="axes")
    axis = models.CharField(max_length=20, choices=RatingScheme.Axis)
    absent_means = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = _("toolkit axes")
        constraints = [models.UniqueConstraint(fields=["toolkit", "axis"], name="toolkit_axis_once")]

    def __str__(self):
        return f"{self.get_axis_display()}: {self.absent_means}"


class ToolkitEntry(models.Model):
    """An intervention's place in its toolkit, and its name in the toolkit's addresses."""

    toolkit = models.ForeignKey(Toolkit, on_delete=models.PROTECT, related_name="entries")
    intervention = models.OneToOneField(Intervention, on_delete=models.CASCADE, related_name="entry")
    slug = models.SlugField(max_length=80, help_text=_("The last part of its address, unique within the toolkit."))
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = _("toolkit entries")
        constraints = [models.UniqueConstraint(fields=["toolkit", "slug"], name="toolkit_slug_once")]

    def __str__(self):
        return f"{self.toolkit.slug}/{self.slug}"


class SharedList(Recorded):
    """A list of the network's own that is published as one: a vocabulary, or who was a member when."""

    KIND = "vocabulary"
    FIRST_NUMBER = 1

    class Name(models.TextChoices):
        OUTCOMES = "outcomes", _("Outcomes")
        SETTINGS = "settings", _("Settings")
        AGE_BANDS = "age-bands", _("Age bands")
        NETWORK = "network", _("The network and its members")
        SYNONYMS = "synonyms", _("Words that mean the same")
        ASSESSED = "assessed", _("Assessed and not listed")

    slug = models.SlugField(unique=True, choices=Name)

    class Meta:
        ordering = ["record"]

    def __str__(self):
        return self.get_slug_display()


class SynonymGroup(models.Model):
    """Words that mean the same to whoever searches: each finds what any of the others finds."""

    term = models.CharField(
        max_length=100,
        unique=True,
        help_text=_("A word, a phrase or an abbreviation, such as NEET or school exclusion."),
    )
    equivalents = models.TextField(
        help_text=_("What else people call it, one a line: a search for any of these finds them all.")
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("group of words that mean the same")
        verbose_name_plural = _("words that mean the same")

    def __str__(self):
        return self.term


class Assessed(models.Model):
    """Something that was looked at and not listed, so that nobody has to ask again: why, when, and where it is said."""

    name = models.CharField(max_length=200)
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="assessed",
        null=True,
        blank=True,
        help_text=_("Who assessed it; empty: the network itself."),
    )
    reason = models.TextField(help_text=_("Why it is not listed, in words for the public."))
    date = PartialDateField(help_text=_("When that was decided: a year, a month or a day."))
    source_url = models.TextField(
        help_text=_("Where this is said: an address, and words after it where there are some.")
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("thing assessed and not listed")
        verbose_name_plural = _("assessed and not listed")
        constraints = [
            models.UniqueConstraint(fields=["name", "centre"], nulls_distinct=False, name="assessed_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessed_gives_its_reason"),
            partial_date_check("date", name="assessed_date_is_a_date"),
        ]

    def __str__(self):
        return self.name
