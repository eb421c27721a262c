"""Nothing public is read from a working row: overwrite every word of them, and no public byte may change."""

from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from tests.answers import ask
from toolkits.models import PublishedPage, PublishedVersion
from toolkits.public import index
from toolkits.public.open_data import keeping, making

MARKER = "LEAKED"
PUBLIC_TABLES = {
    "toolkits_publishedpage",
    "toolkits_publishedversion",
    "toolkits_publishedword",
    "toolkits_searchedpage",
    "toolkits_publishedvocabulary",
    "toolkits_publishedcorrection",
    "toolkits_publicationevent",
    "toolkits_publicationcounter",
    "toolkits_publicationstep",
    "toolkits_redirect",
}
FIXED = ["home", "interventions", "toolkits", "families", "centres", "reports", "methods", "about", "accessibility"]
FIXED += ["api", "api_description", "api_service", "api_changes", "api_interventions", "api_toolkits", "api_centres"]
FIXED += ["api_schemes", "api_families", "api_syntheses", "api_reports", "api_vocabularies"]
FIXED += ["corrections", "corrections_feed", "privacy", "feed", "sitemap", "robots", "search", "suggest", "catalogue"]
FIXED += ["data", "codebook"]
FIXED += ["shortlist", "comparison"]
SEARCHES = ["mentoring", "rough sleepers", "apprentiships", "nothing has thiswordatall", "help with maths cheaply"]


def working_models():
    """Every model of ours that the public may not read."""
    return [
        model
        for app in ("centres", "evidence", "toolkits")
        for model in apps.get_app_config(app).get_models()
        if model._meta.db_table not in PUBLIC_TABLES
    ]


def overwrite(model):
    """Write the marker into every text column of every row; return how many rows were changed."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.primary_key
    ]
    if not columns:
        return 0
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u')", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisunique "
            "AND NOT indisprimary",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        assignments = ", ".join(
            f"\"{column}\" = left('{MARKER}', coalesce((SELECT character_maximum_length FROM information_schema.columns "
            f"WHERE table_name = '{table}' AND column_name = '{column}'), 6))"
            for column in columns
        )
        cursor.execute(f"UPDATE {table} SET {assignments}")
        return cursor.rowcount


LISTS = ("toolkits", "families", "centres", "methods", "syntheses", "corrections")
COST_SHEET = "?people=100&groups=10&years=1&who=pupil"
COST_SHEET += "&uptake_low=40&uptake_likely=50&uptake_high=70&grade1=Tutor&hours1_likely=20&pay1_likely=15"


def addresses(*, every=1):
    """Public addresses: all fixed ones, and those of every so many records."""
    pages = list(PublishedPage.objects.order_by("record"))[::every]
    found = [reverse(f"public:{name}") for name in FIXED] + [page.path for page in pages]
    found += [f"{page.path}?format=csv" for page in pages if page.kind == "toolkit"]
    found += [reverse("public:interventions") + "?format=csv", reverse("public:reports") + "?format=csv"]
    found += [
        f"{page.path}?format={form}" for page in pages if page.kind == "synthesis" for form in ("pdf", "csv", "json")
    ]
    found += [reverse("public:data_file", args=[name]) for name in making.FILES]
    for words in SEARCHES:
        query = urlencode({"q": words})
        found += [f"{reverse(f'public:{name}')}?{query}" for name in ("search", "suggest", "interventions", "reports")]
    interventions = [page for page in pages if page.kind == "intervention"]
    some = interventions[::12]
    for page in some:
        found += [f"{page.path}studies/", f"{page.path}history/", f"{page.path}?format=pdf", f"{page.path}cost/"]
    found += [f"{interventions[-1].path}cost/{COST_SHEET}{form}" for form in ("", "&format=csv")]
    found += [f"{reverse(f'public:{name}')}?format={form}" for name in LISTS for form in ("csv", "json")]
    several = "&".join(f"i={page.record}" for page in interventions[-5:])
    found += [f"{reverse('public:shortlist')}?{several}&nation=Wales", f"{reverse('public:comparison')}?{several}"]
    found += [f"{reverse('public:comparison')}?{several}&format={form}" for form in ("csv", "json")]
    found += [reverse("public:record_feed", args=[page.record]) for page in some]
    found += [f"{reverse('public:interventions')}?centre=eef&format=atom", reverse("public:centre_feed", args=["eef"])]
    found += [f"{reverse('public:record_version', args=[page.record, page.version])}?format=bib" for page in some]
    found += [
        reverse(f"public:api_{name}", args=[page.record])
        for page in some
        for name in ("intervention_studies", "versions")
    ]
    found += [
        f"{reverse('public:pack')}?i={page.record}v{page.version}&s=8001v1&format={form}"
        for page in pages
        if page.record == 1070
        for form in ("html", "pdf", "docx", "xlsx", "pptx")
    ]
    found += [reverse("public:api_record", args=[page.record]) for page in pages[::10]]
    found += [reverse("public:api_toolkit_interventions", args=[p.record]) for p in pages if p.kind == "toolkit"]
    found += [reverse("public:api_study", args=[20001])]
    found += [
        reverse(f"public:{name}", args=[v.record, v.version])
        for v in PublishedVersion.objects.all()[::20]
        for name in ("record_version", "api_version")
    ]
    return found


def test_overwritten_drafts_change_no_public_byte(network, client):
    paths = addresses()
    before = {path: ask(client, path) for path in paths}
    assert {path: answer.status for path, answer in before.items() if answer.status != 200} == {}

    changed = {model.__name__: overwrite(model) for model in working_models()}
    assert changed["Intervention"] == 232
    assert changed["Revision"] >= 232
    assert sum(changed.values()) > 1500
    index.forget()
    keeping.forget()

    for path in paths:
        after = ask(client, path)
        assert MARKER.encode() not in after.body, path
        assert after == before[path], path


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_public_pages_name_no_working_table(network, client, network_admin, who):
    if who == "staff":
        client.force_login(network_admin)
    touched = set()

    def watch(execute, sql, params, many, context):
        touched.update(table for table in connection_tables if f'"{table}"' in sql or f" {table} " in sql)
        return execute(sql, params, many, context)

    connection_tables = set(connection.introspection.table_names())
    paths = addresses(every=5)
    with connection.execute_wrapper(watch):
        for path in paths:
            assert ask(client, path).status == 200, path
    assert touched <= PUBLIC_TABLES
    assert "toolkits_publishedpage" in touched
