"""Words that mean the same, put beside what was typed; never inside quotes, never after a minus."""

from hypothesis import given
from hypothesis import strategies as st

from toolkits import payloads
from toolkits.matches import Unit
from toolkits.public.search import synonyms
from toolkits.public.search.parsing import parse

SYNONYMS = synonyms.build(
    [
        payloads.Synonyms(term="school exclusion", equivalents=["suspension", "expulsion"]),
        payloads.Synonyms(term="kids", equivalents=["children", "young people"]),
        payloads.Synonyms(term="NEET", equivalents=["not in education employment or training"]),
        payloads.Synonyms(term="the", equivalents=["of"]),
    ]
)


def units(text):
    return list(synonyms.expand(parse(text), SYNONYMS))


def test_a_member_brings_the_others_whatever_its_ending():
    assert units("suspensions") == [Unit(("suspensions",), others=(("school", "exclusion"), ("expulsion",)))]


def test_the_longest_member_counts():
    (unit,) = units("school exclusions")
    assert unit.words == ("school", "exclusions")
    assert set(unit.others) == {("suspension",), ("expulsion",)}


def test_an_abbreviation_and_its_long_form_lead_to_each_other():
    assert units("neet")[0].others == (("not", "in", "education", "employment", "or", "training"),)
    (unit,) = units("not in education, employment or training")
    assert unit.others == (("neet",),)
    assert unit.words == ("education", "employment", "training")


def test_quotes_and_minus_are_taken_as_they_are():
    assert units('"school exclusion"') == [Unit(("school", "exclusion"), phrase=True)]
    assert units("mentoring -kids") == [Unit(("mentoring",))]
    assert parse("mentoring -kids").unwanted == (("kids",),)


def test_common_words_stand_for_nothing():
    assert units("the of") == []


def test_words_of_asking_need_not_be_found_unless_they_are_all_there_is():
    assert [(unit.said, unit.optional) for unit in units("stop kids")] == [("stop", True), ("kids", False)]
    assert [(unit.said, unit.optional) for unit in units("stop")] == [("stop", False)]


@given(st.lists(st.sampled_from(["kids", "school", "exclusion", "the", "neet", "young", "people", "x"]), max_size=10))
def test_every_typed_word_but_common_ones_is_in_some_unit(said):
    found = units(" ".join(said))
    assert {word for unit in found for word in unit.words} == {word for word in said if word != "the"}
    assert not found or not all(unit.optional for unit in found)
