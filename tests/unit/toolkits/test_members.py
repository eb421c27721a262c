"""Who was a member on a day: both ends of a spell count."""

import datetime
from types import SimpleNamespace

import pytest

from toolkits.public.former import date_words
from toolkits.public.members import by_tier, members_on


def spell(tier, first, last=None):
    day = datetime.date.fromisoformat
    return SimpleNamespace(tier=tier, first_day=day(first), last_day=day(last) if last else None)


AFFILIATE = spell("affiliate", "2019-01-01", "2023-02-19")
CENTRE = spell("centre", "2023-02-20")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-12-31", []),
        ("2019-01-01", [AFFILIATE]),
        ("2023-02-19", [AFFILIATE]),
        ("2023-02-20", [CENTRE]),
        ("2999-12-31", [CENTRE]),
    ],
)
def test_spells_cover_their_first_and_last_day(day, expected):
    assert members_on(datetime.date.fromisoformat(day), [AFFILIATE, CENTRE]) == expected


def test_every_tier_is_named_the_highest_first():
    assert by_tier([AFFILIATE, CENTRE]) == {"centre": [CENTRE], "affiliate": [AFFILIATE], "associate": []}


@pytest.mark.parametrize(
    ("partial", "words"), [("2020", "2020"), ("2022-12", "December 2022"), ("2024-04-30", "30 April 2024")]
)
def test_partial_dates_in_words(partial, words):
    assert date_words(partial) == words


@pytest.mark.parametrize("partial", ["", "soon", "2022-13", "2023-02-30"])
def test_what_is_no_partial_date_is_refused(partial):
    with pytest.raises(ValueError, match=r".+"):
        date_words(partial)
