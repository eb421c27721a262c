"""What the database keeps by itself: triggers, what search looks in, the publication number."""

from django.db import connection

from toolkits.verification.problems import MIGRATE, Problem

PUBLISHED = ("toolkits_publishedpage", "toolkits_publishedvocabulary")
APPEND_ONLY = (
    *("toolkits_revision", "toolkits_decision", "toolkits_comment", "centres_auditentry"),
    *("toolkits_publishedversion", "toolkits_publicationevent", "toolkits_publicationstep"),
    "toolkits_publishedcorrection",
)
WAS_PUBLIC = (
    *("centres_centre", "centres_recordnumber", "toolkits_toolkit", "toolkits_sharedlist", *PUBLISHED),
    *(f"evidence_{name}" for name in ("intervention", "family", "ratingscheme", "report", "synthesis")),
)
# (table, a trigger that has to be there)
TRIGGERS = [
    *((table, "append_only") for table in APPEND_ONLY),
    *((table, "was_public") for table in WAS_PUBLIC),
    *((PUBLISHED[0], name) for name in ("search_of_new_pages", "search_of_changed_pages")),
    ("toolkits_decision", "decision_is_honest"),
]

THERE = """
SELECT relname, tgname, tgenabled IN ('O', 'A') FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY relname, tgname
"""
# The same expression as the trigger's (0016_welsh_search).
SEARCH = """
SELECT coalesce(page.record, searched.record),
    CASE WHEN searched.record IS NULL THEN 'search cannot find the page'
        WHEN page.record IS NULL OR page.state NOT IN ('live', 'withdrawn') THEN 'search finds it, and it is not public'
        ELSE 'search looks in other words than the page''s' END
FROM toolkits_publishedpage AS page FULL JOIN toolkits_searchedpage AS searched USING (record)
WHERE (coalesce(page.state, '') IN ('live', 'withdrawn')) <> (searched.record IS NOT NULL)
    OR (page.kind, page.state) IS DISTINCT FROM (searched.kind, searched.state) AND searched.record IS NOT NULL
    OR searched.search <> setweight(to_tsvector('whatworks', page.search_title), 'A')
        || setweight(to_tsvector('whatworks', page.search_key), 'B')
        || setweight(to_tsvector('whatworks', page.search_names), 'C') || to_tsvector('whatworks', page.search_body)
        || setweight(to_tsvector('whatworks_plain', page.search_title_cy), 'A')
        || setweight(to_tsvector('whatworks_plain', page.search_texts_cy), 'B')
ORDER BY 1
"""
STEPS = """
SELECT (SELECT number FROM toolkits_publicationcounter), coalesce(max(number), 0) FROM toolkits_publicationstep
"""
WITHOUT_STEP = """
SELECT record, version, verb FROM toolkits_publicationevent AS event
WHERE public AND NOT EXISTS (SELECT FROM toolkits_publicationstep AS step WHERE step.event_id = event.id) ORDER BY id
"""


def _rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def database_rules():
    """The triggers: all there, and none switched off."""
    there = {(table, name): on for table, name, on in _rows(THERE)}
    found = [
        Problem(f"the trigger “{name}” of {table} is missing", MIGRATE)
        for table, name in TRIGGERS
        if (table, name) not in there
    ]
    found += [
        Problem(f"the trigger “{name}” of {table} is switched off", f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        for (table, name), on in there.items()
        if not on
    ]
    yield len(there), found


def search():
    """What search looks in: a row for each page it may find, made of that page's words."""
    remedy = "UPDATE toolkits_publishedpage SET title = title WHERE record = {}: a trigger writes it anew"
    yield 1, [Problem(what, remedy.format(record), record) for record, what in _rows(SEARCH)]


def publication_number():
    """The publication number: not behind any step, and a step for each public event."""
    ((number, last),) = _rows(STEPS)
    found = []
    if number is None or number < last:
        remedy = f"UPDATE toolkits_publicationcounter SET number = {last + 1}: readers may have been given older pages"  # noqa: S608 - words for a person
        found.append(Problem(f"the publication number is {number}, and {last} was reached before", remedy))
    for record, version, verb in _rows(WITHOUT_STEP):
        remedy = "publish anything: that numbers it, if it is of the last day; else insert its row by hand"
        found.append(Problem(f"“{verb}” has no publication number: followers were not told", remedy, record, version))
    yield 1, found
