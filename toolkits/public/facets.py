"""Facets from bit sets: which rows a choice selects, and how many each option would give. Pure: no Django.

One Python integer stands for a set of rows, bit n for row n, so that "or", "and" and "how many" are
one machine operation for 64 rows. A `GROUP BY` gives the same numbers, at 28 to 300 ms for 100,000
rows where this takes under one.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_
from types import MappingProxyType
from typing import Any

# Record numbers this many times the rows are still looked up in a table.
MOST_GAPS = 8
ONE = ord("1")


@dataclass(frozen=True)
class Entry:
    """A row: its record number, its values on each facet, and its key for each order (any comparable)."""

    record: int
    values: Mapping[str, Iterable[str]]
    keys: Mapping[str, Any]


@dataclass(frozen=True)
class FacetIndex:
    """Rows and their facets, immutable; `build` makes it.

    `records` in the order the rows were given; `bits` the set of rows for each value of each facet;
    `orders` the positions of all rows in each order. `within` is the set of rows that count at all
    (None: every row), as when a search leaves only some.
    """

    records: tuple[int, ...]
    bits: Mapping[str, Mapping[str, int]]
    orders: Mapping[str, Sequence[int]]
    within: int | None = None

    @property
    def everything(self) -> int:
        """The set of all rows that count."""
        return (1 << len(self.records)) - 1 if self.within is None else self.within

    @cached_property
    def _position(self) -> Callable[[int], int]:
        """The position of a record number; for one that this index does not have, the number of rows."""
        nowhere, last = len(self.records), max(self.records, default=0)
        if last > MOST_GAPS * nowhere + 100_000:
            found = {record: position for position, record in enumerate(self.records)}
            return lambda record: found.get(record, nowhere)
        # Numbers follow one another, mostly: a table of them is a quarter of the time and a tenth of the memory.
        table = array("l", [nowhere]) * (last + 1)
        for position, record in enumerate(self.records):
            table[record] = position
        return lambda record: table[record] if record <= last else nowhere

    def _with(self, **changes):
        """A changed copy that shares what was worked out already."""
        copy = replace(self, **changes)
        copy.__dict__["_position"] = self._position
        return copy

    def narrowed(self, records: Iterable[int]) -> "FacetIndex":
        """This index with only the rows of `records` counting; records that it does not have are passed over."""
        # Digits, the last of them for what is not here: setting bits of a number would copy it for every row.
        digits = bytearray(b"0") * (len(self.records) + 1)
        for row in map(self._position, records):
            digits[row] = ONE
        return self._with(within=int(b"0" + digits[-2::-1], 2))

    def members(self, rows: int) -> Iterator[int]:
        """The record numbers of a set of rows, in the order in which the rows were given."""
        digits = f"{rows:0{len(self.records)}b}"
        last = len(self.records) - 1
        place = digits.rfind("1")
        while place >= 0:
            yield self.records[last - place]
            place = digits.rfind("1", 0, place)

    def without_limit(self) -> "FacetIndex":
        """This index with every row counting."""
        return self if self.within is None else self._with(within=None)

    def also_ordered(self, order: str, records: Iterable[int]) -> "FacetIndex":
        """This index with one more order: that of `records`, which has no other rows."""
        rows = tuple(map(self._position, records))
        return self._with(orders=MappingProxyType({**self.orders, order: rows}))

    def _any_of(self, facet, values):
        bits = self.bits[facet]
        return reduce(or_, (bits.get(value, 0) for value in values), 0)

    def select(self, chosen: Mapping[str, Collection[str]]) -> int:
        """The set of rows with any chosen value of each facet; a facet with nothing chosen lets all pass.

        A value that no row has selects none. Raises KeyError for a facet this index does not have.
        """
        found = self.everything
        for facet, values in chosen.items():
            if values:
                found &= self._any_of(facet, values)
        return found

    def counts(self, chosen: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
        """For each facet and value, how many rows it would give with the *other* facets as chosen."""
        found = {}
        for facet, values in self.bits.items():
            others = self.select({name: picked for name, picked in chosen.items() if name != facet})
            found[facet] = {value: (bits & others).bit_count() for value, bits in values.items()}
        return found

    def ordered(self, rows: int, order: str) -> Iterator[int]:
        """The record numbers of a set of rows in an order. Raises KeyError for an order it does not have."""
        in_order = self.orders[order]
        if isinstance(in_order, range):
            return self.members(rows)
        # One text of digits, because shifting a long integer for every row would cost its whole length each time.
        digits = f"{rows:0{len(self.records)}b}"
        last = len(self.records) - 1
        return (self.records[row] for row in in_order if digits[last - row] == "1")


def _in_order(keys):
    """The positions of rows in the order of their keys; a range where they have it already."""
    if all(before <= after for before, after in pairwise(keys)):
        return range(len(keys))
    return tuple(sorted(range(len(keys)), key=keys.__getitem__))


class Builder:
    """Makes a FacetIndex row by row, so that 100,000 rows need never be held at once.

    Every entry must give every one of `facets` and `orders`; KeyError otherwise. Rows with equal keys
    stay in the order in which they were added.
    """

    def __init__(self, *, facets: Iterable[str], orders: Iterable[str]):
        self._records = array("q")
        self._marks: dict[str, dict[str, bytearray]] = {facet: {} for facet in facets}
        self._keys: dict[str, list] = {order: [] for order in orders}

    def add(self, entry: Entry):
        """Add a row after those added before."""
        row = len(self._records)
        byte, bit = row >> 3, 1 << (row & 7)
        self._records.append(entry.record)
        for facet, values in self._marks.items():
            for value in entry.values[facet]:
                # Bytes first: or-ing into an integer would copy it for every row.
                marks = values.setdefault(value, bytearray())
                if len(marks) <= byte:
                    marks.extend(bytes(max(byte + 1 - len(marks), len(marks))))
                marks[byte] |= bit
        for order, keys in self._keys.items():
            keys.append(entry.keys[order])

    def build(self) -> FacetIndex:
        """The index of what was added."""
        bits = {
            facet: MappingProxyType({value: int.from_bytes(marks, "little") for value, marks in values.items()})
            for facet, values in self._marks.items()
        }
        return FacetIndex(
            records=tuple(self._records),
            bits=MappingProxyType(bits),
            orders=MappingProxyType({order: _in_order(keys) for order, keys in self._keys.items()}),
        )


def build(entries: Iterable[Entry], *, facets: Iterable[str], orders: Iterable[str]) -> FacetIndex:
    """The index of `entries`."""
    builder = Builder(facets=facets, orders=orders)
    for entry in entries:
        builder.add(entry)
    return builder.build()
