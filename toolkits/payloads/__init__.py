"""The documents that are published, as typed structures; no database, no Django.

`snapshots` builds them from working rows at the moment of submission; everything public reads them
back with `load`. A payload holds everything its page shows: text rendered to safe HTML, ratings with
their levels' words, names of centre and toolkit. Numbers are text, as published, because floats do
not survive the way through the database.

SCHEMA rises when a structure changes in a way that an old payload cannot be read by; `UPGRADES` then
holds a pure function from the old shape to the next. Stored versions are never rewritten.
"""

import msgspec

from toolkits.payloads.base import MAIN_AXES, Axis, CentreLink, Link, Part, Source, Term
from toolkits.payloads.bilingual import Welsh
from toolkits.payloads.documents import (
    Absence,
    Assessed,
    Award,
    Centre,
    Cost,
    Difference,
    Ending,
    Fact,
    Family,
    FamilyMember,
    Intervention,
    Level,
    MembershipSpell,
    Method,
    Rating,
    Report,
    Synonyms,
    Toolkit,
    ToolkitAxis,
    Vocabulary,
    VocabularyTerm,
)
from toolkits.payloads.ledger import Basis, Rule, Step
from toolkits.payloads.syntheses import (
    Appraisal,
    Bias,
    FilledStudy,
    Finding,
    Interval,
    PlainNumber,
    Pooled,
    StudyFacts,
    StudyRow,
    Subgroup,
    Subgroups,
    Synthesis,
    Without,
)
from toolkits.payloads.welsh import english_texts, in_welsh

SCHEMA = 1
UPGRADES = {}

__all__ = [
    "Absence",
    "Appraisal",
    "Assessed",
    "Award",
    "Axis",
    "Basis",
    "Bias",
    "Centre",
    "CentreLink",
    "Cost",
    "Difference",
    "Ending",
    "Fact",
    "Family",
    "FamilyMember",
    "FilledStudy",
    "Finding",
    "Interval",
    "Intervention",
    "Level",
    "Link",
    "MAIN_AXES",
    "MembershipSpell",
    "Method",
    "Part",
    "PlainNumber",
    "Pooled",
    "Rating",
    "Report",
    "Rule",
    "SCHEMA",
    "STRUCTURES",
    "Source",
    "Step",
    "StudyFacts",
    "StudyRow",
    "Subgroup",
    "Subgroups",
    "Synonyms",
    "Synthesis",
    "Term",
    "Toolkit",
    "ToolkitAxis",
    "UPGRADES",
    "Vocabulary",
    "VocabularyTerm",
    "Welsh",
    "Without",
    "dump",
    "english_texts",
    "in_welsh",
    "load",
    "read",
]

STRUCTURES = {
    "intervention": Intervention,
    "toolkit": Toolkit,
    "centre": Centre,
    "report": Report,
    "family": Family,
    "synthesis": Synthesis,
    "method": Method,
    "vocabulary": Vocabulary,
}


def dump(document):
    """The payload of `document` as JSON-ready values (dict, list, str, int, bool, None; never a float)."""
    return msgspec.to_builtins(document)


def load(kind, schema, payload):
    """The typed document of `kind` in `payload`, upgraded from `schema` to today's.

    Raises msgspec.ValidationError when a payload does not fit, which `verify` reports.
    """
    for step in range(schema, SCHEMA):
        payload = UPGRADES[step](kind, payload)
    return msgspec.convert(payload, STRUCTURES[kind])


def read(kind, schema, text):
    """What `load` gives of a payload as JSON text; one of today's schema is read in one step."""
    if schema == SCHEMA:
        return msgspec.json.decode(text, type=STRUCTURES[kind])
    return load(kind, schema, msgspec.json.decode(text))
