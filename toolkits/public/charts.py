"""Where each intervention lies on the chart of cost against impact. Pure: no Django, no database.

Both axes are levels of the centre's own scales, so a place is a cell, never a point between two
levels; what shares a cell stands side by side in it. A level that is off the scale has no place and
is listed beside the chart.
"""

from dataclasses import dataclass
from typing import Any

# Units of the drawing's viewBox.
MARKER = 40  # a marker with the room around it
PER_LINE = 3  # markers side by side in a cell
GUTTER = 150  # room for the names of the impact levels
HEAD = 56  # room for the names of the cost levels, and what the axis is
PAD = 8


@dataclass(frozen=True)
class Item:
    """What the chart needs of an intervention: its number on the chart, and its ratings on three axes.

    `impact`, `cost` and `strength` are payloads.Rating or None. `comparable` is false where one of them stands
    on another version of its scale than the chart is drawn by.
    """

    number: int
    name: str
    path: str
    impact: Any
    cost: Any
    strength: Any
    comparable: bool = True


@dataclass(frozen=True)
class Marker:
    """A marker: the middle of its circle, and the item it leads to."""

    x: int
    y: int
    item: Item


@dataclass(frozen=True)
class Line:
    """A row or column of the chart: where it begins, its middle, how long it is, and its level's name."""

    start: int
    middle: int
    size: int
    label: str
    is_zero: bool = False


@dataclass(frozen=True)
class Chart:
    """The drawing: its size, its rows (best impact on top) and columns (cheapest left), and its markers."""

    width: int
    height: int
    rows: list[Line]
    columns: list[Line]
    markers: list[Marker]


def _is_placed(item):
    placed = all(rating is not None and rating.rank is not None for rating in (item.impact, item.cost))
    return placed and item.comparable


def off_chart(items):
    """The items that have no place: off the scale, not rated, or rated on another version of a scale, on one of the two axes."""
    return [item for item in items if not _is_placed(item)]


def _lines_in(cells, rank, of):
    """How many lines of markers the fullest cell of a row needs."""
    return max((-(-len(found) // PER_LINE) for place, found in cells.items() if of(place) == rank), default=1)


def draw(items, *, impact_levels, cost_levels):
    """The Chart of the items that have a place, or None where there is none.

    `impact_levels` and `cost_levels` are {rank: (label, whether it means no effect)} of the whole
    scales; rows run from the lowest to the highest impact in use, and take in "no effect" so that
    zero is seen.
    """
    cells = {}
    for item in items:
        if _is_placed(item):
            cells.setdefault((item.cost.rank, item.impact.rank), []).append(item)
    if not cells:
        return None
    used = {impact for _cost, impact in cells} | {rank for rank, (_name, zero) in impact_levels.items() if zero}
    ranks = [rank for rank in sorted(impact_levels, reverse=True) if min(used) <= rank <= max(used)]
    rows, y = {}, HEAD
    for rank in ranks:
        label, zero = impact_levels[rank]
        size = _lines_in(cells, rank, lambda place: place[1]) * MARKER + PAD
        rows[rank] = Line(start=y, middle=y + size // 2, size=size, label=label, is_zero=zero)
        y += size
    columns, x = {}, GUTTER
    for rank in sorted(cost_levels):
        fullest = max((len(found) for place, found in cells.items() if place[0] == rank), default=1)
        size = min(max(fullest, 2), PER_LINE) * MARKER + PAD
        columns[rank] = Line(start=x, middle=x + size // 2, size=size, label=cost_levels[rank][0])
        x += size
    markers = [
        Marker(
            x=columns[cost].start + PAD // 2 + MARKER // 2 + place % PER_LINE * MARKER,
            y=rows[impact].start + PAD // 2 + MARKER // 2 + place // PER_LINE * MARKER,
            item=item,
        )
        for (cost, impact), found in cells.items()
        for place, item in enumerate(found)
    ]
    return Chart(
        width=x,
        height=y,
        rows=list(rows.values()),
        columns=list(columns.values()),
        markers=sorted(markers, key=lambda marker: marker.item.number),
    )
