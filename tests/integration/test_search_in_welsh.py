"""Search under /cy/: what a centre says in Welsh is found as it is written, and nothing of the English is lost."""

import re

import pytest

from tests.factories.publishing import republish
from toolkits.models import PublishedPage, PublishedWord, SearchedPage

ENGLISH_QUESTIONS = ["rough sleepers", "mentoring prisons", '"small group"', "mentoring -school", "apprentiships"]


@pytest.fixture
def in_welsh(mentoring, editor, reviewer):
    """Mentoring, live with a name, a summary and key messages in Welsh."""
    mentoring.name_cy = "Mentora disgyblion mewn tŷ cynnes"
    mentoring.summary_cy = "Cymorth i blant gan oedolyn"
    mentoring.key_messages_cy = "Ychydig o dystiolaeth sydd am bresenoldeb"
    mentoring.confirm_welsh()
    mentoring.save()
    republish(mentoring, editor, reviewer)
    return PublishedPage.objects.get(record=mentoring.pk)


def groups(client, words, prefix="/cy"):
    found = client.get(f"{prefix}/search/", {"q": words}).context["groups"]
    return {group.kind: [row.page.record for row in group.rows] for group in found}


# A name, its accent left out and with it, a word that English stems would cut, a summary, a key message, a phrase; a
# question with little words that the text has not.
@pytest.mark.parametrize(
    "asked",
    ["mentora", "ty", "tŷ", "cynnes", "oedolyn", "bresenoldeb", '"disgyblion mewn tŷ"', "cymorth yn y disgyblion"],
)
def test_welsh_words_are_found_as_they_are_written(in_welsh, client, asked):
    assert groups(client, asked)["intervention"][0] == in_welsh.record
    listed = client.get("/cy/interventions/", {"q": asked}).context["listing"]
    assert [row.page.record for row in listed.rows] == [in_welsh.record]


def test_welsh_is_indexed_without_english_stems(in_welsh):
    vector = SearchedPage.objects.get(record=in_welsh.record).search

    assert "'cynnes':" in vector
    assert "'cynn':" not in vector


@pytest.mark.parametrize("asked", ENGLISH_QUESTIONS)
def test_a_question_in_english_finds_the_same_in_the_same_order(network, client, asked):
    assert groups(client, asked) == groups(client, asked, prefix="")
    assert groups(client, asked)


def test_a_question_in_both_languages_is_one_question(in_welsh, client):
    assert groups(client, "disgyblion mentoring")["intervention"][0] == in_welsh.record
    assert in_welsh.record not in groups(client, "mentoring -disgyblion")["intervention"]


def test_a_row_says_what_was_found_in_the_language_it_does_not_show(in_welsh, client):
    welsh = client.get("/cy/search/", {"q": '"older peer"'}).content.decode()
    english = client.get("/search/", {"q": "oedolyn"}).content.decode()

    assert re.search(r'Yn Saesneg: <span lang="en">[^/]*<mark>', welsh)
    assert re.search(r'In Welsh: <span lang="cy">[^/]*<mark>oedolyn</mark>', english)


def test_suggestions_begin_as_what_is_typed_in_either_language(in_welsh, client):
    found = client.get("/cy/search/suggest/", {"q": "disgyb"}).content.decode()
    by_english = client.get("/cy/search/suggest/", {"q": "mentor"}).content.decode()

    assert f'<a href="/cy{in_welsh.path}">Mentora disgyblion mewn tŷ cynnes</a>' in found
    assert f'<a href="/cy{in_welsh.path}">Mentora disgyblion mewn tŷ cynnes</a>' in by_english
    assert re.search(r'<a href="[^"]*" lang="en">[^<]*[Mm]entor', by_english)


def test_did_you_mean_knows_the_welsh_words(in_welsh, client):
    assert PublishedWord.objects.filter(word="disgyblion").exists()
    found = client.get("/cy/interventions/", {"q": "disgyblon"}).context["listing"]
    assert found.search.found.suggestion.text == "disgyblion"
