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


def test_formatted_text_is_compared_as_it_reads():
    before = {"costs_html": "<p>About £5 &amp; more.</p>\n<ul>\n<li>one</li>\n</ul>"}
    after = {"costs_html": "<p>About <strong>£6</strong>.</p>"}
    assert differences(before, after) == [Difference("costs", "About £5 & more.\none", "About £6.")]


def test_a_change_of_markup_alone_is_shown_as_it_is():
    before, after = {"gaps_html": '<p><a href="/a">x</a></p>'}, {"gaps_html": '<p><a href="/b">x</a></p>'}
    assert differences(before, after) == [Difference("gaps", '<p><a href="/a">x</a></p>', '<p><a href="/b">x</a></p>')]


def test_what_has_a_name_is_called_by_it():
    before = {"outcomes": [{"slug": "a", "name": "Attainment"}]}
    after = {"outcomes": [{"slug": "a", "name": "Attainment"}, {"slug": "b", "name": "Behaviour"}]}
    assert differences(before, after) == [Difference("outcomes", "Attainment", "Attainment\nBehaviour")]


def test_two_things_of_one_name_are_told_apart():
    (found,) = differences({"toolkits": [{"record": 1, "name": "A"}]}, {"toolkits": [{"record": 2, "name": "A"}]})
    assert found.before != found.after


def test_a_source_reads_as_on_its_page():
    after = {"other_sources": [{"url": "https://example.org/a", "note": "table 3"}]}
    assert differences({}, after) == [Difference("other sources", "", "https://example.org/a (table 3)")]


def test_a_new_rating_is_told_line_by_line():
    rated = {
        **rating("3"),
        "scheme": {"slug": "s", "name": "Months", "record": 301},
        "by_network": False,
        "rank": 3,
        "position": 0,
    }
    (found,) = differences({"ratings": []}, {"ratings": [rated]})
    # Where its symbol is drawn follows from the level.
    assert found.after == "axis: impact\nscheme: Months\nlevel: 3"
