"""How far one word is from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkits.public.search.correcting import allowed, distance, spelt_with


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("reoffending", "reoffending", 0),
        ("reofending", "reoffending", 1),
        ("mentroing", "mentoring", 1),
        ("phonix", "phonics", 2),
        ("apprentiships", "apprenticeships", 2),
        ("cat", "elephant", 4),
    ],
)
def test_distance(one, other, far):
    assert distance(one, other, 3) == far


WORDS = st.text(alphabet="abc", max_size=6)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_none_only_to_itself(one, other):
    assert distance(one, other, 6) == distance(other, one, 6)
    assert (distance(one, other, 6) == 0) == (one == other)


@given(WORDS, st.integers(0, 5), st.sampled_from("abc"))
def test_one_letter_more_is_one_away(word, place, letter):
    assert distance(word, word[:place] + letter + word[place:], 3) == 1


def test_short_words_may_differ_less():
    assert [allowed("gang"), allowed("mentor"), allowed("apprentiships")] == [1, 2, 3]


def test_signs_stay_where_they_are():
    better = {"reofending": "reoffending", "prisson": "prison"}
    assert spelt_with('kids "Reofending" -prisson', better) == 'kids "reoffending" -prison'
