"""What lists need of all published rows, kept in the process for one publication number.

A request reads the number, and gets what was built for exactly that number or builds it. So a request
begun after a publication sees it, in every process, and nothing has to be told to forget.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from toolkits import published
from toolkits.payloads import MAIN_AXES
from toolkits.public import facets, older
from toolkits.public.search import lexicon

NONE = "none"  # the value of a facet on which a row has nothing recorded
SUBJECTS = {"outcome": "outcomes", "setting": "settings", "age": "ages"}
VOCABULARIES = {"outcome": "outcomes", "setting": "settings", "age": "age-bands"}
TOOLKIT_FACETS = (*SUBJECTS, *MAIN_AXES)
NETWORK_FACETS = (*TOOLKIT_FACETS, "centre", "toolkit")
REPORT_FACETS = ("kind", "centre", "year")
ORDERS = ("name", "changed", *MAIN_AXES)
REPORT_ORDERS = ("year", "name")


class KeptForNumber:
    """A value made by `build()` and kept until it is asked for with another publication number."""

    def __init__(self, build):
        self._build = build
        self._lock = threading.Lock()
        self._kept = (None, None)

    def at(self, number):
        """The value for `number`; built once, however many threads ask at the same time."""
        # One tuple, replaced whole: a reader without the lock never sees half of a change.
        kept, value = self._kept
        if kept == number:
            return value
        with self._lock:
            kept, value = self._kept
            if kept != number:
                value = self._build()
                self._kept = (number, value)
            return value

    def forget(self):
        """Drop the value: a restored database may count on from a number it has had before."""
        with self._lock:
            self._kept = (None, None)


@dataclass(frozen=True)
class Snapshot:
    """Facet indexes of all lists, and the names of their values.

    `names` gives for each facet the label of each value, in the order of the vocabulary, or by name.
    `lexicon` is what search knows beside the pages (search.lexicon.Lexicon).
    `sortable` gives for each toolkit the axes on which a rating of its centre's own has a rank.
    `centres` are the live pages of all centres by record number, `successors` what older.successors gives, and
    `older` gives for each toolkit the axes on which some rows are rated by an older method only.
    """

    network: facets.FacetIndex
    toolkits: Mapping[str, facets.FacetIndex]
    reports: facets.FacetIndex
    names: Mapping[str, Mapping[str, str]]
    sortable: Mapping[str, frozenset[str]]
    centres: Mapping[int, object]
    successors: Mapping[int, object]
    older: Mapping[str, frozenset[str]]
    network_facts: object
    lexicon: object

    def toolkit(self, slug):
        """The index of a toolkit; an empty one where nothing in it is live."""
        return self.toolkits.get(slug) or _toolkit_builder().build()

    def count(self, toolkit):
        """How many live interventions a toolkit has."""
        return len(self.toolkit(toolkit).records)


def _split(values, axis):
    """The part after the colon of each `axis:value` of an axis."""
    prefix = f"{axis}:"
    return [value.removeprefix(prefix) for value in values if value.startswith(prefix)]


LAST = float("inf")
OLDER = 1_000_000  # more than any scale has levels


def _keys(row, older_axes):
    """Sort keys of an intervention; ties stay as they come, by name. Ranks of two methods are not compared:
    what is rated by the older one stands behind."""
    ranks = {
        "impact": LAST if row.sort_impact is None else -row.sort_impact,
        "strength": LAST if row.sort_strength is None else -row.sort_strength,
        "cost": LAST if row.sort_cost is None else row.sort_cost,
    }
    later = {axis: ranks[axis] + OLDER for axis in older_axes}
    return {"name": 0, "changed": -row.published_at.timestamp(), **ranks, **later}


def entry(row, axis_values, older_axes=()):
    """The facets.Entry of an intervention; `axis_values` are its levels or its bands, `older_axes` those on which it
    is rated by an older method only."""
    values = {facet: getattr(row, column) or [NONE] for facet, column in SUBJECTS.items()}
    values |= {axis: _split(axis_values, axis) for axis in MAIN_AXES}
    values |= {"centre": [row.centre], "toolkit": [row.toolkit]}
    return facets.Entry(record=row.record, values=values, keys=_keys(row, older_axes))


def _toolkit_builder():
    return facets.Builder(facets=TOOLKIT_FACETS, orders=ORDERS)


def _report_entry(row):
    return facets.Entry(
        record=row.record,
        values={"kind": [row.status], "centre": [row.centre], "year": [row.year or NONE]},
        keys={"name": 0, "year": LAST if row.year is None else -int(row.year)},
    )


def _sortable(row):
    return {axis for axis in MAIN_AXES if getattr(row, f"sort_{axis}") is not None}


def _names(vocabularies):
    return {
        facet: {term.slug: term.name for term in vocabularies[name].terms} if name in vocabularies else {}
        for facet, name in VOCABULARIES.items()
    } | {"centre": {}, "toolkit": {}}


def build_snapshot():
    """The Snapshot of what is published now, in three queries; rows are read by name, one at a time.

    While any scale takes another's place, one more finds what is still rated on the older one.
    """
    vocabularies = published.vocabularies()
    others = published.pages_about_others()
    successors = older.successors([page for page in others if page.kind == "method"])
    older_axes = older.older_axes(published.citing(successors), successors)
    names = _names(vocabularies)
    network = facets.Builder(facets=NETWORK_FACETS, orders=("name", "changed"))
    reports = facets.Builder(facets=REPORT_FACETS, orders=REPORT_ORDERS)
    toolkits, sortable, by_older = defaultdict(_toolkit_builder), defaultdict(set), defaultdict(set)
    for row in published.index_rows():
        if row.kind == "intervention":
            network.add(entry(row, row.bands))
            toolkits[row.toolkit].add(entry(row, row.levels, older_axes.get(row.record, ())))
            sortable[row.toolkit] |= _sortable(row)
            by_older[row.toolkit] |= _sortable(row) & older_axes.get(row.record, set())
        elif row.kind == "report":
            reports.add(_report_entry(row))
        elif row.kind == "centre":
            names["centre"][row.centre] = row.short_name or row.title
        else:
            names["toolkit"][row.toolkit] = row.title
    return Snapshot(
        network=network.build(),
        toolkits={slug: builder.build() for slug, builder in toolkits.items()},
        reports=reports.build(),
        names=names,
        sortable={slug: frozenset(axes) for slug, axes in sortable.items()},
        centres={page.record: page for page in others if page.kind == "centre"},
        successors=successors,
        older={slug: frozenset(axes) for slug, axes in by_older.items()},
        network_facts=vocabularies.get("network"),
        lexicon=lexicon.build(vocabularies),
    )


_snapshot = KeptForNumber(build_snapshot)
_numbers = KeptForNumber(published.numbers)

snapshot_at = _snapshot.at
numbers_at = _numbers.at


def forget():
    """Drop everything kept, after a database was restored or, in tests, rolled back."""
    _snapshot.forget()
    _numbers.forget()
