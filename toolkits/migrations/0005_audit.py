"""The audit trail: every change of a working row enters itself, and no entry can be changed."""

from django.db import migrations

# Each audited table with its key, and the column that has the permanent number of the record a row belongs to.
RECORDS = dict.fromkeys(
    (
        "centres_centre",
        "evidence_intervention",
        "evidence_ratingscheme",
        "evidence_family",
        "evidence_report",
        "toolkits_toolkit",
        "toolkits_sharedlist",
    ),
    ("record_id", "record_id"),
)
PARTS_OF_RECORDS = {
    "centres_recordnumber": ("number", "number"),
    "centres_award": ("id", "centre_id"),
    "evidence_ratinglevel": ("id", "scheme_id"),
    "evidence_familymember": ("id", "family_id"),
    "evidence_rating": ("id", "intervention_id"),
    "evidence_intervention_outcomes": ("id", "intervention_id"),
    "evidence_intervention_settings": ("id", "intervention_id"),
    "evidence_intervention_age_bands": ("id", "intervention_id"),
    "evidence_intervention_unrated_outcomes": ("id", "intervention_id"),
    "toolkits_toolkitaxis": ("id", "toolkit_id"),
    "toolkits_toolkitentry": ("id", "intervention_id"),
    "toolkits_revision": ("id", "record_id"),
    "toolkits_flag": ("id", "record_id"),
    "toolkits_publicationevent": ("id", "record"),
    "toolkits_publishedpage": ("record", "record"),
    "toolkits_publishedvocabulary": ("record", "record"),
    "toolkits_redirect": ("path", "record"),
}
# Rows without a record of their own: with their key, and the shared list they are published in.
ROWS_OF_LISTS = {
    "centres_membership": ("id", "network"),
    "centres_succession": ("id", "network"),
    "centres_networkfact": ("key", "network"),
    "evidence_outcome": ("slug", "outcomes"),
    "evidence_setting": ("slug", "settings"),
    "evidence_ageband": ("slug", "age-bands"),
    "toolkits_synonymgroup": ("id", "synonyms"),
    "toolkits_assessed": ("id", "assessed"),
}
# Without a record, or with that of their revision.
OTHERS = (
    *(f"centres_{name}" for name in ("person", "role", "invitation")),
    *(f"toolkits_{name}" for name in ("changeset", "decision", "comment", "appointment", "job")),
)
APPEND_ONLY = ("centres_auditentry", "toolkits_comment", "toolkits_publishedcorrection")

# A record number in use has its entry already, in that of the row which took it.
ONLY_WHEN_CHANGED = ("centres_recordnumber",)

