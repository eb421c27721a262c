"""Synthesis reports and reviews that a centre made or commissioned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import Bilingual


class Report(Bilingual):
    """A synthesis report, systematic review, guideline or other publication of a centre."""

    KIND = "report"
    FIRST_NUMBER = 5001
    IN_WELSH = {"title_cy": "title", "finding_cy": "finding"}

    class Type(models.TextChoices):
        SYSTEMATIC_REVIEW = "systematic review", _("Systematic review")
        EVIDENCE_REVIEW = "evidence review", _("Evidence review")
        SYNTHESIS = "synthesis", _("Synthesis")
        GUIDELINE = "guideline", _("Guideline")
        REPORT = "report", _("Report")

    slug = models.SlugField(unique=True, max_length=100)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=300)
    title_is_descriptive = models.BooleanField(
        default=False, help_text=_("The exact title was not seen; this describes the report.")
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    type = models.CharField(max_length=20, choices=Type)
    topic = models.CharField(max_length=120, blank=True)
    authors = models.TextField(blank=True, help_text=_("Separated by semicolons."))
    url = models.CharField(max_length=400, blank=True)
    citation = models.TextField(blank=True)
    finding = models.TextField(blank=True, help_text=_("The main finding, in one sentence."))
    title_cy = models.CharField(_("title in Welsh"), max_length=300, blank=True, default="", db_default="")
    finding_cy = models.TextField(_("main finding in Welsh"), blank=True, default="", db_default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["record"]

    def __str__(self):
        return self.title
