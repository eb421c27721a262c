"""The declared shape of a network folder: every file, every column, and where working rows keep it.

Limits of length come from the models, so that a folder can hold what the database can and no more.
The order of the tables is the order of the package; the order of the columns is that of the files.
"""

from toolkits.networks.tables.base import Table
from toolkits.networks.tables.centres import CENTRES, FUNDING, MEMBERSHIPS, NETWORK, SUCCESSIONS
from toolkits.networks.tables.scales import AGE_BANDS, OUTCOMES, RATING_LEVELS, RATING_SCHEMES, SETTINGS
from toolkits.networks.tables.studies import APPRAISALS, RATING_RULES, STUDY_RESULTS, SYNTHESES
from toolkits.networks.tables.toolkits import COSTS, FAMILIES, INTERVENTIONS, RATINGS, REPORTS, TOOLKIT_AXES, TOOLKITS
from toolkits.networks.tables.words import ASSESSED, SYNONYMS

TABLES = (
    NETWORK,
    CENTRES,
    MEMBERSHIPS,
    SUCCESSIONS,
    FUNDING,
    OUTCOMES,
    SETTINGS,
    AGE_BANDS,
    RATING_SCHEMES,
    RATING_LEVELS,
    RATING_RULES,
    TOOLKITS,
    TOOLKIT_AXES,
    INTERVENTIONS,
    RATINGS,
    COSTS,
    SYNTHESES,
    STUDY_RESULTS,
    APPRAISALS,
    FAMILIES,
    REPORTS,
    SYNONYMS,
    ASSESSED,
)
TABLE = {table.name: table for table in TABLES}

# Keys of several columns that lead into another file: (table, columns, to table, its columns).
LINKS = (
    ("ratings", ("toolkit", "intervention"), "interventions", ("toolkit", "slug")),
    ("ratings", ("scheme", "level"), "rating_levels", ("scheme", "level")),
    ("costs", ("toolkit", "intervention"), "interventions", ("toolkit", "slug")),
    ("rating_rules", ("scheme", "level"), "rating_levels", ("scheme", "level")),
    ("families", ("toolkit", "intervention"), "interventions", ("toolkit", "slug")),
)

# What is published, in the order in which it goes out, with what a reader of the output calls it.
KINDS = {
    "vocabulary": "shared lists",
    "centre": "centres",
    "method": "rating schemes",
    "toolkit": "toolkits",
    "intervention": "interventions",
    "synthesis": "syntheses",
    "family": "families",
    "report": "reports",
}

__all__ = ["KINDS", "LINKS", "TABLE", "TABLES", "Table"]
