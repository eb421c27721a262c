"""Who is in the network: centres, what they were a member as and when, and who funds them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres import partial_dates
from centres.records import Bilingual


class PartialDateField(models.CharField):
    """A year, a month or a day, as text: only what is known is stored (see `partial_dates`)."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def validate(self, value, instance):
        super().validate(value, instance)
        if value and not partial_dates.is_partial_date(value):
            raise ValidationError(_("Write a year, a month or a day: 2013, 2013-03 or 2013-03-05."))


def partial_date_check(field, *, name):
    """A database check that `field` is empty or shaped like a partial date."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": partial_dates.PATTERN}), name=name
    )


class Centre(Bilingual):
    """A What Works Centre, past or present; it owns its interventions, ratings and reports."""

    KIND = "centre"
    FIRST_NUMBER = 101
    IN_WELSH = {"name_cy": "name", "policy_area_cy": "policy_area"}

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    policy_area = models.CharField(max_length=120)
    founded = PartialDateField(blank=True)
    closed = PartialDateField(blank=True, help_text=_("Set for a centre that merged or ended; its pages stay."))
    hosts = models.TextField(blank=True, help_text=_("Bodies that host the centre, separated by semicolons."))
    constitution = models.TextField(blank=True, help_text=_("What the centre is where it has no host body."))
    funding_note = models.TextField(blank=True)
    website = models.CharField(blank=True, max_length=300, validators=[URLValidator(["http", "https"])])
    audience = models.TextField(blank=True, help_text=_("For whom it writes, separated by semicolons."))
    accent = models.CharField(
        max_length=7,
        default="#14213d",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour as # and six digits, such as #1d4f91."))],
        help_text=_("The colour of the band at the top of its pages."),
    )
    source_url = models.TextField(
        blank=True, help_text=_("Pages where these facts were seen, separated by semicolons.")
    )
    name_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True, default="", db_default="")
    policy_area_cy = models.CharField(_("policy area in Welsh"), max_length=120, blank=True, default="", db_default="")

    class Meta:
        ordering = ["record"]
        constraints = [
            partial_date_check("founded", name="centre_founded_is_a_date"),
            partial_date_check("closed", name="centre_closed_is_a_date"),
        ]

    def __str__(self):
        return self.short_name

    @classmethod
    def owner_column(cls):
        return "pk"


class Membership(models.Model):
    """What a centre was in the network, from when to when; a change of tier is a second row."""

    class Tier(models.TextChoices):
        CENTRE = "centre", _("Centre")
        AFFILIATE = "affiliate", _("Affiliate")
        ASSOCIATE = "associate", _("Associate")

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="memberships")
    tier = models.CharField(max_length=10, choices=Tier)
    started = PartialDateField()
    ended = PartialDateField(blank=True, help_text=_("Empty while the centre is still a member."))
    basis = models.TextField(blank=True, help_text=_("How this is known."))
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=["centre", "affiliate", "associate"]), name="membership_tier"),
            partial_date_check("started", name="membership_started_is_a_date"),
            partial_date_check("ended", name="membership_ended_is_a_date"),
        ]

    def __str__(self):
        return f"{self.centre} ({self.get_tier_display()}, {self.started}–{self.ended})"


class Succession(models.Model):
    """How a centre ended, and who carries its work on where anybody does."""

    predecessor = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="endings")
    successor = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="origins", null=True, blank=True)
    kind = models.CharField(max_length=20, help_text=_("merged, closed, ended or renamed"))
    date = PartialDateField()
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "closed", "ended", "renamed"]), name="succession_kind"
            ),
            partial_date_check("date", name="succession_date_is_a_date"),
        ]

    def __str__(self):
        return f"{self.predecessor} {self.kind} {self.date}"


class Award(models.Model):
    """A known award of money to a centre; words where no figure is known."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="awards")
    funder = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    amount_gbp = models.PositiveBigIntegerField(null=True, blank=True)
    started = PartialDateField(blank=True)
    ended = PartialDateField(blank=True)
    source = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.funder} → {self.centre}"


class NetworkFact(models.Model):
    """A fact about the network as a whole, with where it was seen."""

    key = models.SlugField(primary_key=True, max_length=60)
    value = models.TextField()
    source = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self):
        return self.key
