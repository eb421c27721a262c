"""How many queries each public answer costs, with every field of what it shows touched, whoever asks.

The first request after a publication also builds what lists keep in the process: three queries more.
"""

import dataclasses

import msgspec
import pytest
from django.urls import reverse

from toolkits import published
from toolkits.models import PublishedPage
from toolkits.public import index
from toolkits.public.open_data import keeping

INTERVENTION = "/toolkits/early-intervention-guidebook/multisystemic-therapy/"
KEPT = 3  # the facet index of all lists, the vocabularies, and the pages that say something about others
NUMBERS = 1  # the network in numbers, counted once a publication

BUDGETS = {
    # a page alone
    "/reports/a-systematic-review-of-tagging-as-a-method-to-reduce-theft-in-retail-e/": 1,
    "/methods/eef-months/": 1,
    "/syntheses/scared-straight-visits-and-offending/": 1,
    "/syntheses/scared-straight-visits-and-offending/?format=pdf": 1,
    "/syntheses/scared-straight-visits-and-offending/?format=json": 1,
    # a page with links
    INTERVENTION: 2,
    # the page, and the live syntheses that hold its studies
    f"{INTERVENTION}studies/": 2,
    "/toolkits/youth-violence/prison-awareness-programmes/studies/?uk=no&format=csv": 2,
    "/syntheses/": 2,
    "/studies/20001/": 2,
    f"{INTERVENTION}history/": 2,
    f"{INTERVENTION}cost/": 1,
    # the exact versions, their pages of today, what came after; a file says nothing of the last
    "/pack/?i=1070v1&i=1013v1&s=8001v1": 3,
    "/pack/?i=1070v1&i=1013v1&s=8001v1&format=docx": 2,
    "/centres/foundations/": 2,
    "/families/mentoring/": 2,
    "/record/1001/v1/": 2,
    "/record/1/v1/": 2,
    "/record/201/history/": 2,
    "/record/1/history/": 2,
    # lists
    "/toolkits/early-intervention-guidebook/": 2,
    "/toolkits/teaching-and-learning/?view=table&impact=3&impact=2&strength=4&sort=cost": 2,
    "/interventions/": 2,
    "/interventions/?view=table&outcome=crime&impact=benefit&page=2": 2,
    # a list with words: what has them, how they rank; where hardly anything has: each word, other spellings
    "/interventions/?q=mentoring": 4,
    "/interventions/?q=rough+sleepers&outcome=housing&view=table": 4,
    "/interventions/?q=children&view=by-outcome": 4,
    "/toolkits/crime-reduction/?q=children": 4,
    "/reports/?q=wales": 4,
    "/interventions/?q=apprentiships": 7,
    "/interventions/?q=help+with+maths+cheaply+angry": 6,
    "/interventions/?q=phonics&centre=yef": 6,
    "/interventions/?q=%22%22": 2,
    "/interventions/?q=mentoring&format=csv": 4,
    # everything at once
    "/search/": 1,
    "/search/?q=mentoring": 4,
    "/search/?q=apprentiships": 7,
    "/search/?q=zzzzzz": 7,
    "/search/suggest/?q=ment": 2,
    "/search/suggest/?q=m": 1,
    "/toolkits/": 2,
    "/families/": 2,
    "/methods/": 2,
    "/reports/": 2,
    "/reports/?year_from=2015&centre=college-of-policing": 2,
    "/centres/": 2,
    "/centres/?on=2020-01-01": 2,
    # the corrections of all pages: by centre, and one page of them
    "/corrections/": 3,
    "/corrections/?centre=eef": 3,
    "/feeds/corrections.xml": 2,
    # a shortlist: the number, then what is on it with its syntheses, however many
    "/shortlist/": 1,
    "/shortlist/?i=1011&i=1013&i=1101&i=1001&nation=Wales": 2,
    "/compare/?i=1011&i=1013": 2,
    "/compare/?i=1011&i=1013&i=1101&i=1001&i=1012&age=5-10&nation=Wales&spend=lower": 2,
    "/compare/?i=1011&i=1013&format=json": 2,
    # two versions: the page, its versions, the two of them whole
    "/record/1001/compare/?a=1&b=1": 3,
    "/record/1/compare/?a=1&b=1": 3,
    "/": 3,
    "/about/": 1,
    "/feeds/changes.xml": 2,
    "/feeds/early-intervention-guidebook.xml": 2,
    "/feeds/records/1011.xml": 2,
    "/feeds/centres/eef.xml": 2,
    "/interventions/?centre=eef&format=atom": 2,
    "/reports/?kind=report&format=atom": 2,
    "/record/1001/v1/?format=ris": 2,
    # the toolkits and their dates; which interventions have syntheses, and these
    "/data/catalogue.jsonld": 6,
    # the open data, once they are made: the number, and which event was the last
    "/data/": 2,
    "/data/ratings.csv": 2,
    "/data/changes.csv?since=1": 2,
    "/data/codebook/": 0,
    # forms: what is to be followed
    "/follow/": 0,
    "/follow/?record=1011": 1,
    "/follow/?search=/interventions/%3Fcentre%3Deef": 1,
    "/sitemap.xml": 4,
    "/interventions/?format=csv": 2,
    "/reports/?format=csv": 2,
    # the API: the number, then what the page beside it reads; as many for a hundred results as for one
    "/api/v1/": 1,
    "/api/v1/interventions/?limit=1": 2,
    "/api/v1/interventions/?limit=100": 2,
    "/api/v1/interventions/?q=mentoring": 4,
    "/api/v1/toolkits/201/interventions/": 3,
    "/api/v1/reports/": 2,
    "/api/v1/syntheses/": 2,
    "/api/v1/vocabularies/": 2,
    "/api/v1/records/1013/": 2,
    "/api/v1/records/1/": 4,
    "/api/v1/records/1013/versions/": 3,
    "/api/v1/records/1013/versions/1/": 3,
    "/api/v1/interventions/1013/studies/": 3,
    "/api/v1/studies/20001/": 2,
    "/api/v1/changes/?since=0&limit=1": 2,
    "/api/v1/changes/?since=0&limit=100": 2,
    "/api/v1/no/such/call/": 1,
    # nothing to read
    "/accessibility/": 0,
    "/privacy/": 0,
    "/robots.txt": 0,
    # elsewhere
    "/record/1001/": 1,
    "/toolkits/nothing/": 2,
}

