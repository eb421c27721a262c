"""What was public cannot be deleted, not even by raw SQL: it is withdrawn, removed or merged, and its number stays taken."""

from django.db import migrations

WORKING = (
    "centres_centre",
    *(f"evidence_{name}" for name in ("intervention", "family", "ratingscheme", "report")),
    *(f"toolkits_{name}" for name in ("toolkit", "sharedlist")),
)
PUBLISHED = ("toolkits_publishedpage", "toolkits_publishedvocabulary")

FUNCTION = """
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone jsonb := to_jsonb(OLD);
    about bigint := coalesce(gone->>'record_id', gone->>'record', gone->>'number')::bigint;
BEGIN
    IF EXISTS (SELECT FROM toolkits_publishedversion WHERE record = about) THEN
        RAISE EXCEPTION 'record % was public and cannot be deleted: withdraw or remove its page', about
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""


def triggers():
    return "\n".join(
        f"CREATE TRIGGER was_public BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_deletion();"
        for table in (*WORKING, *PUBLISHED, "centres_recordnumber")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0007_audit_of_second_factors"),
        ("centres", "0003_sign_in"),
        ("evidence", "0002_versions_and_sources"),
    ]

    operations = [migrations.RunSQL(FUNCTION + triggers(), "DROP FUNCTION refuse_deletion() CASCADE;")]
