"""Search: its text configuration, what it looks in, and the words it knows.

The configuration is English stems without accents. `whatworks_plain` is the same without stems, for
words that are still being typed.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import centres.models

CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION whatworks (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION whatworks
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION whatworks_plain (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION whatworks_plain
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""
NO_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION whatworks;
DROP TEXT SEARCH CONFIGURATION whatworks_plain;
"""

TITLES = """
CREATE INDEX published_page_title_words ON toolkits_publishedpage
    USING gin (to_tsvector('whatworks_plain'::regconfig, search_title));
"""
NO_TITLES = "DROP INDEX published_page_title_words"

# Long values stand apart and as they are: the table itself stays small, and ranking need not unpack them.
APART = """
ALTER TABLE toolkits_searchedpage ALTER COLUMN search SET STORAGE EXTERNAL;
ALTER TABLE toolkits_searchedpage SET (toast_tuple_target = 128);
"""

# However a page is written, by COPY too, its row for the search and its words follow. The lock is taken only for
# words not seen before: without it a load, which publishes much in one transaction, and an editor who publishes
# one page could each wait for a word of the other.
KEEPING = """
CREATE FUNCTION keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER search_of_new_pages AFTER INSERT ON toolkits_publishedpage
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION keep_search();
CREATE TRIGGER search_of_changed_pages AFTER UPDATE ON toolkits_publishedpage
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION keep_search();
"""
NOT_KEEPING = "DROP FUNCTION keep_search() CASCADE"

# PostgreSQL does not count what it costs to read a long value that is stored apart, and would rather read every
# page's than use the index where many match: 90 ms instead of 3 for a word that 3,000 of 10,000 pages have.
MATCHING = """
CREATE FUNCTION matching_pages(wanted tsquery) RETURNS TABLE (kind varchar, records integer[])
    LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT kind, array_agg(record) FROM toolkits_searchedpage
    WHERE state = 'live' AND search @@ wanted GROUP BY kind
$$;
"""
NO_MATCHING = "DROP FUNCTION matching_pages(tsquery)"


def fill(apps, schema_editor):
    """Give pages that were published before there was a search what search looks in."""
    from toolkits import columns, payloads

    pages = apps.get_model("toolkits", "PublishedPage").objects
    for page in pages.values("record", "kind", "schema", "payload").iterator(chunk_size=500):
        document = payloads.load(page["kind"], page["schema"], page["payload"])
        pages.filter(record=page["record"]).update(**columns.search_texts(page["kind"], document))


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0001_initial"),
        ("toolkits", "0002_append_only"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.CreateModel(
            name="Assessed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("reason", models.TextField(help_text="Why it is not listed, in words for the public.")),
                (
                    "date",
                    centres.models.PartialDateField(
                        help_text="When that was decided: a year, a month or a day.", max_length=10
                    ),
                ),
                (
                    "source_url",
                    models.TextField(
                        help_text="Where this is said: an address, and words after it where there are some."
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "thing assessed and not listed",
                "verbose_name_plural": "assessed and not listed",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ["word"],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.CharField(
                        help_text="A word, a phrase or an abbreviation, such as NEET or school exclusion.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "equivalents",
                    models.TextField(
                        help_text="What else people call it, one a line: a search for any of these finds them all."
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "group of words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="search_body",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="search_key",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="search_names",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="publishedpage",
            name="search_title",
            field=models.TextField(default=""),
        ),
        migrations.AlterField(
            model_name="sharedlist",
            name="slug",
            field=models.SlugField(
                choices=[
                    ("outcomes", "Outcomes"),
                    ("settings", "Settings"),
                    ("age-bands", "Age bands"),
                    ("network", "The network and its members"),
                    ("synonyms", "Words that mean the same"),
                    ("assessed", "Assessed and not listed"),
                ],
                unique=True,
            ),
        ),
        migrations.AddIndex(
            model_name="publishedpage",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_title"], name="published_page_title_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddField(
            model_name="assessed",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                help_text="Who assessed it; empty: the network itself.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessed",
                to="centres.centre",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedword",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["word"], name="published_word_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="assessed",
            constraint=models.UniqueConstraint(fields=("name", "centre"), name="assessed_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="assessed",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="assessed_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date", ""),
                    ("date__regex", "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"),
                    _connector="OR",
                ),
                name="assessed_date_is_a_date",
            ),
        ),
        migrations.CreateModel(
            name="SearchedPage",
            fields=[
                ("record", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("intervention", "Intervention"),
                            ("toolkit", "Toolkit"),
                            ("centre", "Centre"),
                            ("report", "Report"),
                            ("family", "Family"),
                            ("method", "Rating scale"),
                            ("vocabulary", "Shared list"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("live", "Live"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed"),
                            ("merged", "Merged"),
                        ],
                        max_length=10,
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "ordering": ["record"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("state", "live")), fields=["search"], name="searched_live_pages"
                    ),
                    models.Index(
                        condition=models.Q(("state", "withdrawn")), fields=["record"], name="searched_withdrawn_pages"
                    ),
                ],
            },
        ),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.RunSQL(TITLES, NO_TITLES),
        migrations.RunSQL(KEEPING, NOT_KEEPING),
        migrations.RunSQL(MATCHING, NO_MATCHING),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
