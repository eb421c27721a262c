"""The lists of the API against the pages for people: the same results, facets, counts and orders; and their pages."""

import pytest
from django.urls import reverse

from tests.factories.publishing import republish
from tests.integration.api.calls import get, path_of, walk
from toolkits.models import PublishedPage

NETWORK = [
    {},
    {"impact": ["benefit", "harm"]},
    {"outcome": "reoffending", "strength": "none"},
    {"q": "mentoring"},
    {"q": "apprentiships"},
    {"q": "help with maths cheaply", "centre": "eef"},
    {"q": "rough sleepers", "sort": "name"},
    {"age": ["5-10", "none"], "toolkit": ["teaching-and-learning", "early-years"], "sort": "changed"},
    {"outcome": "attainment", "impact": "harm", "cost": "lower", "setting": "custody"},
]
TOOLKIT = [
    {},
    {"impact": ["3", "2"], "strength": "4", "sort": "cost"},
    {"q": "reading", "sort": "strength"},
    {"age": "11-15", "sort": "name"},
]
REPORTS = [{}, {"year_from": 2015, "year_to": 2019}, {"q": "wales"}, {"centre": "college-of-policing", "sort": "name"}]


def shown(listing):
    """The facets of a page for people, as the API writes them."""
    return [
        {
            "name": facet.name,
            "title": facet.title,
            "note": facet.note or None,
            "options": [
                {"value": it.value, "label": it.label, "count": it.count, "chosen": it.chosen} for it in facet.options
            ],
        }
        for facet in listing.facets
    ]


def check(client, page, path, query):
    listing = client.get(page, query).context["listing"]
    answer = get(client, path, **query)
    assert answer["count"] == listing.count
    assert answer["total"] == listing.total
    assert answer["facets"] == shown(listing)
    assert answer["sort_note"] == listing.sort_note
    assert [record["record"] for record in answer["data"]] == [row.page.record for row in listing.rows]


@pytest.mark.parametrize("query", NETWORK)
def test_interventions_are_those_of_find_what_works(network, client, query):
    check(client, reverse("public:interventions"), path_of("interventions"), query)


@pytest.mark.parametrize("query", TOOLKIT)
def test_interventions_of_a_toolkit_are_those_of_its_page(network, client, query):
    toolkit = PublishedPage.objects.get(kind="toolkit", toolkit="teaching-and-learning")
    check(client, toolkit.path, path_of("toolkit_interventions", toolkit.record), query)


@pytest.mark.parametrize("query", REPORTS)
def test_reports_are_those_of_their_page(network, client, query):
    check(client, reverse("public:reports"), path_of("reports"), query)


def test_a_walk_meets_every_record_once(network, client):
    found = [record["record"] for record in walk(client, path_of("interventions"), limit=37, sort="changed")]
    live = PublishedPage.objects.filter(kind="intervention", state="live").values_list("record", flat=True)
    assert sorted(found) == sorted(live)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("toolkits", "toolkit"),
        ("centres", "centre"),
        ("schemes", "method"),
        ("families", "family"),
        ("syntheses", "synthesis"),
        ("reports", "report"),
    ],
)
def test_every_kind_is_walked_whole(network, client, name, kind):
    found = [record["record"] for record in walk(client, path_of(name), limit=7)]
    live = PublishedPage.objects.filter(kind=kind, state="live").values_list("record", flat=True)
    assert sorted(found) == sorted(live)
    assert len(found) > 7


def test_a_cursor_of_before_a_publication_says_that_it_has_expired(network, client, mentoring, editor, reviewer):
    following = get(client, path_of("interventions"), limit=5)["next"]
    mentoring.summary = "An older pupil meets a younger one every week."
    mentoring.save()
    republish(mentoring, editor, reviewer)
    problem = client.get(following)
    assert problem.status_code == 410
    assert problem.json()["type"] == "/api/#problem-expired-cursor"
    assert "/api/v1/changes/?since=" in problem.json()["detail"]


def test_a_cursor_goes_with_its_question(network, client):
    answer = get(client, path_of("interventions"), limit=5)
    cursor = answer["next"].rpartition("cursor=")[2].replace("%3D", "=")
    assert get(client, path_of("interventions"), limit=3, cursor=cursor)["data"]
    assert get(client, path_of("interventions"), 404, impact="harm", cursor=cursor)["errors"][0]["where"] == "cursor"
    assert get(client, path_of("reports"), 404, cursor=cursor)["errors"][0]["where"] == "cursor"


@pytest.mark.parametrize(
    ("query", "where", "mend"),
    [
        ({"limt": 5}, "limt", "“limit”"),
        ({"page": 2}, "page", "“cursor”"),
        ({"view": "table"}, "view", "It has these: age, "),
        ({"impact": "bnefit"}, "impact", "“benefit”"),
        ({"impact": "qqq"}, "impact", "benefit, mixed"),
        ({"sort": "impact"}, "sort", "relevance, name, changed"),
        ({"limit": 101}, "limit", "at most 100"),
        ({"limit": 0}, "limit", "from 1 on"),
        ({"limit": "ten"}, "limit", "a whole number"),
        ({"limit": [1, 2]}, "limit", "once"),
        ({"q": "x" * 501}, "q", "at most 500"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_write(network, client, query, where, mend):
    problem = get(client, path_of("interventions"), 400, **query)
    assert problem["errors"][0]["where"] == where
    assert mend in problem["errors"][0]["mend"]
    assert problem["errors"][0]["what"] in problem["detail"]


def test_a_value_that_other_toolkits_have_is_not_here(network, client):
    path = path_of("toolkit_interventions", PublishedPage.objects.get(kind="toolkit", toolkit="local-growth").record)
    problem = get(client, path, 404, sort="cost")
    assert problem["errors"][0]["where"] == "sort"
    assert "name" in problem["errors"][0]["mend"]
    assert get(client, path, 404, impact="7")["errors"][0]["where"] == "impact"
    assert get(client, path, 400, impact="7", outcome="nothing")["errors"]


def test_nothing_lies_between_two_years_the_wrong_way_round(network, client):
    assert "Swap" in get(client, path_of("reports"), 404, year_from=2020, year_to=2010)["detail"]
