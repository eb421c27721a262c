"""Costs are audited as every working row is (0005)."""

from importlib import import_module

from django.db import migrations

audit = import_module("toolkits.migrations.0005_audit")


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0014_publication_steps"), ("evidence", "0006_costs")]

    operations = [
        migrations.RunSQL(
            audit.audit_trigger("evidence_cost", "id", "intervention_id"), "DROP TRIGGER audit ON evidence_cost;"
        )
    ]
