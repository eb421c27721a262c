from toolkits.differences import Difference, differences


def rating(level, axis="impact", aspect=""):
    return {"axis": axis, "scheme": {"slug": "s"}, "outcome": "", "aspect": aspect, "level": level}


def test_equal_payloads_do_not_differ():
    assert differences({"name": "a", "ratings": [rating("3")]}, {"name": "a", "ratings": [rating("3")]}) == []


def test_a_field_shows_both_sides():
    assert differences({"summary": "old"}, {"summary": "new"}) == [Difference("summary", "old", "new")]


def test_ratings_are_compared_one_by_one():
    before = {"ratings": [rating("3"), rating("2", "cost")]}
    after = {"ratings": [rating("4"), rating("2", "cost"), rating("1", "strength")]}
    found = differences(before, after)
    assert found[0] == Difference("ratings › impact · s › level", "3", "4")
    assert [d.field for d in found] == ["ratings › impact · s › level", "ratings › strength · s"]


def test_aspects_are_told_apart():
    before = {"ratings": [rating("a", aspect="Behaviour"), rating("b", aspect="Attitudes")]}
    after = {"ratings": [rating("b", aspect="Attitudes"), rating("c", aspect="Behaviour")]}
    assert differences(before, after) == [Difference("ratings › impact · s · Behaviour › level", "a", "c")]


def test_lists_of_words_are_compared_as_a_whole():
    assert differences({"cautions": ["a"]}, {"cautions": ["a", "b"]}) == [Difference("cautions", "a", "a\nb")]


def test_new_record_shows_everything_as_new():
    assert differences({}, {"name": "New"}) == [Difference("name", "", "New")]
