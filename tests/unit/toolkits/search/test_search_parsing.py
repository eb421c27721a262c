"""Reading what somebody typed: words, phrases, minus; and that no text at all can break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkits.public.search.parsing import LONGEST, MOST_WORDS, Part, parse
from toolkits.words import is_stop


def parts(text):
    return list(parse(text).parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rough sleepers", [Part(("rough", "sleepers"))]),
        ("Café  MENTORS", [Part(("cafe", "mentors"))]),
        ('help "peer tutoring" now', [Part(("help",)), Part(("peer", "tutoring"), phrase=True), Part(("now",))]),
        ("“peer tutoring”", [Part(("peer", "tutoring"), phrase=True)]),
        ("mentoring -school", [Part(("mentoring",)), Part(("school",), minus=True)]),
        ('mentoring -"after school"', [Part(("mentoring",)), Part(("after", "school"), phrase=True, minus=True)]),
        ("problem-oriented policing", [Part(("problem", "oriented", "policing"))]),
        ("A&E", [Part(("a", "e"))]),
        ('"peer tutoring', [Part(("peer", "tutoring"))]),
        ('say "one two" and "three', [Part(("say",)), Part(("one", "two"), phrase=True), Part(("and", "three"))]),
        ("- -- ---", []),
        ('""', []),
        ("Ynys Môn", [Part(("ynys", "mon"))]),
        ("a\0b", [Part(("a", "b"))]),
    ],
)
def test_text_is_read_as(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "the of and", "-school", '"the"', "-", '"', "!?%$", "\0\0", "-a -b"])
def test_nothing_to_look_for(text):
    assert parse(text).is_empty


@pytest.mark.parametrize("text", ["x", "the mentoring", '"to be mentored"', "mentoring -school"])
def test_something_to_look_for(text):
    assert not parse(text).is_empty


def test_a_long_text_is_cut_and_says_so():
    asked = parse("mentoring " * 2_000)
    assert asked.cut
    assert len(asked.text) <= LONGEST
    assert sum(len(part.words) for part in asked.parts) <= MOST_WORDS
    assert not parse("mentoring in schools").cut


# Text of signs that mean something here, and of any signs at all.
ODD = st.one_of(st.text(max_size=400), st.text(alphabet="ab \"-–“”\0\\'&|!:*()<>%é", max_size=60))


@given(ODD)
def test_any_text_is_read_within_its_limits(text):
    asked = parse(text)
    assert len(asked.text) <= LONGEST
    assert asked.text.isprintable()
    said = [word for part in asked.parts for word in part.words]
    assert all(word.isalnum() for word in said)
    assert sum(not is_stop(word) for word in said) <= MOST_WORDS
    assert all(part.words for part in asked.parts)
    # Whatever is shown back is read the same again, so that an address has one meaning.
    assert parse(asked.text).parts == asked.parts


@given(st.lists(st.sampled_from(["mentoring", "school", "kids"]), min_size=1, max_size=6), st.booleans())
def test_minus_and_quotes_belong_to_their_own_words(said, phrase):
    quoted = f'"{" ".join(said)}"' if phrase else " ".join(said)
    asked = parse(f"{quoted} -prison")
    assert asked.unwanted == (("prison",),)
    assert [part.words for part in asked.wanted] == [tuple(said)]
    assert asked.wanted[0].phrase == phrase
