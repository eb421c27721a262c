"""What is known: vocabularies, rating schemes, interventions with their ratings, studies and their syntheses, reports."""

from evidence.models.costs import Cost
from evidence.models.interventions import Family, FamilyMember, Intervention, Rating
from evidence.models.ledger import FamilyDifference, RatingBasis, RatingRule
from evidence.models.reports import Report
from evidence.models.schemes import RatingLevel, RatingScheme
from evidence.models.studies import Appraisal, Estimate, Study
from evidence.models.syntheses import Inclusion, Synthesis
from evidence.models.vocabularies import AgeBand, Outcome, Setting

__all__ = [
    "AgeBand",
    "Appraisal",
    "Cost",
    "Estimate",
    "Family",
    "FamilyDifference",
    "FamilyMember",
    "Inclusion",
    "Intervention",
    "Outcome",
    "Rating",
    "RatingBasis",
    "RatingLevel",
    "RatingRule",
    "RatingScheme",
    "Report",
    "Setting",
    "Study",
    "Synthesis",
]
