import pytest

from toolkits.reading_age import reading_age, syllables

WORDS = {
    1: "the made shapes used walked we employed's grades times",
    2: "table tables wanted needed reading changes boxes houses police",
    3: "behaviour mentoring employment",
    4: "education intervention",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in WORDS.items() for word in words.split() if "'" not in word],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_formula_by_hand():
    # 6 words of 1 syllable, 1 sentence: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45; no text is for somebody younger than 5.
    assert reading_age("The cat sat on the mat.") == 5
    # 8 words, 2 sentences, 16 syllables: 0.39 × 4 + 11.8 × 2 − 15.59 = 9.57, rounded to 10, and 5.
    assert reading_age("Reading police table wanted. Reading police table wanted.") == 15


def test_one_long_sentence_is_harder_than_three_short_ones():
    short = "A pupil meets an older pupil every week. They talk about school. They set goals."
    long = "A pupil meets an older pupil every week and they talk about school and set goals together for the term."
    assert reading_age(short) < reading_age(long)


@pytest.mark.parametrize("text", ["", "  ", "1.10 – 2.5", "…"])
def test_a_text_without_words_has_none(text):
    assert reading_age(text) is None


def test_an_abbreviation_inside_a_word_ends_no_sentence():
    assert reading_age("It cost 1.5 million.") == reading_age("It cost 15 million.")
