"""Synthesis of studies: pooled effect, spread, signs of bias, and what the answer hangs on.

Pure: numpy and scipy, no Django, no database. Every function takes effects and their variances, one a
study, on a scale on which they may be averaged (a log scale is turned back only for display), checks
them, and gives a defined answer or raises a `SynthesisError` that says what is wrong; never NaN.
tests/data/studies/ holds ten published meta-analyses with what R's metafor gives for them, to nine digits.
"""

from evidence.synthesis.bias import EGGER_FORMS, MISSING_ESTIMATORS, Egger, TrimAndFill, egger, trim_and_fill
from evidence.synthesis.errors import (
    DidNotConverge,
    EqualStandardErrors,
    NoStudies,
    NotFinite,
    NotTheSameLength,
    NoYears,
    OneGroup,
    OutOfRange,
    StudyRefused,
    SynthesisError,
    TooFewStudies,
    UnknownChoice,
    VarianceNotPositive,
    VariancesTooFarApart,
)
from evidence.synthesis.heterogeneity import Cochran, Profile, cochran, i2_h2, q_profile
from evidence.synthesis.models import METHODS, tau2
from evidence.synthesis.pooling import TESTS, Pooled, pool
from evidence.synthesis.prediction import CONVENTIONS, prediction_interval
from evidence.synthesis.sensitivity import by_year, cumulative, leave_one_out
from evidence.synthesis.studies import checked
from evidence.synthesis.subgroups import SubgroupTest, subgroup_test

__all__ = [
    "CONVENTIONS",
    "EGGER_FORMS",
    "METHODS",
    "MISSING_ESTIMATORS",
    "TESTS",
    "Cochran",
    "DidNotConverge",
    "Egger",
    "EqualStandardErrors",
    "NoStudies",
    "NoYears",
    "NotFinite",
    "NotTheSameLength",
    "OneGroup",
    "OutOfRange",
    "Pooled",
    "Profile",
    "StudyRefused",
    "SubgroupTest",
    "SynthesisError",
    "TooFewStudies",
    "TrimAndFill",
    "UnknownChoice",
    "VarianceNotPositive",
    "VariancesTooFarApart",
    "by_year",
    "checked",
    "cochran",
    "cumulative",
    "egger",
    "i2_h2",
    "leave_one_out",
    "pool",
    "prediction_interval",
    "q_profile",
    "subgroup_test",
    "tau2",
    "trim_and_fill",
]
