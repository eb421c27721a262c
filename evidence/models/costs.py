"""What an intervention costs, as somebody published it: each figure with its unit, prices, contents and source."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, NullIf
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from evidence.models.interventions import Intervention, NumberField

AMOUNT = r"^\d+(\.\d+)?$"
PRICE_YEAR = r"^\d{4}(-\d{2})?$"


def _amount(**more):
    wrong = _("Write pounds and pence as a number, such as 1500 or 12.50.")
    return NumberField(validators=[RegexValidator(AMOUNT, wrong)], **more)


class Cost(models.Model):
    """A figure of what an intervention costs, or a range of them, kept as published."""

    class Unit(models.TextChoices):
        PUPIL = "pupil", _("per pupil")
        PERSON = "person", _("per person")
        FAMILY = "family", _("per family")
        PLACE = "place", _("per place")
        GROUP = "group", _("per group")

    class Timing(models.TextChoices):
        ONCE = "once", _("once")
        YEARLY = "yearly", _("every year")

    class Confidence(models.TextChoices):
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    class Currency(models.TextChoices):
        GBP = "GBP", _("pounds sterling")

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="cost_figures")
    label = models.CharField(max_length=120, help_text=_("What is paid for, such as Delivery in the first year."))
    amount = _amount(help_text=_("As published, without the £; the lower end where it is a range."))
    amount_to = _amount(blank=True, help_text=_("The upper end of a range; empty for a single figure."))
    currency = models.CharField(max_length=3, choices=Currency, default=Currency.GBP)
    unit = models.CharField(max_length=10, choices=Unit)
    timing = models.CharField(max_length=10, choices=Timing)
    price_year = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(PRICE_YEAR, _("Write a financial year such as 2023-24, or a year such as 2023."))],
        help_text=_("In whose prices: a financial year such as 2023-24, or a calendar year such as 2023."),
    )
    includes = models.TextField(help_text=_("What is in the figure, and what is not."))
    paid_by = models.CharField(max_length=200, blank=True, help_text=_("Who pays: the school, the council, a grant."))
    source = models.TextField(help_text=_("Where the figure is published: an address, and words after it if need be."))
    confidence = models.CharField(max_length=10, choices=Confidence)
    confidence_reason = models.TextField(help_text=_("Why so sure, or so little: how the figure was arrived at."))
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "label"], name="cost_once"),
            models.CheckConstraint(condition=Q(amount__regex=AMOUNT), name="cost_amount_is_a_number"),
            models.CheckConstraint(
                condition=Q(amount_to="") | Q(amount_to__regex=AMOUNT), name="cost_amount_to_is_a_number"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    Cast(NullIf("amount_to", Value("")), models.FloatField()), Cast("amount", models.FloatField())
                ),
                name="cost_range_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(price_year="") | Q(price_year__regex=PRICE_YEAR), name="cost_price_year_is_a_year"
            ),
            models.CheckConstraint(condition=Q(currency__in=["GBP"]), name="cost_currency_is_known"),
            models.CheckConstraint(
                condition=Q(unit__in=["pupil", "person", "family", "place", "group"]), name="cost_unit_is_known"
            ),
            models.CheckConstraint(condition=Q(timing__in=["once", "yearly"]), name="cost_timing_is_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["high", "medium", "low"]), name="cost_confidence_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(includes="") & ~Q(source="") & ~Q(confidence_reason=""),
                name="cost_says_what_and_whence",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        both = all(re.fullmatch(AMOUNT, end) for end in (self.amount, self.amount_to))
        if both and float(self.amount_to) < float(self.amount):
            raise ValidationError({"amount_to": _("The range ends before it starts.")})
