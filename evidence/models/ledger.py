"""Why a rating has its level: the published rules of a scale, and what they made of a synthesis."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models.interventions import Family, Intervention, NumberField, Rating, number_check
from evidence.models.schemes import RatingLevel, RatingScheme
from evidence.models.syntheses import Synthesis


class RatingRule(models.Model):
    """A published rule of a scale, as a row: a quantity from `from_value` and below `below` gives `level`.

    A scale without rows has no published rule: its level is chosen by the editor, and the page says so.
    """

    class Quantity(models.TextChoices):
        EFFECT_SIZE = "effect size", _("Effect size, to two decimals, better above zero")
        REDUCTION = "per cent reduction", _("Per cent less of an unwanted outcome")
        STUDIES = "studies", _("Number of studies")

    scheme = models.ForeignKey(RatingScheme, on_delete=models.CASCADE, related_name="rules")
    level = models.ForeignKey(RatingLevel, on_delete=models.CASCADE, related_name="rules")
    quantity = models.CharField(max_length=20, choices=Quantity)
    from_value = NumberField(blank=True, help_text=_("The smallest value; empty: no smallest."))
    below = NumberField(blank=True, help_text=_("The value at which it no longer holds; empty: no largest."))
    edition = models.CharField(max_length=120, blank=True, help_text=_("Which edition of the rule, with its date."))
    source = models.TextField(help_text=_("Where the rule is published."))
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            number_check("from_value", name="rule_start_is_a_number"),
            number_check("below", name="rule_end_is_a_number"),
            models.CheckConstraint(condition=~Q(source=""), name="rule_gives_its_source"),
            models.CheckConstraint(condition=~Q(from_value="", below=""), name="rule_has_an_end"),
        ]

    def __str__(self):
        return f"{self.level}: {self.from_value or '…'} – {self.below or '…'}"


class RatingBasis(models.Model):
    """The synthesis that a rating rests on: its result when the rating was made, what the rule proposed, what was decided.

    Proposal and decision both stay. `numbers` are text, as the synthesis gave them then. Without `steps` the scale had
    no published rule then; with steps and nothing proposed the rule gave no level.
    """

    rating = models.OneToOneField(Rating, on_delete=models.CASCADE, related_name="basis")
    synthesis = models.ForeignKey(Synthesis, on_delete=models.PROTECT, related_name="bases")
    version = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The public version of the synthesis with these numbers; empty: a draft.")
    )
    numbers = models.JSONField(default=dict)
    proposed = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proposed_value = NumberField(blank=True, help_text=_("The number that goes with the proposed level."))
    proposed_low = NumberField(blank=True)
    proposed_high = NumberField(blank=True)
    rule = models.JSONField(default=dict, help_text=_("The published row that gave the level, as it was then."))
    steps = models.JSONField(default=list, help_text=_("Each reason of the proposal: what, number, what it did."))
    chosen = models.ForeignKey(
        RatingLevel,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text=_("The level that the editor decided on."),
    )
    override_reason = models.TextField(blank=True, help_text=_("Why the level is not the proposed one."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = _("rating bases")
        constraints = [
            number_check("proposed_value", name="proposed_value_is_a_number"),
            number_check("proposed_low", name="proposed_low_is_a_number"),
            number_check("proposed_high", name="proposed_high_is_a_number"),
        ]

    def __str__(self):
        return f"{self.rating}: {self.synthesis}"


class FamilyDifferenceQuerySet(models.QuerySet):
    """Differences by whether they concern the family as it is now, and whether both centres agreed to them."""

    def standing(self):
        """Those of which both interventions are members of the family still."""
        return self.filter(first__family_membership__family=F("family"), second__family_membership__family=F("family"))

    def agreed(self):
        """Those to which both centres' editors agreed as they stand."""
        return self.filter(first_agreed_at__isnull=False, second_agreed_at__isnull=False)


class FamilyDifference(models.Model):
    """Why two members of a family are rated differently: published once the editors of both centres agree."""

    SIDES = ("first", "second")

    class Cause(models.TextChoices):
        INCLUSION = "inclusion rule", _("Which studies count")
        VERSION = "version", _("Version of the programme")
        OUTCOME = "outcome", _("Outcome")
        STANDARD = "standard", _("Standard of evidence")
        PEOPLE = "people", _("People or places")
        UNKNOWN = "not known", _("Nobody knows why")

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="differences")
    first = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause)
    text = models.TextField(help_text=_("What differs, in words for the public."))
    first_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    first_agreed_at = models.DateTimeField(null=True, blank=True)
    second_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    second_agreed_at = models.DateTimeField(null=True, blank=True)

    objects = FamilyDifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "first", "second", "cause"], name="difference_once_a_cause"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="difference_names_lower_first"),
            models.CheckConstraint(condition=~Q(text=""), name="difference_says_something"),
            models.CheckConstraint(
                condition=Q(first_agreed_by__isnull=True, first_agreed_at__isnull=True)
                | Q(first_agreed_by__isnull=False, first_agreed_at__isnull=False),
                name="first_agreement_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(second_agreed_by__isnull=True, second_agreed_at__isnull=True)
                | Q(second_agreed_by__isnull=False, second_agreed_at__isnull=False),
                name="second_agreement_says_who_and_when",
            ),
            # One person holding roles in both centres is not two.
            models.CheckConstraint(
                condition=Q(first_agreed_by__isnull=True)
                | Q(second_agreed_by__isnull=True)
                | ~Q(first_agreed_by=F("second_agreed_by")),
                name="difference_agreed_by_two_people",
            ),
        ]

    def __str__(self):
        return f"{self.get_cause_display()}: {self.first_id}, {self.second_id}"

    @property
    def agreed(self):
        """Whether both centres' editors agreed to it as it stands."""
        return self.first_agreed_at is not None and self.second_agreed_at is not None

    @property
    def agreed_at(self):
        """When the later of the two centres agreed; None while one of them has not."""
        return max(self.first_agreed_at, self.second_agreed_at) if self.agreed else None

    @property
    def wording(self):
        """What one agrees to, in short (hex): another cause or another text has another."""
        return hashlib.sha256(f"{self.cause}\n{self.text}".encode()).hexdigest()[:16]
