"""The audit trail: every change of a working row enters itself, and no entry can be changed."""

from django.db import migrations

AUDITED = (
    *(f"centres_{name}" for name in ("centre", "membership", "succession", "award", "networkfact")),
    *(f"centres_{name}" for name in ("person", "role", "invitation")),
    *(f"evidence_{name}" for name in ("outcome", "setting", "ageband", "ratingscheme", "ratinglevel")),
    *(f"evidence_{name}" for name in ("intervention", "rating", "family", "familymember", "report")),
    *(f"evidence_intervention_{name}" for name in ("outcomes", "settings", "age_bands", "unrated_outcomes")),
    *(f"toolkits_{name}" for name in ("toolkit", "toolkitaxis", "toolkitentry", "sharedlist")),
    *(f"toolkits_{name}" for name in ("synonymgroup", "assessed", "changeset", "revision", "decision", "comment")),
    *(f"toolkits_{name}" for name in ("appointment", "flag", "publicationevent", "job")),
)
APPEND_ONLY = ("centres_auditentry", "toolkits_comment", "toolkits_publishedcorrection")

# Secrets, and what is too long to keep twice: revisions and their payloads are append-only themselves.
FUNCTION = """
CREATE FUNCTION enter_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden text[] := ARRAY['password', 'last_login', 'digest', 'payload', 'file', 'report', 'done', 'updated_at'];
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) - hidden END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) - hidden END;
    present jsonb := coalesce(new_row, old_row);
    done text := CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END;
    about bigint := coalesce(present->>'record_id', present->>'record', present->>'intervention_id',
                             present->>'toolkit_id', present->>'scheme_id', present->>'family_id')::bigint;
    owner bigint := CASE WHEN TG_TABLE_NAME = 'centres_centre' THEN (present->>'record_id')::bigint
                         ELSE (present->>'centre_id')::bigint END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, old_row->key), jsonb_object_agg(key, value) INTO old_row, new_row
            FROM jsonb_each(new_row) WHERE value IS DISTINCT FROM old_row->key;
        IF new_row IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    IF present ? 'revision_id' AND present->>'revision_id' IS NOT NULL THEN
        SELECT record_id, centre_id INTO about, owner FROM toolkits_revision WHERE id = (present->>'revision_id')::bigint;
    ELSIF present->>'change_set_id' IS NOT NULL AND owner IS NULL THEN
        SELECT centre_id INTO owner FROM toolkits_changeset WHERE id = (present->>'change_set_id')::bigint;
    END IF;
    IF owner IS NULL AND present ? 'intervention_id' THEN
        SELECT centre_id INTO owner FROM evidence_intervention WHERE record_id = (present->>'intervention_id')::bigint;
    ELSIF owner IS NULL AND present ? 'scheme_id' THEN
        SELECT centre_id INTO owner FROM evidence_ratingscheme WHERE record_id = (present->>'scheme_id')::bigint;
    ELSIF owner IS NULL AND present ? 'toolkit_id' THEN
        SELECT centre_id INTO owner FROM toolkits_toolkit WHERE record_id = (present->>'toolkit_id')::bigint;
    ELSIF owner IS NULL AND present ? 'predecessor_id' THEN
        owner := (present->>'predecessor_id')::bigint;
    ELSIF owner IS NULL AND TG_TABLE_NAME = 'toolkits_publicationevent' THEN
        done := present->>'verb';
        SELECT record_id INTO owner FROM centres_centre WHERE slug = present->>'centre';
    ELSIF owner IS NULL AND about IS NOT NULL THEN
        SELECT centre_id INTO owner FROM toolkits_revision WHERE record_id = about ORDER BY number DESC LIMIT 1;
    END IF;
    INSERT INTO centres_auditentry (at, person_id, action, kind, key, record, centre_id, before, after, note, transaction)
    VALUES (clock_timestamp(), nullif(current_setting('whatworks.person', true), '')::bigint, done, TG_TABLE_NAME,
            coalesce(present->>'id', present->>'record_id', present->>'slug', present->>'key', ''),
            about, owner, old_row, new_row, '', txid_current());
    RETURN NULL;
END $$;
"""


def triggers():
    """A load of thousands enters itself as a whole (`centres.audit.in_summary`)."""
    entering = [
        f"CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
        "WHEN (current_setting('whatworks.audit', true) IS DISTINCT FROM 'summary') EXECUTE FUNCTION enter_change();"
        for table in AUDITED
    ]
    refusing = [
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        for table in APPEND_ONLY
    ]
    return "\n".join(entering + refusing)


REVERSE = "DROP FUNCTION enter_change() CASCADE;" + "".join(
    f"DROP TRIGGER append_only ON {table};" for table in APPEND_ONLY
)


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0004_review"),
        ("centres", "0002_roles_and_audit"),
        ("evidence", "0002_versions_and_sources"),
    ]

    operations = [migrations.RunSQL(FUNCTION + triggers(), REVERSE)]