FUNCTIONS = """
CREATE FUNCTION centre_of_record(number bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT record_id FROM centres_centre WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_intervention WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_ratingscheme WHERE record_id = number
    UNION ALL SELECT centre_id FROM evidence_report WHERE record_id = number
    UNION ALL SELECT centre_id FROM toolkits_toolkit WHERE record_id = number
$$;

CREATE FUNCTION enter_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What moves by itself, or follows from something else that is entered.
    unseen CONSTANT text[] := ARRAY['last_login', 'last_used_at', 'updated_at', 'draft_changed_at', 'done',
        'search_title', 'search_key', 'search_names', 'search_body', 'sort_name', 'sort_impact', 'sort_strength',
        'sort_cost'];
    -- Secrets, and what is too long to keep twice: that it changed is entered, and not into what.
    unshown CONSTANT text[] := ARRAY['password', 'digest', 'payload', 'file', 'report', 'data', 'corrections'];
    empty CONSTANT jsonb[] := ARRAY['null', '""', '[]', '{}']::jsonb[];
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) - unseen END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) - unseen END;
    present jsonb := CASE WHEN TG_OP = 'DELETE' THEN old_row ELSE new_row END;
    key_column text := TG_ARGV[0];
    record_column text := TG_ARGV[1];
    shared_list text := TG_ARGV[2];
    before jsonb;
    after jsonb;
    done text;
    about bigint;
    owner bigint;
BEGIN
    SELECT jsonb_object_agg(key, CASE WHEN key = ANY (unshown) THEN '"…"' ELSE value END) INTO before
        FROM jsonb_each(old_row) WHERE CASE TG_OP WHEN 'UPDATE' THEN value IS DISTINCT FROM new_row->key
                                                  ELSE value <> ALL (empty) END;
    SELECT jsonb_object_agg(key, CASE WHEN key = ANY (unshown) THEN '"…"' ELSE value END) INTO after
        FROM jsonb_each(new_row) WHERE CASE TG_OP WHEN 'UPDATE' THEN value IS DISTINCT FROM old_row->key
                                                  ELSE value <> ALL (empty) END;
    IF before IS NULL AND after IS NULL THEN
        RETURN NULL;
    END IF;

    done := CASE TG_TABLE_NAME
        WHEN 'toolkits_publicationevent' THEN present->>'verb'
        WHEN 'toolkits_decision' THEN 'decided'
        WHEN 'toolkits_comment' THEN 'commented'
        WHEN 'toolkits_flag' THEN CASE WHEN TG_OP = 'INSERT' THEN 'flagged' WHEN after ? 'settled_at' THEN 'settled' END
        WHEN 'toolkits_appointment' THEN CASE after->>'state' WHEN 'waiting' THEN 'scheduled' ELSE after->>'state' END
        WHEN 'centres_role' THEN CASE WHEN TG_OP = 'INSERT' THEN 'role given' WHEN after->>'ended' <> '' THEN 'role ended' END
        WHEN 'centres_person' THEN CASE WHEN TG_OP = 'UPDATE' AND after ? 'password' THEN 'password changed' END
        WHEN 'centres_invitation' THEN CASE
            WHEN TG_OP = 'INSERT' THEN 'invited'
            WHEN after->>'accepted_at' <> '' THEN 'invitation accepted'
            WHEN after->>'withdrawn_at' <> '' THEN 'invitation withdrawn' END
    END;
    done := coalesce(done, CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END);

    IF record_column <> '' THEN
        about := (present->>record_column)::bigint;
    ELSIF shared_list <> '' THEN
        SELECT record_id INTO about FROM toolkits_sharedlist WHERE slug = shared_list;
    ELSIF present ? 'revision_id' THEN
        SELECT record_id INTO about FROM toolkits_revision WHERE id = (present->>'revision_id')::bigint;
    END IF;

    IF present ? 'centre_id' THEN
        owner := (present->>'centre_id')::bigint;
    ELSIF present ? 'predecessor_id' THEN
        owner := (present->>'predecessor_id')::bigint;
    ELSIF present->>'revision_id' IS NOT NULL THEN
        SELECT centre_id INTO owner FROM toolkits_revision WHERE id = (present->>'revision_id')::bigint;
    ELSIF present->>'change_set_id' IS NOT NULL THEN
        SELECT centre_id INTO owner FROM toolkits_changeset WHERE id = (present->>'change_set_id')::bigint;
    ELSIF present ? 'centre' THEN
        SELECT record_id INTO owner FROM centres_centre WHERE slug = present->>'centre';
    ELSIF record_column <> '' THEN
        owner := centre_of_record(about);
    END IF;

    INSERT INTO centres_auditentry (at, person_id, action, kind, key, record, centre_id, before, after, note, transaction)
    VALUES (clock_timestamp(), nullif(current_setting('whatworks.person', true), '')::bigint, done, TG_TABLE_NAME,
            left(present->>key_column, 100), about, owner, before, after, '', txid_current());
    RETURN NULL;
END $$;
"""


def audit_trigger(table, key, record="", shared_list=""):
    """A load of thousands enters itself as a whole (`centres.audit.in_summary`)."""
    events = "UPDATE OR DELETE" if table in ONLY_WHEN_CHANGED else "INSERT OR UPDATE OR DELETE"
    return (
        f"CREATE TRIGGER audit AFTER {events} ON {table} FOR EACH ROW "
        "WHEN (current_setting('whatworks.audit', true) IS DISTINCT FROM 'summary') "
        f"EXECUTE FUNCTION enter_change('{key}', '{record}', '{shared_list}');"
    )


def triggers():
    entering = [
        *(audit_trigger(table, key, record) for table, (key, record) in (RECORDS | PARTS_OF_RECORDS).items()),
        *(audit_trigger(table, key, shared_list=name) for table, (key, name) in ROWS_OF_LISTS.items()),
        *(audit_trigger(table, "id") for table in OTHERS),
    ]
    refusing = [
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        for table in APPEND_ONLY
    ]
    return "\n".join(entering + refusing)


REVERSE = "DROP FUNCTION enter_change() CASCADE; DROP FUNCTION centre_of_record(bigint);" + "".join(
    f"DROP TRIGGER append_only ON {table};" for table in APPEND_ONLY
)


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0004_review"),
        ("centres", "0002_roles_and_audit"),
        ("evidence", "0002_versions_and_sources"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS + triggers(), REVERSE)]
