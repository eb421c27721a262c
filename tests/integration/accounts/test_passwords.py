"""Passwords that anybody would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("WhatWorks-2026!", "password_of_known_words"),
        ("eef-eef-eef-eef", "password_of_known_words"),
        ("Education Endowment 1", "password_of_known_words"),
        ("toolkit.editor.7", "password_of_known_words"),
        ("trustno1trustno1"[:8], "password_too_common"),
        ("9753124680", "password_entirely_numeric"),
    ],
)
def test_a_password_of_our_own_words_is_refused(network, password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert code in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password",
    ["a staple of correct horses", "evidence of a purple giraffe", "𝔭𝔞𝔰𝔰 🦒🦒🦒🦒 -- {}", "q" * 3 + " zebra " * 9],
)
def test_others_are_taken_whatever_they_are_made_of(network, password):
    validate_password(password)
