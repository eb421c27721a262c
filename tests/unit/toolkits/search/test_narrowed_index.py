"""A facet index narrowed to what a search found counts as if only those rows existed."""

from hypothesis import given
from hypothesis import strategies as st

from toolkits.public import facets

ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=30)
CHOSEN = st.fixed_dictionaries(
    {}, optional={"one": st.lists(st.sampled_from("abcd")), "two": st.lists(st.sampled_from("xyz"))}
)


def index(rows):
    return facets.build(
        (
            facets.Entry(record=100 + n, values={"one": [one], "two": [two]}, keys={"name": n})
            for n, (one, two) in enumerate(rows)
        ),
        facets=("one", "two"),
        orders=("name",),
    )


@given(ROWS, CHOSEN, st.sets(st.integers(95, 135)))
def test_counts_are_those_of_the_rows_found(rows, chosen, records):
    narrowed = index(rows).narrowed(records)
    kept = {n: row for n, row in enumerate(rows) if 100 + n in records}

    def fits(row, facet):
        place = ("one", "two").index(facet)
        return not chosen.get(facet) or row[place] in chosen[facet]

    expected = [100 + n for n, row in kept.items() if fits(row, "one") and fits(row, "two")]
    assert list(narrowed.ordered(narrowed.select(chosen), "name")) == expected
    for facet, other, place in (("one", "two", 0), ("two", "one", 1)):
        for value, count in narrowed.counts(chosen)[facet].items():
            assert count == sum(row[place] == value and fits(row, other) for row in kept.values())


@given(ROWS, st.data())
def test_another_order_is_that_of_its_records_and_has_no_other_rows(rows, data):
    whole = index(rows)
    records = data.draw(st.permutations(whole.records))[: len(rows) // 2]
    ordered = whole.narrowed(records).also_ordered("relevance", records)
    assert list(ordered.ordered(ordered.select({}), "relevance")) == list(records)
    assert list(ordered.without_limit().ordered(whole.everything, "name")) == list(whole.records)
