"""Everything the public side reads: named functions over the published tables, each one query.

Nothing here writes, and nothing touches a working table, a revision or the private column of an event.
"""

from toolkits.published.corrections import Correction, PageCorrection, corrections, corrections_by_centre
from toolkits.published.events import Event, events
from toolkits.published.pages import (
    IndexRow,
    Page,
    State,
    addresses,
    anything_published,
    around_centre,
    around_intervention,
    citing,
    index_rows,
    live_pages,
    moved_to,
    numbers,
    page_at,
    page_of_record,
    pages_about_others,
    pages_of_kind,
    path_of_record,
    publication_number,
    study_merged_into,
    syntheses_of_intervention,
    syntheses_of_study,
    vocabularies,
)
from toolkits.published.versions import Version, shared_list, version, versions, whole_versions

__all__ = [
    "Correction",
    "Event",
    "IndexRow",
    "Page",
    "PageCorrection",
    "State",
    "Version",
    "addresses",
    "anything_published",
    "around_centre",
    "around_intervention",
    "citing",
    "corrections",
    "corrections_by_centre",
    "events",
    "index_rows",
    "live_pages",
    "moved_to",
    "numbers",
    "page_at",
    "page_of_record",
    "pages_about_others",
    "pages_of_kind",
    "path_of_record",
    "publication_number",
    "shared_list",
    "syntheses_of_intervention",
    "study_merged_into",
    "syntheses_of_study",
    "version",
    "versions",
    "vocabularies",
    "whole_versions",
]
