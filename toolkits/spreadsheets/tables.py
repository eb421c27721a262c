"""The tables that editors import and export: the columns of a network folder, for the rows of one centre.

Every column may be left out, and what it would hold is then left as it is.
"""

import dataclasses

from evidence.models import Intervention
from toolkits.networks import tables
from toolkits.networks.cells import Whole


def _for_a_centre(table, *columns, leave_out, may_be_empty=()):
    """A table of network folders without what the chosen centre says already."""
    kept = (column for column in table.columns if column.name not in leave_out)
    return dataclasses.replace(
        table,
        columns=tuple(
            dataclasses.replace(column, optional=True, required=column.required and column.name not in may_be_empty)
            for column in (*columns, *kept)
        ),
        needs_rows=True,
    )


INTERVENTIONS = _for_a_centre(
    tables.TABLE["interventions"], leave_out=("centre_slug",), may_be_empty=("id", "toolkit", "slug")
)
RATINGS = _for_a_centre(
    tables.TABLE["ratings"],
    Whole(
        name="id",
        source="intervention.pk",
        minimum=Intervention.FIRST_NUMBER,
        about="The permanent record number of the intervention; or name it by toolkit and intervention.",
    ),
    leave_out=("axis",),
    may_be_empty=("toolkit", "intervention"),
)
REPORTS = _for_a_centre(tables.TABLE["reports"], leave_out=("centre_slug",), may_be_empty=("id", "slug"))

TABLES = {table.name: table for table in (INTERVENTIONS, RATINGS, REPORTS)}

# Columns that tell which row is meant; any one of these groups is enough.
NAMED_BY = {
    "interventions": (("id",), ("toolkit", "slug")),
    "ratings": (("id", "scheme"), ("toolkit", "intervention", "scheme")),
    "reports": (("id",), ("slug",)),
}
# Columns that only name a row: no import changes what they hold.
ONLY_NAMES = {"interventions": ("id",), "ratings": ("id", "toolkit", "intervention"), "reports": ("id",)}
# What a row that is not here yet has to say.
NEEDED = {
    "interventions": ("toolkit", "slug", "name", "summary", "source_url"),
    "ratings": ("scheme", "level"),
    "reports": ("slug", "title", "kind"),
}
