"""In what order results stand: by what their words weigh, and how much of the title was asked for. Pure: no Django."""

import math
from collections import defaultdict

from toolkits.words import is_stop, stems

# What a title that is all the reader asked for adds, beside one for each unit that is well placed.
TITLE = 1.0
# A title with the reader's own word stands before one with a synonym of it.
OWN_WORDS = 0.5
# Of the pages with only some of the words: those with at least this share of the best one's.
SOME = 0.6


def weight(matching, all_records):
    """What it says to have a unit that `matching` of `all_records` pages have: the rarer, the more."""
    return math.log(1 + all_records / matching) if matching else 0.0


def by_coverage(found, all_records):
    """{record: share of what was asked for} where every unit weighs by how rare it is, the highest first.

    `found` are the record numbers with each unit. Pages that have far less than the best are left out.
    """
    covered = defaultdict(float)
    for records in found:
        said = weight(len(records), all_records)
        for record in records:
            covered[record] += said
    best = max(covered.values(), default=0)
    kept = {record: share for record, share in covered.items() if share >= SOME * best}
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))


def _stands_in(phrase, title):
    """Whether the stems `phrase` stand together in the stems `title`."""
    return any(title[start : start + len(phrase)] == phrase for start in range(len(title) - len(phrase) + 1))


def title_share(title, units):
    """(share of a title's words that the units ask for, share of the units that it has in the reader's own words)."""
    in_title = stems(title)
    telling = {stem for stem in in_title if not is_stop(stem)}
    asked, own = set(), 0
    for unit in units:
        said = stems(unit.said)
        if set(said) <= set(in_title):
            own += 1
            asked |= set(said)
            continue
        for other in unit.others:
            phrase = stems(" ".join(other))
            if _stands_in(phrase, in_title):
                asked |= set(phrase)
    return len(asked & telling) / max(1, len(telling)), own / max(1, len(units))


def score(titles, ranks, units, weights):
    """The score of a page with `titles`, one a language, and PostgreSQL's rank of each unit in it.

    `weights` say what each unit counts.
    """
    placed = sum(weight * min(1.0, rank) for weight, rank in zip(weights, ranks, strict=True)) / (sum(weights) or 1)
    titled = (title_share(title, units) for title in titles)
    return placed + max((TITLE * share + OWN_WORDS * own for share, own in titled), default=0)


def in_order(rows, units, weights=None):
    """The record numbers of `rows` (record, titles, ranks), the best first, equals by title."""
    weights = weights or [1.0] * len(units)
    scored = [
        (-score(titles, ranks, units, weights), [title.casefold() for title in titles], record)
        for record, titles, ranks in rows
    ]
    return [record for _score, _titles, record in sorted(scored)]
