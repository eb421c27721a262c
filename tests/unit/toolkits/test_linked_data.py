"""Linked data: a rating names its scale and is a number only on an order; nothing breaks out of its block."""

import datetime
import json

import msgspec
import pytest

from tests.unit.toolkits.test_columns import rating
from toolkits.public.linked_data.ratings import rating_thing
from toolkits.public.linked_data.script import embed


def absolute(path):
    return f"https://evidence.example.org{path}"


def test_a_rating_names_its_scale_and_its_ends():
    found = rating_thing(rating("strength", rank=4), absolute)
    assert (found["name"], found["url"]) == ("S", "https://evidence.example.org/record/301/")
    assert (found["ratingValue"], found["bestRating"], found["worstRating"]) == (4, 5, 1)


@pytest.mark.parametrize(
    "off", [rating(rank=None, level="Mixed"), rating("cost", level="££"), rating("economics", level="Yes")]
)
def test_what_is_no_order_from_worse_to_better_is_never_a_number(off):
    found = rating_thing(off, absolute)
    assert found["ratingValue"] == off.label
    assert not {"bestRating", "worstRating"} & set(found)


def test_a_figure_comes_with_its_range():
    months = msgspec.structs.replace(rating(), value="+5", unit="months", range_low="3", range_high="7")
    assert rating_thing(months, absolute)["description"] == "+5 months (3 to 7)"


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028"])
def test_no_name_ends_the_block(name):
    block = embed({"@type": "Thing", "name": name, "empty": "", "none": None, "list": [{}]})
    assert not set("<>&") & set(block)
    assert json.loads(block)["@graph"] == [{"@type": "Thing", "name": name}]


def test_a_zero_is_not_left_out():
    assert json.loads(embed({"value": 0, "day": datetime.date(2026, 1, 2).isoformat()}))["@graph"] == [
        {"value": 0, "day": "2026-01-02"}
    ]
