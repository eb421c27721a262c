"""Addresses, dates and numbers as people read them."""

import pytest

from toolkits.payloads import Term
from toolkits.templatetags.plain_words import bare_address, grouped, partial_date, term_names


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.example.org/a/", "example.org/a"),
        ("http://example.org/?q=www.", "example.org/?q=www."),
        ("https://wwwfoo.org", "wwwfoo.org"),
    ],
)
def test_an_address_loses_what_nobody_says(url, words):
    assert bare_address(url) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020", "2020"),
        ("2022-12", "December 2022"),
        ("2024-04-30", "30 April 2024"),
        ("2024-13", "2024-13"),
        ("before 2019", "before 2019"),
        ("", ""),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(text, words):
    assert partial_date(text) == words


def test_thousands_stand_apart():
    assert grouped(137000000) == "137,000,000"


def test_terms_are_named_in_their_order():
    assert term_names([Term("b", "Bees"), Term("a", "Ants")]) == "Bees, Ants"
