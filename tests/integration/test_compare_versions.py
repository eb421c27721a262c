"""Any two public versions of a record, field by field and rating by rating."""

import pytest

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits import actions
from toolkits.models import SharedList

COMPARE = "/record/1011/compare/"


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


@pytest.fixture
def three(mentoring, editor, reviewer):
    """Mentoring in three versions: another summary and rating in the second, another text in the third."""
    mentoring.summary = "Regular meetings with an older person."
    mentoring.save()
    rating = mentoring.ratings.get(level__scheme__slug="eef-months")
    rating.level, rating.reason = rating.level.scheme.levels.get(key="9"), "New trials."
    rating.save()
    republish(mentoring, editor, reviewer)
    mentoring.costs = "About **£5** an hour."
    mentoring.save()
    republish(mentoring, editor, reviewer)
    return mentoring


def rows(client, a, b):
    """{field: (before, after)} of the comparison."""
    return {
        field: (before, after) for field, before, after in client.get(COMPARE, {"a": a, "b": b}).context["differences"]
    }


def test_fields_and_ratings_differ_one_by_one(three, client):
    found = rows(client, 1, 3)
    assert found["summary"][1] == "Regular meetings with an older person."
    assert found["costs"] == ("", "About £5 an hour.")
    assert found["ratings › impact · eef-months › level"] == ("2", "9")
    assert found["ratings › impact · eef-months › reason"] == ("", "New trials.")
    assert rows(client, 2, 3).keys() == {"costs"}


def test_order_is_as_asked(three, client):
    assert rows(client, 3, 2)["costs"] == ("About £5 an hour.", "")


def test_page_shows_both_sides_and_is_not_indexed(three, client):
    page = text(client, f"{COMPARE}?a=1&b=2")
    assert "<ins>Regular meetings with an older person.</ins>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/record/1011/v1/"' in page


def test_equal_versions_say_so(three, client):
    assert "The two versions say the same." in text(client, f"{COMPARE}?a=2&b=2")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "The address does not say which version “a” is."),
        ("?a=1", 400, "The address does not say which version “b” is."),
        ("?a=1&b=x", 400, "“x” is not the number of a version."),
        ("?a=1&b=-1", 400, "“-1” is not the number of a version."),
        ("?a=1&b=²", 400, "“²” is not the number of a version."),
        ("?a=1&b=4", 404, "There is no version 4: the newest is version 3."),
        ("?a=0&b=1", 404, "There is no version 0"),
        ("?a=1&b=9999999999999999999999", 404, "the newest is version 3."),
    ],
)
def test_a_wrong_number_is_said_and_can_be_mended_there(three, client, query, status, words):
    answer = client.get(COMPARE + query)
    assert answer.status_code == status
    page = " ".join(answer.content.decode().split())
    assert words in page
    assert '<option value="3" selected>' in page


def test_a_record_that_never_was_is_not_found(network, client):
    assert client.get("/record/999999/compare/?a=1&b=2").status_code == 404


def test_a_removed_record_says_so(three, reviewer, client):
    actions.remove(record=three.pk, by=reviewer, reason="It named a person.")
    assert ask(client, f"{COMPARE}?a=1&b=2").status == 410


def test_shared_lists_can_be_compared(network, client):
    assert client.get(f"/record/{SharedList.objects.get(slug='outcomes').pk}/compare/?a=1&b=1").status_code == 200


def test_history_offers_any_two(three, client):
    page = text(client, "/toolkits/teaching-and-learning/mentoring/history/")
    assert f'action="{COMPARE}"' in page
    assert page.count("<option") == 6


def test_history_of_one_version_offers_none(network, client):
    assert "<option" not in text(client, "/toolkits/teaching-and-learning/mentoring/history/")


def test_an_answer_that_a_reader_has_is_not_given_again(three, editor, reviewer, client):
    first = client.get(f"{COMPARE}?a=1&b=2")
    assert client.get(f"{COMPARE}?a=1&b=2", headers={"If-None-Match": first["ETag"]}).status_code == 304
