"""What a right answer to each request of W says, counted from the records in plain Python.

W's own expectations count inside the whole filter. The site counts each option with the *other* facets as they
are, so its counts are recounted here by that rule; where nothing is chosen on a facet the two must agree, and
`recount` checks that they do, besides W's totals.
"""

from tests.bench import workload
from tests.bench.mapping import RATED_AS, facet_values

CHOSEN = {"centre": {workload.FILTER_OWNER}, "outcome": {workload.FILTER_OUTCOME}}
FILTERS = {"a": {}, "b": CHOSEN, "c": {"centre": CHOSEN["centre"]}, "e": {}}
PAGE_SIZE = 20


def reduced(record):
    """A record without its long texts, each replaced by the search term where that is in it."""
    texts = {
        name: workload.TERM if workload.has_term(record, workload.TERM, [name]) else "" for name in ("summary", "body")
    }
    return {**record, **texts}


def _passes(values, chosen):
    return all(values[facet] & wanted for facet, wanted in chosen.items())


def _counts(rows, chosen):
    found = {}
    for values in rows:
        for facet, own in values.items():
            others = {name: wanted for name, wanted in chosen.items() if name != facet}
            if _passes(values, others):
                for value in own:
                    found.setdefault(facet, {}).setdefault(value, 0)
                    found[facet][value] += 1
    return found


def _check_against_w(letter, counts, w, chosen):
    """Where nothing is chosen on a facet, counting with the others as they are is counting inside the filter."""
    for facet, name in (("outcome", "outcomes"), ("age", "ages"), ("centre", "owner")):
        if facet not in chosen:
            assert counts.get(facet, {}) == w["facets"].get(name, {}), (letter, facet)
    for axis, name in RATED_AS.items():
        assert sum(counts.get(axis, {}).values()) == sum(w["facets"].get(name, {}).values()) == w["total"]


def recount(rows, seed=1):
    """{letter: what a right answer has} for reduced records of W; AssertionError where W itself says otherwise."""
    w = workload.requests(len(rows), seed, rows_of_w=rows)
    facets = [facet_values(row) for row in rows]
    has_term = [workload.has_term(row, workload.TERM) for row in rows]
    last_page = -(-len(rows) // PAGE_SIZE)
    found = {}
    for letter, chosen in FILTERS.items():
        searched = [values for values, has in zip(facets, has_term, strict=True) if has or letter != "c"]
        total = sum(_passes(values, chosen) for values in searched)
        assert total == w[letter]["total"], (letter, total)
        counts = _counts(searched, chosen)
        if letter != "e":
            _check_against_w(letter, counts, w[letter], chosen)
        query = [(facet, value) for facet, values in chosen.items() for value in values]
        if letter == "c":
            query.append(("q", workload.TERM))
        page = min(200, last_page) if letter == "e" else 1
        if page > 1:
            query.append(("page", str(page)))
        found[letter] = {
            "query": query,
            "total": total,
            "of": len(rows),
            "counts": counts,
            "rows": max(0, min(PAGE_SIZE, total - (page - 1) * PAGE_SIZE)),
            "slugs": sorted(
                row["slug"]
                for row, values, has in zip(rows, facets, has_term, strict=True)
                if letter in "bc" and _passes(values, chosen) and (has or letter != "c")
            ),
        }
    detail = w["d"]
    owner = next(row["owner"] for row in rows if row["id"] == detail["id"])
    found["d"] = {"path": [owner, detail["slug"]], "title": detail["title"]}
    return found
