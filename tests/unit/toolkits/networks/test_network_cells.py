"""What a cell says, what a working row keeps of it, and that writing gives the cell back."""

import datetime

import pytest

from toolkits.networks.cells import Choice, Day, Flag, Number, Points, References, Text, Whole
from toolkits.networks.problems import did_you_mean, shown

ABOUT = {"name": "column", "about": ""}
POINTS = Points(**ABOUT)
TEXT = Text(**ABOUT)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (TEXT, "", ""),
        (TEXT, "Plain, words; and such", "Plain, words; and such"),
        (TEXT, "'=1+1", "=1+1"),
        (TEXT, "''=1+1", "'=1+1"),
        (TEXT, "'- a point\n- another", "- a point\n- another"),
        (TEXT, "'tis text", "'tis text"),
        (TEXT, "-1.10", "-1.10"),
        (POINTS, "One; Two", "One\nTwo"),
        (POINTS, "'=1; Two", "=1\nTwo"),
        (POINTS, "", ""),
        (Number(**ABOUT), "-1.10", "-1.10"),
        (Whole(**ABOUT), "12", 12),
        (Whole(**ABOUT), "", None),
        (Day(**ABOUT), "2020-02-29", datetime.date(2020, 2, 29)),
        (Day(**ABOUT), "", None),
        (Flag(**ABOUT), "yes", True),
        (Flag(**ABOUT), "", False),
        (Flag(**ABOUT, no="no"), "no", False),
        (Choice(**ABOUT, words=("en", "cy"), default="en"), "cy", "cy"),
        (Choice(**ABOUT, words=("en", "cy"), default="en"), "", "en"),
        (References(**ABOUT, to=("outcomes", "slug")), "a;b", ("a", "b")),
        (References(**ABOUT, to=("outcomes", "slug")), "", ()),
    ],
)
def test_a_cell_comes_back_as_it_was(column, cell, value):
    column.check(cell)
    assert column.read(cell) == value
    assert column.write(value) == cell


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        (POINTS, "One;Two ;", "One; Two"),
        (References(**ABOUT, to=("outcomes", "slug")), "b;a", "a;b"),
        (Choice(**ABOUT, words=("en", "cy"), default="en"), "en", ""),
    ],
)
def test_two_spellings_of_the_same_are_alike(column, one, other):
    assert column.alike(one) == column.alike(other)


def test_an_order_of_points_is_not_alike():
    assert POINTS.alike("One; Two") != POINTS.alike("Two; One")


def test_a_hint_names_the_nearest_word_or_all():
    assert did_you_mean("Mentorin", ["mentoring", "phonics"]) == 'Did you mean "mentoring"?'
    assert did_you_mean("x", ["mentoring", "phonics"]) == "Known are: mentoring, phonics."


def test_a_shown_value_is_one_short_line():
    assert shown("a\nb" + "c" * 100) == '"a\\x0ab' + "c" * 57 + '…"'
