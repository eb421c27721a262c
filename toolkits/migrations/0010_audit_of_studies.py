"""Studies, syntheses and what hangs on them are audited as every working row is (0005), and kept as what was public is (0008)."""

from importlib import import_module

from django.db import migrations

audit = import_module("toolkits.migrations.0005_audit")

# Each table with its key, and the column that has the record a row belongs to.
TABLES = {
    "evidence_study": ("record_id", "record_id"),
    "evidence_estimate": ("id", "study_id"),
    "evidence_appraisal": ("id", ""),
    "evidence_synthesis": ("record_id", "record_id"),
    "evidence_synthesis_interventions": ("id", "synthesis_id"),
    "evidence_inclusion": ("id", "synthesis_id"),
    "evidence_ratingrule": ("id", "scheme_id"),
    "evidence_ratingbasis": ("id", ""),
    "evidence_familydifference": ("id", "family_id"),
}

OWNERS = """
CREATE OR REPLACE FUNCTION centre_of_record(number bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT record_id FROM centres_centre WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_intervention WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_ratingscheme WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_report WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_study WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_synthesis WHERE record_id = number
    UNION ALL SELECT centre_id FROM toolkits_toolkit WHERE record_id = number
$$;
"""
BEFORE = "    IF present ? 'centre_id' THEN\n"
THROUGH_OTHERS = """
    IF present ? 'estimate_id' AND TG_TABLE_NAME = 'evidence_appraisal' THEN
        SELECT study_id, centre_id INTO about, owner FROM evidence_estimate
            WHERE id = (present->>'estimate_id')::bigint;
    ELSIF present ? 'rating_id' THEN
        SELECT i.record_id, i.centre_id INTO about, owner
            FROM evidence_rating r JOIN evidence_intervention i ON i.record_id = r.intervention_id
            WHERE r.id = (present->>'rating_id')::bigint;
    ELSIF present ? 'centre_id' THEN
"""
ENTERING = audit.FUNCTIONS[audit.FUNCTIONS.index("CREATE FUNCTION enter_change") :]


def enter_change(*, through_others):
    """The function that enters a change, with or without finding the owner of a row through the row it hangs on."""
    function = ENTERING.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    assert function.count(BEFORE) == 1
    return function.replace(BEFORE, THROUGH_OTHERS) if through_others else function


def triggers():
    entering = [audit.audit_trigger(table, key, record) for table, (key, record) in TABLES.items()]
    keeping = (
        "CREATE TRIGGER was_public BEFORE DELETE ON evidence_synthesis FOR EACH ROW EXECUTE FUNCTION refuse_deletion();"
    )
    return "\n".join([*entering, keeping])


REVERSE = (
    "DROP TRIGGER was_public ON evidence_synthesis;"
    + "".join(f"DROP TRIGGER audit ON {table};" for table in TABLES)
    + enter_change(through_others=False)
    + audit.FUNCTIONS[: audit.FUNCTIONS.index("CREATE FUNCTION enter_change")].replace(
        "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
    )
)


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0009_studies"), ("evidence", "0003_studies")]

    operations = [migrations.RunSQL(OWNERS + enter_change(through_others=True) + triggers(), REVERSE)]
