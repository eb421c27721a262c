"""Facet counts against a plain recount of the rows, and against django-filter's own selection."""

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkits.models import PublishedPage
from toolkits.payloads import MAIN_AXES
from toolkits.public import facets, filters, index

VALUES = {"outcome": ["crime", "housing", "health"], "age": ["young", "old"], "setting": ["school", "home"]}
LEVELS = ["low", "high", "mixed"]
COLUMNS = {"outcome": "outcomes", "age": "ages", "setting": "settings"}


def some_of(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=len(values))


axis_values = st.one_of(st.just([index.NONE]), some_of(LEVELS).filter(bool), st.just([]))
rows = st.fixed_dictionaries(
    {name: some_of(values) for name, values in VALUES.items()}
    | dict.fromkeys(MAIN_AXES, axis_values)
    | {"centre": st.sampled_from(["eef", "yef"]), "toolkit": st.sampled_from(["one", "two"])}
)
choices = st.fixed_dictionaries(
    {name: some_of([*values, index.NONE]) for name, values in VALUES.items()}
    | {axis: some_of([*LEVELS, index.NONE]) for axis in MAIN_AXES}
    | {"centre": some_of(["eef", "yef"]), "toolkit": some_of(["one", "two"])}
)


def page(record, row):
    """An unsaved published row with the columns that lists filter by."""
    axes = [f"{axis}:{value}" for axis in MAIN_AXES for value in row[axis]]
    return PublishedPage(
        record=record,
        kind="intervention",
        path=f"/toolkits/{row['toolkit']}/{record}/",
        title=f"Row {record}",
        sort_name=f"row {record}",
        centre=row["centre"],
        toolkit=row["toolkit"],
        levels=axes,
        bands=axes,
        version=1,
        schema=1,
        payload={},
        digest="",
        first_published_at=timezone.now(),
        published_at=timezone.now(),
        change="first",
        note="",
        **{column: row[name] for name, column in COLUMNS.items()},
    )


def build(pages):
    """The index of the network's list over `pages`, made by the portal's own code."""
    entries = [index.entry(page, page.bands) for page in pages]
    return facets.build(entries, facets=index.NETWORK_FACETS, orders=("name", "changed"))


def values_of(row, facet):
    """What a row has on a facet, as the rule says it: nothing recorded is a value too."""
    found = row[facet]
    if facet in VALUES:
        return found or [index.NONE]
    return [found] if isinstance(found, str) else found


def passes(row, chosen, *, without=None):
    """Or within a facet, and across; the plain way."""
    return all(
        not picked or facet == without or set(picked) & set(values_of(row, facet)) for facet, picked in chosen.items()
    )


@given(st.lists(rows, max_size=40), choices)
def test_selection_and_counts_equal_a_plain_recount(data, chosen):
    found = build([page(record, row) for record, row in enumerate(data, start=1)])

    selected = set(found.ordered(found.select(chosen), "name"))
    assert selected == {record for record, row in enumerate(data, start=1) if passes(row, chosen)}

    counts = found.counts(chosen)
    for facet in index.NETWORK_FACETS:
        recount = {}
        for row in data:
            if passes(row, chosen, without=facet):
                for value in values_of(row, facet):
                    recount[value] = recount.get(value, 0) + 1
        assert {value: count for value, count in counts[facet].items() if count} == recount


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=12), choices)
def test_index_and_django_filter_select_the_same_rows(data, chosen):
    pages = [page(record, row) for record, row in enumerate(data, start=9_000_001)]
    records = [one.record for one in pages]
    PublishedPage.objects.filter(record__gte=9_000_001).delete()
    PublishedPage.objects.bulk_create(pages)

    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        query.setlist(name, values)
    allowed = {name: {value: value for value in [*values, index.NONE]} for name, values in VALUES.items()}
    allowed |= {axis: {value: value for value in [*LEVELS, index.NONE]} for axis in MAIN_AXES}
    allowed |= {"centre": {"eef": "", "yef": ""}, "toolkit": {"one": "", "two": ""}}
    declared = filters.NetworkFilters(query, PublishedPage.objects.filter(record__in=records), choices=allowed)

    assert not declared.errors
    found = build(pages)
    assert set(declared.qs.values_list("record", flat=True)) == set(found.ordered(found.select(chosen), "name"))


def test_an_empty_index_answers():
    empty = facets.build([], facets=["outcome"], orders=["name"])
    assert list(empty.ordered(empty.select({"outcome": ["crime"]}), "name")) == []
    assert empty.counts({}) == {"outcome": {}}


def test_a_facet_the_index_does_not_have_is_an_error():
    empty = facets.build([], facets=["outcome"], orders=["name"])
    with pytest.raises(KeyError):
        empty.select({"colour": ["red"]})


def test_rows_without_a_rank_come_last_in_every_order():
    entries = [
        facets.Entry(record=record, values={}, keys={"impact": (rank is None, -(rank or 0), record)})
        for record, rank in [(1, None), (2, 1), (3, 5), (4, None), (5, 5)]
    ]
    found = facets.build(entries, facets=[], orders=["impact"])
    assert list(found.ordered(found.everything, "impact")) == [3, 5, 2, 1, 4]
