"""Cursors: opaque, of one question and one publication, and never a way to make the server stumble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkits.public.api import cursors

QUESTION = "/api/v1/interventions/?impact=benefit"
NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)


@given(st.text(), NUMBERS, NUMBERS)
def test_a_cursor_leads_back_to_where_it_was_made(question, number, position):
    cursor = cursors.write(question, number, position)
    assert cursors.read(cursor, question) == (number, position)
    assert cursors.position_at(cursor, question, number) == position


def test_a_cursor_of_an_earlier_publication_has_expired_and_says_of_which():
    cursor = cursors.write(QUESTION, 7, 20)
    with pytest.raises(cursors.Expired) as expired:
        cursors.position_at(cursor, QUESTION, 8)
    assert expired.value.number == 7


def test_a_cursor_of_another_question_is_none():
    cursor = cursors.write(QUESTION, 7, 20)
    with pytest.raises(cursors.Malformed):
        cursors.read(cursor, "/api/v1/interventions/?impact=harm")


@given(st.text())
def test_whatever_is_written_instead_is_refused_and_nothing_else(text):
    with pytest.raises(cursors.Malformed):
        cursors.read(text, QUESTION)


def test_a_cursor_that_was_changed_is_refused():
    cursor = cursors.write(QUESTION, 7, 20)
    for place in range(0, len(cursor), 3):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(cursors.Malformed):
            cursors.read(changed, QUESTION)
