"""Shortlist and comparison: what an address gives, whatever stands in it."""

import csv
import io
import re

import pytest

from tests.factories.publishing import republish
from toolkits import actions
from toolkits.models import PublishedPage

COMPARE, SHORTLIST = "/compare/", "/shortlist/"
TUITION, MENTORING = 1013, 1011


@pytest.fixture
def picked(network):
    """The numbers of the first six live interventions."""
    return list(PublishedPage.objects.filter(kind="intervention").order_by("record").values_list("record", flat=True))[
        :6
    ]


def address(path, records, extra=""):
    return f"{path}?{'&'.join(f'i={record}' for record in records)}{extra}"


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [COMPARE, SHORTLIST])
@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "Add to shortlist"),
        ("i=", 200, "Add to shortlist"),
        ("i=1011", 200, "more"),
        ("i=1011&i=1011&i=1013", 200, "taken once"),
        ("i=1011&i=1013&i=999999", 400, "no intervention with the number 999999"),
        ("i=1011&i=1013&i=999999999", 400, "no intervention with the number 999999999"),
        ("i=1011&i=1013&i=banana", 400, "“banana” is not the number"),
        ("i=%00%0a&i=-1&i=%D9%A3&i=" + "9" * 400, 400, "was left out"),
        ("i=1011&i=201", 400, "is not an intervention"),
        ("i=1011&i=1013&age=old&nation=Mars&spend=lots&setting=moon&have=x", 400, "was left out"),
        ("&".join(f"i={n}" for n in range(1, 60)), 400, "20 interventions at most"),
    ],
)
def test_every_address_gives_clear_words(network, client, path, query, status, words):
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    assert words in text(response)
    assert not response.cookies


def test_two_to_five_are_compared_and_six_are_not(client, picked):
    for count in range(2, 6):
        response = client.get(address(COMPARE, picked[:count]))
        assert response.status_code == 200
        assert text(response).count('<th scope="col" class="comparison__cell') == count
    response = client.get(address(COMPARE, picked))
    assert response.status_code == 400
    assert "remove what matters least" in text(response)
    assert "comparison__table" not in text(response)


def test_what_is_gone_is_said_and_the_rest_is_compared(client, network, mentoring, reviewer):
    asked = address(COMPARE, [mentoring.pk, TUITION, 1012])
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Being looked at again")
    response = client.get(asked)
    assert response.status_code == 200
    assert "was withdrawn on" in text(response)
    assert "Being looked at again" in text(response)
    assert text(response).count('<th scope="col" class="comparison__cell') == 2
    assert client.get(address(COMPARE, [mentoring.pk])).status_code == 410


def test_a_list_keeps_what_was_picked(network, client):
    page = text(client.get("/interventions/?outcome=crime&i=1013"))
    assert "Shortlist (1)" in page
    assert '<input type="hidden" name="i" value="1013">' in page
    assert re.search(r'rel="canonical" href="http://testserver/interventions/\?outcome=crime"', page)
    adding = re.search(r'class="pick" href="([^"#]+)', page).group(1).replace("&amp;", "&")
    assert "outcome=crime" in adding
    assert "Shortlist (2)" in text(client.get(adding))
    plain = text(client.get("/interventions/?outcome=crime"))
    assert "shortlist-bar" not in plain
    assert 'rel="canonical"' not in plain


@pytest.mark.parametrize("path", ["/toolkits/crime-reduction/?view=table&i=1013", "/search/?q=mentoring&i=1013"])
def test_other_lists_keep_it_too(network, client, path):
    page = text(client.get(path))
    assert "Shortlist (1)" in page
    assert "i=1013&amp;i=" in page


def test_an_intervention_can_be_added_where_it_is_read(network, client):
    path = "/toolkits/teaching-and-learning/mentoring/"
    assert f'class="pick" href="{path}?i={MENTORING}"' in text(client.get(path))
    assert "On your shortlist" in text(client.get(f"{path}?i={MENTORING}"))


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("/families/mentoring/", MENTORING),
        ("/toolkits/teaching-and-learning/mentoring/", "other"),
        ("/syntheses/scared-straight-visits-and-offending/", "other"),
        ("/search/?q=mentoring", MENTORING),
    ],
)
def test_an_intervention_can_be_added_wherever_it_is_listed(network, client, path, record):
    plus = "&amp;" if "?" in path else "?"
    asked = text(client.get(f"{path}{plus.replace('&amp;', '&')}i={TUITION}"))
    offered = re.findall(rf'class="pick" href="{re.escape(path)}{re.escape(plus)}i={TUITION}&amp;i=(\d+)', asked)
    assert offered
    assert record in ("other", *map(int, offered))
    assert "Shortlist (1)</b>" in asked
    added = re.search(rf'href="(/[^"]*i={TUITION}&amp;i={offered[0]})(?:#[^"]*)?" rel="nofollow"', asked)[1]
    assert "Shortlist (2)</b>" in text(client.get(added.replace("&amp;", "&")))
    assert re.search(rf'href="/(?:toolkits|record)/[^"]+\?i={TUITION}"', asked)


def test_what_is_new_can_be_added_at_home_once(network, client, mentoring, editor, reviewer):
    for summary in ("Meetings.", "Regular meetings."):
        mentoring.summary = summary
        mentoring.save()
        republish(mentoring, editor, reviewer)
    home = text(client.get(f"/?i={TUITION}"))
    assert home.count(f'class="pick" href="/?i={TUITION}&amp;i={MENTORING}#row-{MENTORING}"') == 1
    assert home.count(f'id="row-{MENTORING}"') == 1
    assert home.count(f'href="/toolkits/teaching-and-learning/mentoring/?i={TUITION}"') == 2
    assert "Shortlist (1)</b>" in home


def test_files_have_day_versions_and_the_words_of_the_page(client, picked):
    asked = address(COMPARE, picked[:2], "&age=5-10")
    found = client.get(f"{asked}&format=json").json()
    assert found["compared_on"]
    assert [entry["record"] for entry in found["interventions"]] == picked[:2]
    assert all(entry["permanent_address"].endswith("/v1/") for entry in found["interventions"])
    lines = list(csv.DictReader(io.StringIO(client.get(f"{asked}&format=csv").content.decode("utf-8-sig"))))
    assert {line["record"] for line in lines} == {str(record) for record in picked[:2]}
    assert {line["fact"] for line in lines} == set(found["facts"])
    assert client.get(f"{asked}&format=exe").status_code == 400
    assert client.get(f"{address(COMPARE, picked[:1])}&format=csv").status_code == 400


def test_different_scales_and_things_are_said(network, client):
    other = PublishedPage.objects.filter(kind="intervention", toolkit="crime-reduction").first().record
    page = text(client.get(address(COMPARE, [MENTORING, other])))
    assert "Before you compare" in page
    assert "rated on different scales" in page
    assert "differs: not on one scale" in page


def test_crawlers_are_kept_from_every_choice(network, client):
    assert "Disallow: /*?i=" in text(client.get("/robots.txt"))
    assert 'content="noindex"' in text(client.get(address(SHORTLIST, [MENTORING])))
    assert 'content="noindex"' not in text(client.get(SHORTLIST))
