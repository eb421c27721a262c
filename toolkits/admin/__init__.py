"""The admin of all three apps, so that evidence and centres need not import toolkits."""

from toolkits.admin import centres, evidence, interventions, people, publishing, toolkits

__all__ = ["centres", "evidence", "interventions", "people", "publishing", "toolkits"]
