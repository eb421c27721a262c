"""A wrong value in an address is explained, and the page still stands: never an error of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LISTS = ["/interventions/", "/toolkits/teaching-and-learning/", "/reports/"]
INTERVENTION = "/toolkits/teaching-and-learning/mentoring/"
LONG = "x" * 10_000

WRONG = [
    ("/interventions/", "impact", "banana"),
    ("/interventions/", "impact", "3"),  # a level of one centre's scale
    ("/interventions/", "sort", "impact"),  # never across scales
    ("/interventions/", "centre", "nobody"),
    ("/interventions/", "outcome", LONG),
    ("/interventions/", "age", "\0"),
    ("/interventions/", "view", "chart3d"),
    ("/interventions/", "format", "exe"),
    ("/interventions/", "page", "abc"),
    ("/interventions/", "page", "0"),
    ("/interventions/", "page", "-1"),
    ("/interventions/", "page", "1.5"),
    ("/interventions/", "page", "１"),
    ("/interventions/", "page", "\0"),
    ("/toolkits/teaching-and-learning/", "impact", "benefit"),  # a band, not a level
    ("/toolkits/teaching-and-learning/", "impact", "<script>alert(1)</script>"),
    ("/toolkits/teaching-and-learning/", "cost", LONG),
    ("/toolkits/local-growth/", "sort", "impact"),
    ("/toolkits/crime-reduction/", "sort", "cost"),
    ("/reports/", "kind", "novel"),
    ("/reports/", "year_from", "last year"),
    ("/reports/", "year_from", "9" * 5_000),
    ("/reports/", "year_to", "\0"),
    ("/reports/", "view", "table"),
]


@pytest.mark.parametrize(("path", "name", "value"), WRONG)
def test_a_wrong_value_is_left_out_and_explained(network, client, path, name, value):
    plain = client.get(path).context["listing"]
    response = client.get(path, {name: value})
    listing = response.context["listing"]
    assert response.status_code == 400
    assert len(listing.problems) == 1
    assert (listing.count, len(listing.rows)) == (plain.count, len(plain.rows))
    assert not listing.chips
    assert "ETag" not in response

    body = response.content.decode()
    assert "x" * 100 not in body
    assert "\0" not in body
    assert "<script>alert" not in body
    assert len(listing.problems[0]) < 300


def test_the_explanation_says_what_where_and_how_to_mend_it(network, client):
    problem = client.get("/interventions/?impact=banana").context["listing"].problems[0]
    assert "“banana”" in problem
    assert "“Impact”" in problem
    assert "“impact”" in problem
    sort = client.get("/interventions/?sort=cost").context["listing"].problems[0]
    assert "name, changed" in sort


def test_good_values_beside_a_wrong_one_still_count(network, client):
    both = client.get("/interventions/?impact=banana&impact=benefit&outcome=crime").context["listing"]
    good = client.get("/interventions/?impact=benefit&outcome=crime").context["listing"]
    assert len(both.problems) == 1
    assert both.count == good.count
    assert [chip.label for chip in both.chips] == [chip.label for chip in good.chips]
    assert "banana" not in dict(both.downloads)["CSV"]


def test_many_wrong_values_make_no_long_page(network, client):
    response = client.get("/interventions/?" + "&".join(f"impact=wrong{n}" for n in range(300)))
    problems = response.context["listing"].problems
    assert response.status_code == 400
    assert len(problems) == 6
    assert "295" in problems[-1]


@pytest.mark.parametrize("number", ["13", "999999", "9" * 5_000])
def test_beyond_the_end_is_the_last_page_and_a_404(network, client, number):
    response = client.get("/interventions/", {"page": number})
    listing = response.context["listing"]
    assert response.status_code == 404
    assert "12 pages" in listing.problems[0]
    assert listing.pagination.number == 12
    assert len(listing.rows) == 232 - 11 * 20


def test_beyond_the_end_of_nothing_is_a_404_too(network, client):
    response = client.get("/interventions/?impact=harm&outcome=housing&page=2")
    assert response.status_code == 404
    assert response.context["listing"].pagination is None


@pytest.mark.parametrize("path", LISTS)
def test_a_wrong_value_gives_no_download(network, client, path):
    response = client.get(path, {"centre": "nobody", "impact": "banana", "format": "csv"})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("wanted", ["exe", "csv", LONG, "\0"])
def test_a_page_without_that_format_says_which_it_has(network, client, wanted):
    response = client.get(INTERVENTION, {"format": wanted})
    assert response.status_code == 400
    assert "pdf" in response.context["problems"][0]
    assert INTERVENTION in response.content.decode()


@pytest.mark.parametrize("path", [*LISTS, INTERVENTION, "/", "/centres/", "/feeds/changes.xml", "/record/1001/"])
def test_empty_values_are_no_values(network, client, path):
    assert client.get(path, {"impact": "", "sort": "", "page": "", "format": "", "on": ""}).status_code in {200, 302}


def test_first_year_after_the_last_is_explained(network, client):
    response = client.get("/reports/?year_from=2019&year_to=2015")
    assert response.status_code == 400
    assert "Swap" in response.context["listing"].problems[0]


names = st.sampled_from(["impact", "cost", "outcome", "age", "centre", "sort", "view", "page", "format", "on", "file"])
values = st.one_of(
    st.text(max_size=30), st.sampled_from(["benefit", "none", "3", "name", "csv", "html", "pdf", "2", "2020-01-01"])
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([*LISTS, INTERVENTION, "/centres/", "/sitemap.xml", "/feeds/changes.xml"]),
    query=st.lists(st.tuples(names, values), max_size=5),
)
def test_no_query_is_an_error_of_ours(network, client, path, query):
    pairs = {}
    for name, value in query:
        pairs.setdefault(name, []).append(value.encode("utf-8", "surrogatepass"))
    assert client.get(path, pairs).status_code in {200, 400, 404}
