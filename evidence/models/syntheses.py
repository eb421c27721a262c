"""Syntheses: which studies answer a question, and how they are pooled."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import Recorded
from evidence.models.interventions import Intervention, NumberField
from evidence.models.studies import Estimate, Study
from evidence.models.vocabularies import Outcome


class Synthesis(Recorded):
    """A question, the studies that were found for it, and the model that pools them. This row is always a draft.

    An illustrative one is the network's own, from a published review: it is never a centre's, nor behind its ratings.
    """

    KIND = "synthesis"
    FIRST_NUMBER = 8001

    class Better(models.TextChoices):
        HIGHER = "higher", _("A higher figure is better")
        LOWER = "lower", _("A lower figure is better")
        NEITHER = "neither", _("Neither is better")

    class Method(models.TextChoices):
        REML = "REML", _("Random effects, restricted maximum likelihood")
        DL = "DL", _("Random effects, DerSimonian and Laird")
        PM = "PM", _("Random effects, Paule and Mandel")
        FE = "FE", _("Fixed effect")

    class Test(models.TextChoices):
        KNAPP_HARTUNG = "knapp_hartung", _("Knapp and Hartung")
        ADHOC = "knapp_hartung_adhoc", _("Knapp and Hartung, never narrower")
        Z = "z", _("Normal")

    class Prediction(models.TextChoices):
        DEFAULT = "default", _("k - 1 degrees of freedom")
        RILEY = "riley", _("k - 2 degrees of freedom")

    slug = models.SlugField(unique=True, max_length=100)
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="syntheses",
        null=True,
        blank=True,
        help_text=_("Whose it is; empty: the network's."),
    )
    illustrative = models.BooleanField(
        default=False, help_text=_("From a published review, to show the numbers: not the work of a centre.")
    )
    title = models.CharField(max_length=200)
    question = models.TextField(max_length=400, help_text=_("What it answers, in one or two sentences."))
    interventions = models.ManyToManyField(
        Intervention, blank=True, related_name="syntheses", help_text=_("On whose pages it is shown.")
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="syntheses", null=True, blank=True)
    outcome_measured = models.CharField(max_length=200, help_text=_("What was measured, in plain words."))
    comparison = models.CharField(max_length=200, blank=True, help_text=_("What the others got."))
    metric = models.CharField(max_length=6, choices=Estimate.Metric)
    unit = models.CharField(max_length=80, blank=True, help_text=_("Of a mean difference, such as days."))
    better = models.CharField(max_length=8, choices=Better, default=Better.HIGHER)
    method = models.CharField(max_length=4, choices=Method, default=Method.REML)
    test = models.CharField(max_length=20, choices=Test, default=Test.KNAPP_HARTUNG)
    prediction = models.CharField(max_length=8, choices=Prediction, default=Prediction.DEFAULT)
    base_rate = NumberField(
        blank=True,
        help_text=_("How many in a hundred have the outcome without the intervention. Empty: not stated."),
    )
    base_rate_source = models.TextField(blank=True, help_text=_("Where that figure is from."))
    criteria = models.TextField(_("what was included"), blank=True, help_text=_("One rule a line."))
    last_searched = models.DateField(null=True, blank=True)
    note = models.TextField(_("how the numbers were made"), blank=True, help_text=_("Markdown."))
    citation = models.TextField(blank=True, help_text=_("The review that the studies are from, if any."))
    source_url = models.CharField(max_length=400, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["record"]
        verbose_name_plural = _("syntheses")
        constraints = [
            models.CheckConstraint(
                condition=Q(illustrative=False) | Q(centre__isnull=True), name="illustrative_synthesis_is_no_centres"
            ),
            models.CheckConstraint(
                condition=Q(base_rate="") | ~Q(base_rate_source=""), name="base_rate_gives_its_source"
            ),
        ]

    def __str__(self):
        return self.title


class Inclusion(models.Model):
    """A study that was found for a synthesis: included with one of its estimates, or left out for a reason."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="inclusions")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="inclusions")
    estimate = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="inclusions", null=True, blank=True)
    included = models.BooleanField(default=True)
    reason = models.TextField(blank=True, help_text=_("Why it was left out."))
    subgroup = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["synthesis", "study", "estimate"], nulls_distinct=False, name="inclusion_once"
            ),
            models.CheckConstraint(
                condition=Q(included=True, estimate__isnull=False) | (Q(included=False) & ~Q(reason="")),
                name="included_with_an_estimate_or_left_out_for_a_reason",
            ),
        ]

    def __str__(self):
        return str(self.study)
