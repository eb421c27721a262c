"""What search reads: live pages by their words, from the published tables. Each function is one query.

A question is units to be found. Every word reaches the database as a parameter, through functions that
take any text.
"""

from dataclasses import dataclass

from django.db import connection

# How much a word counts in the rest, the names, the key texts, the title.
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# Text search configurations: stems without accents; and without stems, for words still being typed.
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


def _tsquery(unit):
    """(SQL of a tsquery, its parameters) of one unit."""
    function = "phraseto_tsquery" if unit.phrase else "plainto_tsquery"
    parts = [f"{function}('{STEMS}', %s)"]
    parts += [f"phraseto_tsquery('{STEMS}', %s)"] * len(unit.others)
    return f"({' || '.join(parts)})", [unit.said, *(" ".join(other) for other in unit.others)]


def _joined(units, operator, unwanted=()):
    """(SQL, parameters) of `units` joined by && or ||, without pages that have an unwanted phrase."""
    found = [_tsquery(unit) for unit in units]
    sql = f"({f' {operator} '.join(part for part, _given in found)})"
    parameters = [value for _part, given in found for value in given]
    for phrase in unwanted:
        sql += f" && !!phraseto_tsquery('{STEMS}', %s)"
        parameters.append(" ".join(phrase))
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


def ranks(records, units):
    """[(record, title, ranks)] of some live pages, with a rank of each unit: 0 where the page does not have it.

    Each rank costs reading what is indexed of the page, so `records` should be few.
    """
    found = [_tsquery(unit) for unit in units]
    # PostgreSQL divides by the number of alternatives; a word with synonyms counts no less for having them.
    asked = ", ".join(
        f"CASE WHEN search @@ {part} THEN {1 + len(unit.others)} * ts_rank('{WEIGHTS}', search, {part}) ELSE 0 END"
        for unit, (part, _given) in zip(units, found, strict=True)
    )
    parameters = [value for _part, given in found for value in (*given, *given)]
    rows = _rows(
        f"SELECT record, page.search_title, {asked} FROM toolkits_searchedpage JOIN toolkits_publishedpage AS page "
        "USING (record) WHERE record = ANY(%s)",
        [*parameters, list(records)],
    )
    return [(record, title, given) for record, title, *given in rows]


def titled(found, among, *, most):
    """Record numbers of at most `most` of the pages `among` whose titles have a word beginning with each of `found`."""
    rows = _rows(
        "SELECT record FROM toolkits_publishedpage WHERE record = ANY(%s) "
        f"AND to_tsvector('{PLAIN}', search_title) @@ to_tsquery('{PLAIN}', %s) ORDER BY record LIMIT %s",
        [list(among), _prefixes(found), most],
    )
    return [record for (record,) in rows]


def _prefixes(found):
    return " & ".join(f"{word}:*" for word in found)


def starting(found, *, most):
    """[(kind, title, path, centre)] of live pages whose titles have a word beginning with each of `found`.

    Those whose title itself begins so come first, then the shorter titles.
    """
    return _rows(
        "SELECT kind, title, path, centre FROM toolkits_publishedpage WHERE state = 'live' "
        f"AND to_tsvector('{PLAIN}', search_title) @@ to_tsquery('{PLAIN}', %s) "
        "ORDER BY unaccent(search_title) ILIKE %s DESC, length(title), sort_name, record LIMIT %s",
        [_prefixes(found), f"{' '.join(found)}%", most],
    )


def alike(text, kinds, *, most):
    """Record numbers of the live pages of some kinds whose titles look most like `text`, the nearest first."""
    rows = _rows(
        "SELECT record FROM toolkits_publishedpage WHERE state = 'live' AND kind = ANY(%s) AND %s <%% search_title "
        "ORDER BY word_similarity(%s, search_title) DESC, sort_name, record LIMIT %s",
        [list(kinds), text, text, most],
    )
    return [record for (record,) in rows]


def withdrawn(units, unwanted=(), *, most=5):
    """[(title, path, reason)] of pages that have every unit and were taken out of the lists, by name."""
    query, parameters = _joined([unit for unit in units if not unit.optional], "&&", unwanted)
    return _rows(
        "SELECT title, path, state_reason FROM toolkits_searchedpage AS searched JOIN toolkits_publishedpage AS page "
        f"USING (record) WHERE searched.state = 'withdrawn' AND search @@ ({query}) "
        "ORDER BY sort_name, record LIMIT %s",
        [*parameters, most],
    )


def words_like(found, *, most):
    """[(word, known word, similarity 0 to 1)] of the published words that look like each of some words."""
    return _rows(
        "SELECT asked.word, near.word, near.similarity FROM unnest(%s::text[]) AS asked(word), LATERAL ("
        "SELECT known.word, similarity(known.word, asked.word) AS similarity FROM toolkits_publishedword AS known "
        "WHERE known.word %% asked.word ORDER BY similarity DESC, known.word LIMIT %s) AS near",
        [list(found), most],
    )
