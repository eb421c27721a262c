"""Which studies are one and the same, entered twice."""

import pytest

from evidence.duplicates import DOI, REGISTRATION, TITLE, Told, likeness

LONG = "A randomised trial of reading aloud in primary schools"


@pytest.mark.parametrize(
    ("a", "b", "by"),
    [
        (Told(doi="10.1/AB"), Told(doi="https://doi.org/10.1/ab."), DOI),
        (Told(doi="doi: 10.1/ab"), Told(doi="10.1/ac"), ""),
        (Told(registration="ISRCTN 1234-5678"), Told(registration="isrctn12345678"), REGISTRATION),
        (Told(title=LONG, year=2010), Told(title=f"{LONG.upper()}.", year=2011), TITLE),
        (Told(title=LONG, year=2010), Told(title=LONG, year=2012), ""),
        (Told(title=LONG), Told(title=LONG), ""),
        (Told(title="A pilot trial", year=2010), Told(title="A pilot trial", year=2010), ""),
        (Told(title=LONG, year=2010, doi="10.1/a"), Told(title=LONG, year=2010, doi="10.1/b"), ""),
        (Told(label="García 2010", year=2010), Told(label="Garcia (2010)", year=2010), TITLE),
        (Told(label="Garcia 2010", year=2010), Told(label="Garcia 2010b", year=2010), ""),
        (Told(), Told(), ""),
    ],
)
def test_likeness_is_told_by_the_surest_sign_and_either_way_round(a, b, by):
    assert likeness(a, b) == likeness(b, a) == by
