"""Rating schemes and their levels. A level is a row with words, never a bare number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import Recorded
from evidence.bands import ALL_BANDS


class RatingScheme(Recorded):
    """A centre's (or the network's) scale on one axis, in one version."""

    KIND = "method"
    FIRST_NUMBER = 301

    class Axis(models.TextChoices):
        IMPACT = "impact", _("Impact")
        COST = "cost", _("Cost")
        STRENGTH = "strength", _("Strength of evidence")
        COST_EFFECTIVENESS = "cost-effectiveness", _("Cost-effectiveness")
        MECHANISM = "mechanism", _("Mechanism")
        MODERATOR = "moderator", _("Moderators")
        IMPLEMENTATION = "implementation", _("Implementation")
        ECONOMICS = "economics", _("Economics")
        STUDY_QUALITY = "study quality", _("Study quality")

    class Measures(models.TextChoices):
        SIZE = "size", _("Size")
        DIRECTION = "direction", _("Direction")
        BOTH = "direction and size", _("Direction and size")

    slug = models.SlugField(unique=True, max_length=60)
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="schemes",
        null=True,
        blank=True,
        help_text=_("Empty: the network owns it, and it is never shown as a centre's rating."),
    )
    axis = models.CharField(max_length=20, choices=Axis)
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=40, blank=True)
    succeeds = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="successor",
        null=True,
        blank=True,
        editable=False,
        help_text=_("The version of the scale that this one takes the place of."),
    )
    unit = models.CharField(max_length=200, blank=True)
    what_is_graded = models.CharField(max_length=120, blank=True, help_text=_("An approach, a programme, one study…"))
    measures = models.CharField(max_length=20, choices=Measures, blank=True)
    numeric = models.BooleanField(default=False, help_text=_("Whether a level stands for a number."))
    source_url = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["record"]

    def __str__(self):
        version = f" {self.version}" if self.version else ""
        return f"{self.name}{version} ({self.centre or _('network')})"


class RatingLevel(models.Model):
    """A level of a scheme; off-scale levels (mixed, too little evidence…) have no order."""

    class OffScale(models.TextChoices):
        MIXED = "mixed", _("Mixed")
        TOO_LITTLE = "too little evidence", _("Too little evidence")
        NOT_EFFECTIVE = "found not effective", _("Found not effective")
        UNDER_REVIEW = "under review", _("Under review")

    scheme = models.ForeignKey(RatingScheme, on_delete=models.PROTECT, related_name="levels")
    key = models.CharField(max_length=60, help_text=_("The short name used in addresses and data files."))
    order = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Rises with better, stronger or dearer; empty for an off-scale level.")
    )
    label = models.CharField(max_length=80)
    meaning = models.TextField(blank=True)
    label_cy = models.CharField(_("label in Welsh"), max_length=80, blank=True, default="", db_default="")
    meaning_cy = models.TextField(_("meaning in Welsh"), blank=True, default="", db_default="")
    off_scale = models.CharField(max_length=20, choices=OffScale, blank=True)
    shared_band = models.CharField(max_length=12, blank=True, choices=[(band, band) for band in ALL_BANDS])
    band_reason = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key"], name="level_key_once_a_scheme"),
            models.CheckConstraint(
                condition=Q(off_scale="", order__isnull=False) | (~Q(off_scale="") & Q(order__isnull=True)),
                name="level_has_an_order_or_is_off_scale",
            ),
            models.CheckConstraint(
                condition=Q(shared_band="") | (Q(shared_band__in=ALL_BANDS) & ~Q(band_reason="")),
                name="level_band_is_known_and_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.scheme.slug}: {self.label} ({self.key})"
