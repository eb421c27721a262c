"""Search in Welsh: what a centre says in Welsh is indexed without stems, beside the English with its stems."""

import django.contrib.postgres.indexes
from django.db import migrations, models

TITLES = """
CREATE INDEX published_page_title_cy_words ON toolkits_publishedpage
    USING gin (to_tsvector('whatworks_plain'::regconfig, search_title_cy));
"""
NO_TITLES = "DROP INDEX published_page_title_cy_words"

# As in 0003_search, with the Welsh in the vector and among the words.
KEEPING = """
CREATE OR REPLACE FUNCTION keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fresh_words text[];
BEGIN
    DELETE FROM toolkits_searchedpage AS searched USING fresh
        WHERE searched.record = fresh.record AND fresh.state NOT IN ('live', 'withdrawn');
    INSERT INTO toolkits_searchedpage (record, kind, state, search)
        SELECT record, kind, state,
            setweight(to_tsvector('whatworks', search_title), 'A') || setweight(to_tsvector('whatworks', search_key), 'B')
            || setweight(to_tsvector('whatworks', search_names), 'C') || to_tsvector('whatworks', search_body)
            || setweight(to_tsvector('whatworks_plain', search_title_cy), 'A')
            || setweight(to_tsvector('whatworks_plain', search_texts_cy), 'B')
        FROM fresh WHERE state IN ('live', 'withdrawn')
        ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, state = excluded.state, search = excluded.search;
    SELECT array_agg(word) INTO fresh_words FROM (
        SELECT DISTINCT lower(word) AS word
        FROM fresh, unnest(string_to_array(
            concat_ws(' ', search_title, search_key, search_names, search_title_cy, search_texts_cy), ' '
        )) AS word
        WHERE word ~ '^[[:alpha:]]{4,30}$'
    ) AS said
    WHERE NOT EXISTS (SELECT FROM toolkits_publishedword AS known WHERE known.word = said.word);
    IF fresh_words IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(7410002);
        INSERT INTO toolkits_publishedword (word) SELECT unnest(fresh_words) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""
WITHOUT_WELSH = """
CREATE OR REPLACE FUNCTION keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fresh_words text[];
BEGIN
    DELETE FROM toolkits_searchedpage AS searched USING fresh
        WHERE searched.record = fresh.record AND fresh.state NOT IN ('live', 'withdrawn');
    INSERT INTO toolkits_searchedpage (record, kind, state, search)
        SELECT record, kind, state,
            setweight(to_tsvector('whatworks', search_title), 'A') || setweight(to_tsvector('whatworks', search_key), 'B')
            || setweight(to_tsvector('whatworks', search_names), 'C') || to_tsvector('whatworks', search_body)
        FROM fresh WHERE state IN ('live', 'withdrawn')
        ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, state = excluded.state, search = excluded.search;
    SELECT array_agg(word) INTO fresh_words FROM (
        SELECT DISTINCT lower(word) AS word
        FROM fresh, unnest(string_to_array(concat_ws(' ', search_title, search_key, search_names), ' ')) AS word
        WHERE word ~ '^[[:alpha:]]{4,30}$'
    ) AS said
    WHERE NOT EXISTS (SELECT FROM toolkits_publishedword AS known WHERE known.word = said.word);
    IF fresh_words IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(7410002);
        INSERT INTO toolkits_publishedword (word) SELECT unnest(fresh_words) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""


def fill(apps, schema_editor):
    """Give pages that say something in Welsh the words of it; their English columns lose them."""
    from toolkits import columns, payloads

    pages = apps.get_model("toolkits", "PublishedPage").objects
    speaking = pages.filter(models.Q(payload__has_key="welsh") | models.Q(kind="method"))
    for page in speaking.values("record", "kind", "schema", "payload").iterator(chunk_size=500):
        document = payloads.load(page["kind"], page["schema"], page["payload"])
        pages.filter(record=page["record"]).update(**columns.search_texts(page["kind"], document))


class Migration(migrations.Migration):
    dependencies = [
        ("toolkits", "0015_audit_of_costs"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedpage",
            name="search_title_cy",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="search_texts_cy",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="publishedpage",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_title_cy"], name="published_page_title_cy_trgm", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(TITLES, NO_TITLES),
        migrations.RunSQL(KEEPING, WITHOUT_WELSH),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
