import datetime

import pytest

from centres import partial_dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2022-12", (2022, 12, 1), (2022, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-04-30", (2024, 4, 30), (2024, 4, 30)),
    ],
)
def test_a_partial_date_means_its_first_day_as_a_start_and_its_last_as_an_end(text, first, last):
    assert partial_dates.first_day(text) == datetime.date(*first)
    assert partial_dates.last_day(text) == datetime.date(*last)


@pytest.mark.parametrize("text", ["", "20", "2020-13", "2020-00", "2023-02-29", "2020-1-1", "March 2013", "2013-03-"])
def test_what_is_no_partial_date(text):
    assert not partial_dates.is_partial_date(text)
