"""Every table of the open data, in the order in which they are shown."""

from toolkits.public.open_data.tables.interventions import (
    COSTS,
    FAMILIES,
    FAMILY_DIFFERENCES,
    FAMILY_MEMBERS,
    INTERVENTION_TERMS,
    INTERVENTIONS,
    NOT_RATED,
    RATINGS,
)
from toolkits.public.open_data.tables.network import (
    AWARDS,
    CENTRES,
    CHANGES,
    LEVELS,
    MEMBERSHIPS,
    REPORTS,
    SCHEMES,
    TERMS,
    TOOLKITS,
)
from toolkits.public.open_data.tables.syntheses import (
    APPRAISALS,
    STUDIES,
    STUDY_RESULTS,
    SYNTHESES,
    SYNTHESIS_INTERVENTIONS,
)

TABLES = (
    *(INTERVENTIONS, RATINGS, NOT_RATED, COSTS, INTERVENTION_TERMS, FAMILIES, FAMILY_MEMBERS, FAMILY_DIFFERENCES),
    *(TOOLKITS, SCHEMES, LEVELS, REPORTS, CENTRES, MEMBERSHIPS, AWARDS),
    *(SYNTHESES, SYNTHESIS_INTERVENTIONS, STUDIES, STUDY_RESULTS, APPRAISALS, TERMS, CHANGES),
)
BY_NAME = {table.name: table for table in TABLES}
