import pytest
from django.core.exceptions import ValidationError

from evidence import ratings
from evidence.models import Rating
from evidence.ratings import ScaleLevel

MONTHS = [
    ScaleLevel("negative", 0, "harm"),
    ScaleLevel("0", 1, "no effect"),
    ScaleLevel("1", 2, "benefit"),
    ScaleLevel("2", 3, "benefit"),
    ScaleLevel("3", 4, "benefit"),
    ScaleLevel("unclear", None, "unknown"),
]


@pytest.mark.parametrize(
    ("key", "expected"), [("negative", (1, 5)), ("0", (2, 5)), ("3", (5, 5)), ("unclear", (None, 5))]
)
def test_rank_counts_levels_on_the_scale_only(key, expected):
    assert ratings.rank(MONTHS, key) == expected


def test_levels_of_one_order_share_a_rank():
    levels = [ScaleLevel("a", 1, ""), ScaleLevel("b", 1, ""), ScaleLevel("c", 2, "")]
    assert [ratings.rank(levels, level.key)[0] for level in levels] == [1, 1, 2]


@pytest.mark.parametrize(("key", "position"), [("negative", -1), ("0", 0), ("1", 1), ("3", 3), ("unclear", None)])
def test_ruler_grows_from_no_effect(key, position):
    assert ratings.ruler(MONTHS, key) == (position, 1, 3)


def test_level_without_direction_has_no_place_on_a_ruler():
    assert ratings.ruler([ScaleLevel("a", 1, "")], "a") == (None, 0, 0)


def test_ambiguous_labels():
    assert ratings.ambiguous_labels(["Low", "Low", "High"]) == {"Low"}


@pytest.mark.parametrize(("low", "high"), [("few", "3"), ("1", "many"), ("1e3", "2")])
def test_a_range_that_is_no_number_is_left_to_its_fields(low, high):
    Rating(range_low=low, range_high=high).clean()


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValidationError):
        Rating(range_low="3", range_high="-1").clean()
