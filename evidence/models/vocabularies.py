"""The network's controlled vocabularies: outcomes, settings, age bands."""

from django.db import models
from django.db.models import F, Q


class Term(models.Model):
    """A word of a vocabulary, in the order the network gives it."""

    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100, unique=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self):
        return self.name


class Outcome(Term):
    """What an intervention is meant to change."""


class Setting(Term):
    """Where an intervention happens."""


class AgeBand(Term):
    """Whom an intervention is for, by age in whole years, both ends included."""

    from_age = models.PositiveSmallIntegerField()
    to_age = models.PositiveSmallIntegerField()

    class Meta(Term.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(to_age__gte=F("from_age")), name="age_band_ends_after_it_starts")
        ]
