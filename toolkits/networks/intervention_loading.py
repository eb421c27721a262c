"""The terms and costs of interventions from the entries of a plan into working rows."""

from evidence.models import Cost, Intervention
from toolkits.networks.tables import TABLE


def write_terms(entries, name):
    """Give interventions their terms of one vocabulary, in the column `name`."""
    field = Intervention._meta.get_field(name)
    through, to = field.remote_field.through, f"{field.m2m_reverse_field_name()}_id"
    through.objects.filter(intervention__in=[entry.number for entry in entries]).delete()
    through.objects.bulk_create(
        through(intervention_id=entry.number, **{to: slug})
        for entry in entries
        for slug in entry.theirs.row("interventions").values[name]
    )


def write_costs(entries):
    """Give interventions the costs of their rows in place of those they have."""
    Cost.objects.filter(intervention__in=[entry.number for entry in entries]).delete()
    Cost.objects.bulk_create(
        Cost(intervention_id=entry.number, position=row.number, **TABLE["costs"].plain(row))
        for entry in entries
        for row in entry.theirs.rows.get("costs", [])
    )
