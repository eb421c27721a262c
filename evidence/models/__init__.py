"""What is known: vocabularies, rating schemes, interventions with their ratings, and reports."""

from evidence.models.interventions import Family, FamilyMember, Intervention, Rating
from evidence.models.reports import Report
from evidence.models.schemes import RatingLevel, RatingScheme
from evidence.models.vocabularies import AgeBand, Outcome, Setting

__all__ = [
    "AgeBand",
    "Family",
    "FamilyMember",
    "Intervention",
    "Outcome",
    "Rating",
    "RatingLevel",
    "RatingScheme",
    "Report",
    "Setting",
]
