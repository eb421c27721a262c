"""What search reads: live pages by their words, from the published tables. Each function is one query.

A question is units to be found. Every word reaches the database as a parameter, through functions that
take any text.
"""

from dataclasses import dataclass

from django.db import connection

from toolkits.languages import in_language, spoken

# How much a word counts in the rest, the names, the key texts, the title.
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# Text search configurations: English stems without accents; and without stems, for Welsh and words still being typed.
STEMS = "whatworks"
PLAIN = "whatworks_plain"


@dataclass(frozen=True)
class Unit:
    """Something to be found: all of `words` (as one phrase where `phrase`), or any phrase of `others`.

    Words are folded (toolkits.words.fold). `others` are what an editor said means the same. What is
    `optional` only counts for the order of results.
    """

    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    phrase: bool = False
    optional: bool = False

    @property
    def said(self):
        """The words as one text."""
        return " ".join(self.words)


def _rows(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _configurations():
    """The configurations that a question of the active language is asked by: what is in Welsh is indexed without stems."""
    return (STEMS, PLAIN) if spoken() == "cy" else (STEMS,)


def _titles():
    """The columns of the titles that readers of the active language know."""
    return ("search_title_cy", "search_title") if spoken() == "cy" else ("search_title",)


def _tsquery(unit, configurations=None):
    """(SQL of a tsquery, its parameters) of one unit."""
    function = "phraseto_tsquery" if unit.phrase else "plainto_tsquery"
    parts, parameters = [], []
    for name in configurations or _configurations():
        parts += [f"{function}('{name}', %s)", *[f"phraseto_tsquery('{name}', %s)"] * len(unit.others)]
        parameters += [unit.said, *(" ".join(other) for other in unit.others)]
    return f"({' || '.join(parts)})", parameters


def _joined(units, operator, unwanted=()):
    """(SQL, parameters) of `units` joined by && or ||, without pages that have an unwanted phrase."""
    found = [_tsquery(unit) for unit in units]
    sql = f"({f' {operator} '.join(part for part, _given in found)})"
    parameters = [value for _part, given in found for value in given]
    for phrase in unwanted:
        without, given = _tsquery(Unit(words=phrase, phrase=True))
        sql += f" && !!{without}"
        parameters += given
    return sql, parameters


def _matching(query, parameters):
    return dict(_rows(f"SELECT kind, records FROM matching_pages({query})", parameters))


def with_every(units, unwanted=()):
    """{kind: record numbers} of the live pages that have every unit and no unwanted phrase, in no order."""
    return _matching(*_joined(units, "&&", unwanted))


def with_each(units, unwanted=(), *, kind):
    """For each unit the record numbers of the live pages of a kind that have it, without an unwanted phrase."""
    found = [_joined([unit], "&&", unwanted) for unit in units]
    asked = ", ".join(f"(SELECT records FROM matching_pages({part}) WHERE kind = %s)" for part, _given in found)
    (row,) = _rows(f"SELECT {asked}", [value for _part, given in found for value in (*given, kind)])
    return [records or [] for records in row]


def _rank(unit):
    """(SQL, parameters) of a unit's rank in a page: that of the configuration which ranks it higher."""
    every, given = _tsquery(unit)
    each = [_tsquery(unit, [name]) for name in _configurations()]
    highest = ", ".join(f"ts_rank('{WEIGHTS}', search, {part})" for part, _given in each)
    # PostgreSQL divides by the number of alternatives; a word with synonyms counts no less for having them.
    sql = f"CASE WHEN search @@ {every} THEN {1 + len(unit.others)} * greatest({highest}) ELSE 0 END"
    return sql, [*given, *(value for _part, given in each for value in given)]


def ranks(records, units):
    """[(record, titles, ranks)] of some live pages, with a rank of each unit: 0 where the page does not have it.

    Each rank costs reading what is indexed of the page, so `records` should be few.
    """
    found = [_rank(unit) for unit in units]
    titles = ", ".join(f"page.{column}" for column in _titles())
    rows = _rows(
        f"SELECT record, ARRAY[{titles}], {', '.join(sql for sql, _given in found)} FROM toolkits_searchedpage "
        "JOIN toolkits_publishedpage AS page USING (record) WHERE record = ANY(%s)",
        [*(value for _sql, given in found for value in given), list(records)],
    )
    return [(record, [title for title in titles if title], given) for record, titles, *given in rows]


def _titled(found):
    """(SQL, parameters) of the condition that a title has a word beginning with each of `found`."""
    each = [f"to_tsvector('{PLAIN}', {column}) @@ to_tsquery('{PLAIN}', %s)" for column in _titles()]
    return f"({' OR '.join(each)})", [" & ".join(f"{word}:*" for word in found)] * len(each)


def titled(found, among, *, most):
    """Record numbers of at most `most` of the pages `among` whose titles have a word beginning with each of `found`."""
    condition, given = _titled(found)
    rows = _rows(
        f"SELECT record FROM toolkits_publishedpage WHERE record = ANY(%s) AND {condition} ORDER BY record LIMIT %s",
        [list(among), *given, most],
    )
    return [record for (record,) in rows]


def starting(found, *, most):
    """[(kind, title, its language, path, centre)] of live pages whose titles have a word beginning with each of `found`.

    Those whose title itself begins so come first, then the shorter titles.
    """
    condition, given = _titled(found)
    begins = " OR ".join(f"unaccent({column}) ILIKE %s" for column in _titles())
    in_welsh = "search_title_cy <> ''" if spoken() == "cy" else "false"
    rows = _rows(
        f"SELECT kind, CASE WHEN {in_welsh} THEN payload -> 'welsh' ->> 'name' ELSE title END, "
        f"CASE WHEN {in_welsh} THEN 'cy' ELSE language END, path, centre "
        f"FROM toolkits_publishedpage WHERE state = 'live' AND {condition} "
        f"ORDER BY ({begins}) DESC, length(title), sort_name, record LIMIT %s",
        [*given, *[f"{' '.join(found)}%"] * len(_titles()), most],
    )
    return [(kind, title, language, in_language(path), centre) for kind, title, language, path, centre in rows]


def alike(text, kinds, *, most):
    """Record numbers of the live pages of some kinds whose titles look most like `text`, the nearest first."""
    columns = _titles()
    looks = " OR ".join(f"%s <%% {column}" for column in columns)
    nearest = ", ".join(f"word_similarity(%s, {column})" for column in columns)
    rows = _rows(
        f"SELECT record FROM toolkits_publishedpage WHERE state = 'live' AND kind = ANY(%s) AND ({looks}) "
        f"ORDER BY greatest({nearest}) DESC, sort_name, record LIMIT %s",
        [list(kinds), *[text] * 2 * len(columns), most],
    )
    return [record for (record,) in rows]


def withdrawn(units, unwanted=(), *, most=5):
    """[(title, path, reason)] of pages that have every unit and were taken out of the lists, by name."""
    query, parameters = _joined([unit for unit in units if not unit.optional], "&&", unwanted)
    rows = _rows(
        "SELECT title, path, state_reason FROM toolkits_searchedpage AS searched JOIN toolkits_publishedpage AS page "
        f"USING (record) WHERE searched.state = 'withdrawn' AND search @@ ({query}) "
        "ORDER BY sort_name, record LIMIT %s",
        [*parameters, most],
    )
    return [(title, in_language(path), reason) for title, path, reason in rows]


def words_like(found, *, most):
    """[(word, known word, similarity 0 to 1)] of the published words that look like each of some words."""
    return _rows(
        "SELECT asked.word, near.word, near.similarity FROM unnest(%s::text[]) AS asked(word), LATERAL ("
        "SELECT known.word, similarity(known.word, asked.word) AS similarity FROM toolkits_publishedword AS known "
        "WHERE known.word %% asked.word ORDER BY similarity DESC, known.word LIMIT %s) AS near",
        [list(found), most],
    )
