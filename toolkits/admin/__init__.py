"""The admin of all three apps, so that evidence and centres need not import toolkits."""

from toolkits.admin import (
    audit,
    centres,
    families,
    interventions,
    people,
    publishing,
    reports,
    schemes,
    shared_lists,
    studies,
    syntheses,
    toolkits,
)

__all__ = [
    "audit",
    "centres",
    "families",
    "interventions",
    "people",
    "publishing",
    "reports",
    "schemes",
    "shared_lists",
    "studies",
    "syntheses",
    "toolkits",
]
