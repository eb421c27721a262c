"""Rules the database keeps by itself: append-only tables, and decisions that tell the truth.

A trigger also holds for the shell, for a raw query and for code not yet written.
"""

from django.db import migrations

APPEND_ONLY = (
    "toolkits_revision",
    "toolkits_decision",
    "toolkits_publishedversion",
    "toolkits_publicationevent",
)

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.submitted_by_id IS DISTINCT FROM
        (SELECT submitted_by_id FROM toolkits_revision WHERE id = NEW.revision_id) THEN
        RAISE EXCEPTION 'a decision names the submitter of its revision, and nobody else'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.verdict = 'imported' AND NOT
        (SELECT is_loader FROM centres_person WHERE id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'only the loader''s own account may decide "imported"'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_is_honest BEFORE INSERT ON toolkits_decision
    FOR EACH ROW EXECUTE FUNCTION check_decision();
"""

REVERSE = """
DROP TRIGGER decision_is_honest ON toolkits_decision;
DROP FUNCTION check_decision();
DROP FUNCTION refuse_change() CASCADE;
"""


def triggers():
    return "\n".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        for table in APPEND_ONLY
    )


class Migration(migrations.Migration):
    dependencies = [("toolkits", "0001_initial"), ("centres", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS + triggers(), REVERSE),
        migrations.RunSQL(
            "INSERT INTO toolkits_publicationcounter (id, number) VALUES (1, 0)",
            "DELETE FROM toolkits_publicationcounter",
        ),
    ]
