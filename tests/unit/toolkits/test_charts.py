from types import SimpleNamespace

import pytest

from toolkits.public import charts

IMPACT = {1: ("Harm", False), 2: ("None", True), 3: ("Low", False), 4: ("High", False), 5: ("Very high", False)}
COST = {1: ("Cheap", False), 2: ("Middle", False), 3: ("Dear", False)}


def rated(rank):
    return SimpleNamespace(rank=rank)


def item(number, impact, cost):
    return charts.Item(
        number=number,
        name=f"Item {number}",
        path=f"/{number}/",
        impact=None if impact == "unrated" else rated(impact),
        cost=None if cost == "unrated" else rated(cost),
        strength=None,
    )


def draw(*items):
    return charts.draw(items, impact_levels=IMPACT, cost_levels=COST)


def place(chart, number):
    marker = next(marker for marker in chart.markers if marker.item.number == number)
    row = next(line for line in chart.rows if line.start <= marker.y < line.start + line.size)
    column = next(line for line in chart.columns if line.start <= marker.x < line.start + line.size)
    return row.label, column.label


def test_every_item_stands_in_its_cell():
    chart = draw(item(1, 4, 1), item(2, 1, 3), item(3, 3, 2))
    assert [place(chart, number) for number in (1, 2, 3)] == [("High", "Cheap"), ("Harm", "Dear"), ("Low", "Middle")]


def test_best_impact_is_on_top_and_cheapest_left():
    chart = draw(item(1, 4, 1), item(2, 1, 3))
    assert [row.label for row in chart.rows] == ["High", "Low", "None", "Harm"]
    assert [column.label for column in chart.columns] == ["Cheap", "Middle", "Dear"]


def test_zero_is_seen_even_where_nothing_lies_on_it():
    assert [row.label for row in draw(item(1, 4, 1)).rows if row.is_zero] == ["None"]


def test_a_full_cell_grows_and_nothing_overlaps():
    chart = draw(*[item(number, 4, 1) for number in range(1, 9)])
    places = [(marker.x, marker.y) for marker in chart.markers]
    assert len(set(places)) == 8
    assert all(
        abs(x - other_x) >= charts.MARKER or abs(y - other_y) >= charts.MARKER
        for index, (x, y) in enumerate(places)
        for other_x, other_y in places[:index]
    )
    assert {place(chart, number) for number in range(1, 9)} == {("High", "Cheap")}
    assert chart.width >= max(x for x, _y in places) + charts.MARKER // 2
    assert chart.height >= max(y for _x, y in places) + charts.MARKER // 2


@pytest.mark.parametrize(("impact", "cost"), [(None, 1), (1, None), ("unrated", 1), (1, "unrated")])
def test_what_is_off_the_scale_has_no_place(impact, cost):
    beside = item(2, impact, cost)
    chart = draw(item(1, 4, 1), beside)
    assert [marker.item.number for marker in chart.markers] == [1]
    assert charts.off_chart([item(1, 4, 1), beside]) == [beside]


def test_nothing_to_draw():
    assert draw(item(1, None, 1)) is None


def test_an_item_on_another_version_of_a_scale_has_no_place():
    one = item(1, 4, 1)
    other = charts.Item(2, "Item 2", "/2/", impact=rated(4), cost=rated(1), strength=None, comparable=False)
    assert [marker.item.number for marker in draw(one, other).markers] == [1]
    assert charts.off_chart([one, other]) == [other]
