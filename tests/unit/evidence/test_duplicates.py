"""Which studies are one and the same, entered twice."""

import random

import pytest

from evidence.duplicates import DOI, REGISTRATION, TITLE, Told, likeness, pairs

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


def test_pairs_are_those_that_comparing_each_with_every_other_finds():
    """Among titles of common words, of which one in eight differs, and labels, years and numbers that repeat."""
    chance = random.Random(5)
    words = [
        "a",
        "trial",
        "of",
        "reading",
        "aloud",
        "with",
        "small",
        "groups",
        "pupils",
        "schools",
        "primary",
        "tutoring",
        "effects",
        "on",
        "spelling",
    ]

    def another(n):
        title = chance.sample(words, chance.choice([0, 3, 9, len(words)]))
        if len(title) == len(words):
            # A misspelt word is rare, so the rarest word alone does not lead from one title to the other.
            title[chance.randrange(len(words))] = f"misspelt{n % 40}"
        told = {"year": chance.choice([None, 2010, 2011, 2014]), "title": " ".join(title)}
        number = chance.choice(["", "", "", f"10.1/{n % 40}"])
        return Told(
            label=f"Author {n % 30}", doi=number, registration=chance.choice(["", "", f"ISRCTN {n % 50}"]), **told
        )

    studies = [another(n) for n in range(300)]
    expected = [(a, b, likeness(a, b)) for place, b in enumerate(studies) for a in studies[:place] if likeness(a, b)]
    assert {tell for _a, _b, tell in expected} == {DOI, REGISTRATION, TITLE}
    assert pairs(studies) == expected
