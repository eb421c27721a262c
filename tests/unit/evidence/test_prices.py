"""Prices of one year in those of another."""

import pytest

from evidence import prices


@pytest.mark.parametrize(("year", "index"), [("1990", 42.7537), ("2010", 69.1217), ("2023", 96.2507), ("2024", 100.0)])
def test_the_table_has_each_year_of_its_edition_in_its_place(year, index):
    assert prices.DEFLATORS[year] == index
    assert len(prices.YEARS) == 35


def test_a_financial_year_is_converted_to_a_financial_year():
    assert prices.beside("2016-17", "2024") == "2024-25"
    assert prices.beside("2016-17", "1999") == "1999-00"
    assert prices.beside("2016", "2024") == "2024"
    assert prices.convert(100, "2016-17", "2024-25") == pytest.approx(131.4324, abs=1e-4)


def test_an_amount_follows_the_ratio_of_the_deflators_and_comes_back():
    assert prices.convert(100, "2010", "2024") == pytest.approx(144.6724, abs=1e-4)
    assert prices.convert(prices.convert(100, "2010", "2024"), "2024", "2010") == pytest.approx(100)
    assert prices.convert(100, "2019", "2019") == 100


@pytest.mark.parametrize("years", [("2023-24", "2024"), ("1989", "2024"), ("2024", "2025"), ("2014-15", "2024-25")])
def test_a_year_without_a_deflator_is_named_and_nothing_is_converted(years):
    with pytest.raises(prices.NotConverted) as caught:
        prices.factor(*years)
    assert caught.value.year in {"2024", "1989", "2025", "2014-15"}
