"""Prices of one year in those of another, by the GDP deflator. Pure: no Django.

The figures are facts of one edition: HM Treasury, "GDP deflators at market prices, and money GDP", December 2025
(Quarterly National Accounts), to four places. It has two tables, of calendar years (ONS series MNF2, 2024 = 100) and of
financial years (2024-25 = 100). Its own file was out of reach when they were entered, so they are those of two copies:
calendar years from 1990 in the R package greenbook (inst/extdata/gdp_deflator.csv), financial years from 2015-16 in the
data of a page on Scottish budgets (github.com/ShetlandJ/da-siller-fae-holyrood, scripts/data/budget-data.json).

Each table has a base of its own, so a price of one is never converted to one of the other. Another edition takes the
place of both, because editions revise earlier years and are not to be mixed.
"""

from dataclasses import dataclass
from types import MappingProxyType

EDITION = "December 2025"
SOURCE = "https://www.gov.uk/government/collections/gdp-deflators-at-market-prices-and-money-gdp"
BASE_YEAR = "2024"
BASE_FINANCIAL_YEAR = "2024-25"

_FROM_1990 = (
    42.7537, 45.6203, 47.1096, 48.5208, 49.4168, 50.7097, 52.8097, 52.8303, 53.5326, 54.2793,
    54.8102, 55.7479, 56.9110, 58.2660, 59.8584, 61.5718, 63.4682, 64.7322, 66.8900, 68.2170,
    69.1217, 70.8340, 71.9294, 73.4795, 74.6524, 75.1536, 76.4554, 77.6367, 79.1606, 81.1085,
    85.2137, 85.6358, 90.5005, 96.2507, 100.0,
)  # fmt: skip
DEFLATORS = MappingProxyType({str(1990 + place): index for place, index in enumerate(_FROM_1990)})
YEARS = tuple(DEFLATORS)
FINANCIAL_DEFLATORS = MappingProxyType({
    "2015-16": 74.5894, "2016-17": 76.0847, "2017-18": 77.0481, "2018-19": 78.8043, "2019-20": 80.8836,
    "2020-21": 85.1105, "2021-22": 85.3140, "2022-23": 91.3107, "2023-24": 96.1297, "2024-25": 100.0,
})  # fmt: skip


@dataclass(frozen=True)
class NotConverted(Exception):
    """No deflator is recorded for `year`."""

    year: str


def _is_financial(year):
    return "-" in year


def beside(price_year, year):
    """The year of the kind of `price_year` that calendar year `year` stands for: 2024-25 for a financial year and 2024."""
    return f"{year}-{(int(year) + 1) % 100:02}" if _is_financial(price_year) else year


def factor(from_year, to_year):
    """What prices of `from_year` are multiplied by to be those of `to_year`; NotConverted names the year not known.

    Both are calendar years (2024) or financial years (2023-24); of the other kind, `to_year` is not known.
    """
    deflators = FINANCIAL_DEFLATORS if _is_financial(from_year) else DEFLATORS
    for year in (from_year, to_year):
        if year not in deflators:
            raise NotConverted(year)
    return deflators[to_year] / deflators[from_year]


def convert(amount, from_year, to_year):
    """`amount` pounds in prices of `from_year`, in those of `to_year`."""
    return amount * factor(from_year, to_year)
