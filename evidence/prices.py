"""Prices of one year in those of another, by the GDP deflator. Pure: no Django.

The figures are facts of one edition: HM Treasury, "GDP deflators at market prices, and money GDP", December 2025
(Quarterly National Accounts), calendar years (ONS series MNF2), 2024 = 100, to four places. The edition's own file
was out of reach when they were entered: they are those of the copy in the R package greenbook
(inst/extdata/gdp_deflator.csv). That copy has calendar years from 1990 only, so no financial year is converted. Another
edition takes the place of the whole table, because editions revise earlier years and are not to be mixed.
"""

from dataclasses import dataclass
from types import MappingProxyType

EDITION = "December 2025"
SOURCE = "https://www.gov.uk/government/collections/gdp-deflators-at-market-prices-and-money-gdp"
BASE_YEAR = "2024"

_FROM_1990 = (
    42.7537, 45.6203, 47.1096, 48.5208, 49.4168, 50.7097, 52.8097, 52.8303, 53.5326, 54.2793,
    54.8102, 55.7479, 56.9110, 58.2660, 59.8584, 61.5718, 63.4682, 64.7322, 66.8900, 68.2170,
    69.1217, 70.8340, 71.9294, 73.4795, 74.6524, 75.1536, 76.4554, 77.6367, 79.1606, 81.1085,
    85.2137, 85.6358, 90.5005, 96.2507, 100.0,
)  # fmt: skip
DEFLATORS = MappingProxyType({str(1990 + place): index for place, index in enumerate(_FROM_1990)})
YEARS = tuple(DEFLATORS)


@dataclass(frozen=True)
class NotConverted(Exception):
    """No deflator is recorded for `year`."""

    year: str


def factor(from_year, to_year):
    """What prices of `from_year` are multiplied by to be those of `to_year`; NotConverted names the year not known."""
    for year in (from_year, to_year):
        if year not in DEFLATORS:
            raise NotConverted(year)
    return DEFLATORS[to_year] / DEFLATORS[from_year]


def convert(amount, from_year, to_year):
    """`amount` pounds in prices of `from_year`, in those of `to_year`."""
    return amount * factor(from_year, to_year)
