"""Studies, what they found, and how far each finding can be trusted."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import Recorded
from evidence.appraisals import TOOLS
from evidence.metrics import METRICS
from evidence.models.interventions import Intervention
from evidence.models.vocabularies import Outcome

LARGEST = 1e30  # beyond this nothing can be pooled; it also keeps infinity and not-a-number out of the tables


class Study(Recorded):
    """A study, entered once and used by every synthesis that it belongs to.

    `centre` keeps it: only its editors change it (empty: the network's). What is not recorded is empty, never guessed.
    """

    KIND = "study"
    FIRST_NUMBER = 20_001

    class Nation(models.TextChoices):
        ENGLAND = "England", _("England")
        SCOTLAND = "Scotland", _("Scotland")
        WALES = "Wales", _("Wales")
        NORTHERN_IRELAND = "Northern Ireland", _("Northern Ireland")
        SEVERAL = "several", _("More than one nation")

    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="studies",
        null=True,
        blank=True,
        help_text=_("Who keeps it; empty: the network."),
    )
    label = models.CharField(max_length=160, help_text=_("As tables and charts name it, such as Finkenauer 1982."))
    title = models.CharField(max_length=400, blank=True)
    citation = models.TextField(blank=True, help_text=_("As it is to be cited."))
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Of publication."))
    country = models.CharField(max_length=120, blank=True, help_text=_("Several with / between them."))
    uk_nation = models.CharField(
        _("nation of the UK"), max_length=20, choices=Nation, blank=True, help_text=_("Empty: not recorded.")
    )
    design = models.CharField(max_length=120, blank=True, help_text=_("As the source names it, such as RCT."))
    setting = models.CharField(max_length=200, blank=True)
    ages = models.CharField(max_length=120, blank=True)
    participants = models.TextField(_("who was studied"), blank=True)
    missing_people = models.TextField(_("who was missing"), blank=True, help_text=_("Groups left out or lost."))
    registration = models.CharField(max_length=80, blank=True, help_text=_("Such as ISRCTN12345678."))
    doi = models.CharField("DOI", max_length=200, blank=True, help_text=_("Such as 10.1002/14651858.CD002796.pub2."))
    funder = models.TextField(blank=True)
    interests = models.TextField(_("declared interests"), blank=True)
    protocol = models.CharField(max_length=400, blank=True, help_text=_("The address of its protocol."))
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="copies",
        null=True,
        blank=True,
        editable=False,
        help_text=_("The study that this was a second copy of."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["record"]
        verbose_name_plural = _("studies")
        indexes = [
            models.Index(fields=["doi"], condition=~Q(doi=""), name="study_doi"),
            models.Index(fields=["registration"], condition=~Q(registration=""), name="study_registration"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="study_has_a_label"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1500, 2200)), name="study_year_is_a_year"
            ),
        ]

    def __str__(self):
        return self.label


class Estimate(models.Model):
    """What a study found on one outcome at one time: an effect and its variance, and how they came about.

    `effect` and `variance` are on the scale of `metric` (evidence.metrics); above 0 means more of the outcome with
    the intervention. Which side is the better one is for the synthesis to say, and `conversions` has every sign reversed.
    """

    class Metric(models.TextChoices):
        SMD = "SMD", METRICS["SMD"].name
        LOG_OR = "logOR", METRICS["logOR"].name
        LOG_RR = "logRR", METRICS["logRR"].name
        COR_Z = "COR-z", METRICS["COR-z"].name
        MD = "MD", METRICS["MD"].name

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="estimates")
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="estimates",
        null=True,
        blank=True,
        help_text=_("Who entered it."),
    )
    intervention = models.ForeignKey(
        Intervention, on_delete=models.PROTECT, related_name="estimates", null=True, blank=True
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="estimates", null=True, blank=True)
    outcome_reported = models.CharField(max_length=200, blank=True, help_text=_("As the study measured it."))
    follow_up = models.CharField(max_length=120, blank=True, help_text=_("Such as: 12 months after."))
    metric = models.CharField(max_length=6, choices=Metric)
    effect = models.FloatField()
    variance = models.FloatField()
    n_1 = models.PositiveIntegerField(_("people with the intervention"), null=True, blank=True)
    n_2 = models.PositiveIntegerField(_("people in the comparison"), null=True, blank=True)
    n_total = models.PositiveIntegerField(_("people in all"), null=True, blank=True)
    given = models.JSONField(default=dict, blank=True, help_text=_("The numbers that the study itself gives, by name."))
    formula = models.TextField(blank=True, help_text=_("How effect and variance follow from them."))
    assumptions = models.JSONField(default=list, blank=True)
    conversions = models.JSONField(default=list, blank=True, help_text=_("Each step, such as a sign reversed."))
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["study", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "centre", "intervention", "outcome", "outcome_reported", "follow_up", "metric"],
                nulls_distinct=False,
                name="estimate_once",
            ),
            models.CheckConstraint(
                condition=Q(effect__gte=-LARGEST, effect__lte=LARGEST), name="estimate_effect_is_finite"
            ),
            models.CheckConstraint(
                condition=Q(variance__gte=1 / LARGEST, variance__lte=LARGEST), name="estimate_variance_is_above_zero"
            ),
            models.CheckConstraint(condition=Q(metric__in=list(METRICS)), name="estimate_metric_is_known"),
        ]

    def __str__(self):
        return f"{self.study}: {self.outcome_reported or self.outcome or self.metric}"


class Appraisal(models.Model):
    """One reader's judgement of an estimate on one domain of a tool, or what two readers agreed on."""

    class Tool(models.TextChoices):
        ROB2 = "rob2", TOOLS["rob2"].name
        ROBINS_I = "robins-i", TOOLS["robins-i"].name
        OTHER = "other", TOOLS["other"].name

    class Reading(models.TextChoices):
        FIRST = "first", _("First reader")
        SECOND = "second", _("Second reader")
        AGREED = "agreed", _("Agreed by both")

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="appraisals")
    tool = models.CharField(max_length=10, choices=Tool)
    domain = models.CharField(max_length=80)
    judgement = models.CharField(max_length=40)
    reason = models.TextField(blank=True, help_text=_("What in the report led to it. Needed for what was agreed."))
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.FIRST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appraisals", null=True, blank=True
    )
    reader = models.CharField(max_length=120, blank=True, help_text=_("Who read, where they have no account here."))

    class Meta:
        ordering = ["estimate", "tool", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["estimate", "tool", "domain", "reading"], name="appraisal_once_a_reading"),
            models.CheckConstraint(
                condition=~Q(reading="agreed") | ~Q(reason=""), name="agreed_appraisal_gives_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.domain}: {self.judgement}"

    @property
    def reader_name(self):
        """Who read: the name given, or else that of the account; empty where neither is known."""
        if self.reader or self.by is None:
            return self.reader
        return (self.by.get_full_name() or self.by.get_username())[:120]

    def clean(self):
        tool = TOOLS.get(self.tool)
        if tool is None:
            return
        if self.domain not in tool.domains:
            raise ValidationError({"domain": _("%(tool)s has no such domain.") % {"tool": tool.name}})
        if self.judgement not in tool.judgements:
            words = ", ".join(tool.judgements)
            raise ValidationError(
                {"judgement": _("%(tool)s knows these judgements: %(words)s.") % {"tool": tool.name, "words": words}}
            )