# What Django's own context processors add; merely looking at the user would load it.
OF_THE_REQUEST = {"request", "user", "perms", "messages", "csrf_token", "DEFAULT_MESSAGE_LEVELS"}


def touch(value):
    """Read every field and property of whatever a template may be given."""
    if isinstance(value, dict):
        for item in value.values():
            touch(item)
    elif isinstance(value, list | tuple | set):
        for item in value:
            touch(item)
    elif dataclasses.is_dataclass(value) or isinstance(value, msgspec.Struct):
        properties = [name for name in dir(type(value)) if not name.startswith("_")]
        for name in properties:
            found = getattr(value, name)
            if not callable(found):
                touch(found)


@pytest.fixture(params=["visitor", "signed-in staff"])
def reader(request, network, client):
    """A client, as each of the two readers of public pages."""
    if request.param == "signed-in staff":
        client.force_login(request.getfixturevalue("network_admin"))
    return client


@pytest.mark.parametrize(("path", "budget"), BUDGETS.items())
def test_public_answer_keeps_to_its_queries(reader, path, budget, django_assert_num_queries):
    index.snapshot_at(published.publication_number())
    index.numbers_at(published.publication_number())
    if path.startswith("/data/"):
        keeping.kept()
    with django_assert_num_queries(budget):
        response = reader.get(path)
        if response.streaming:
            assert b"".join(response.streaming_content)
        # A page of one template gives its context itself, any other a list of them.
        contexts = response.context or []
        for context in contexts if isinstance(contexts, list) else [contexts]:
            flat = context.flatten()
            touch([value for name, value in flat.items() if name not in OF_THE_REQUEST])
    assert response.status_code in {200, 302, 404}


@pytest.mark.parametrize(
    ("path", "budget"),
    [("/interventions/", 2 + KEPT), ("/toolkits/crime-reduction/", 2 + KEPT), ("/", 3 + KEPT + NUMBERS)],
)
def test_first_list_after_a_publication_costs_three_queries_more_and_the_next_none(
    reader, path, budget, django_assert_num_queries
):
    with django_assert_num_queries(budget):
        reader.get(path)
    with django_assert_num_queries(budget - KEPT - (NUMBERS if path == "/" else 0)):
        reader.get(path)


def test_the_index_loads_no_documents(network, django_assert_num_queries):
    with django_assert_num_queries(KEPT) as queries:
        index.build_snapshot()
    rows = next(query["sql"] for query in queries if "sort_impact" in query["sql"])
    columns = rows.partition(" FROM ")[0]
    # The two conditions read one key each of centres' and reports' documents, never a whole one.
    assert columns.count('"payload"') == 2
    assert columns.count('"payload" ->>') == 2


def test_a_list_of_any_length_costs_the_same(reader, django_assert_num_queries):
    longest = {toolkit.toolkit for toolkit in PublishedPage.objects.filter(kind="toolkit")}
    index.snapshot_at(published.publication_number())
    for toolkit in sorted(longest):
        with django_assert_num_queries(2):
            reader.get(reverse("public:toolkit", args=[toolkit]), {"view": "table"})
