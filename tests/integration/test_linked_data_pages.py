"""What pages say to machines equals what they say to people, and is not said of drafts."""

import html
import json
import re

import pytest
from django.urls import reverse

from toolkits import actions
from toolkits.models import PublishedPage

TYPES = {
    "/": {"Organization", "WebSite"},
    "/interventions/": {"Dataset", "BreadcrumbList"},
    "/reports/": {"Dataset", "BreadcrumbList"},
    "/toolkits/crime-reduction/": {"Dataset", "BreadcrumbList"},
    "/toolkits/teaching-and-learning/mentoring/": {"ScholarlyArticle", "Thing", "Review", "BreadcrumbList"},
    "/syntheses/scared-straight-visits-and-offending/": {"Dataset", "ScholarlyArticle", "BreadcrumbList"},
    "/studies/20001/": {"ScholarlyArticle", "BreadcrumbList"},
    "/centres/eef/": {"Organization", "BreadcrumbList"},
    "/methods/eef-months/": {"DefinedTermSet", "BreadcrumbList"},
    "/families/mentoring/": {"CollectionPage", "BreadcrumbList"},
}


def block(body):
    """The things in a page's one data block."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    read = json.loads(found)
    assert read["@context"] == "https://schema.org"
    return read["@graph"]


def kinds(things):
    found = [thing["@type"] for thing in things]
    return {name for kind in found for name in (kind if isinstance(kind, list) else [kind])}


@pytest.mark.parametrize(("path", "types"), TYPES.items())
def test_a_page_says_what_it_is(network, client, path, types):
    assert kinds(block(client.get(path).content.decode())) == types


@pytest.mark.parametrize("path", [path for path in TYPES if path != "/"])
def test_the_trail_is_the_one_that_is_shown(network, client, path):
    body = client.get(path).content.decode()
    trail = next(thing for thing in block(body) if thing["@type"] == "BreadcrumbList")["itemListElement"]
    shown = re.findall(r'breadcrumbs__link" href="([^"]+)">([^<]+)<', body)
    said = [(item["item"].removeprefix("http://testserver"), item["name"]) for item in trail[:-1]]
    assert said == [(address, html.unescape(name)) for address, name in shown]
    assert [item["position"] for item in trail] == list(range(1, len(trail) + 1))
    assert trail[-1]["name"] in html.unescape(re.sub("<[^>]+>", "", body.partition("<h1")[2].partition("</h1>")[0]))


def test_every_rating_of_every_intervention_equals_the_published_one(network, client):
    numbers = 0
    for page in PublishedPage.objects.filter(kind="intervention").order_by("record")[::6]:
        things = block(client.get(page.path).content.decode())
        reviews = [thing["reviewRating"] for thing in things if thing["@type"] == "Review"]
        assert len(reviews) == len(page.payload.get("ratings", []))
        for review, rating in zip(reviews, page.payload.get("ratings", []), strict=True):
            assert review["name"].startswith(rating["scheme"]["name"])
            assert review["alternateName"] == rating["label"]
            if rating["off_scale"] or rating["rank"] is None:
                assert review["ratingValue"] == rating["label"]
            if "bestRating" in review:
                numbers += 1
                assert review["ratingValue"] == rating["rank"]
                assert review["bestRating"] == rating["steps"]
    assert numbers > 20


def test_an_article_has_its_version_its_dates_and_its_licence(network, client):
    article = block(client.get("/toolkits/teaching-and-learning/mentoring/").content.decode())[0]
    page = PublishedPage.objects.get(record=1011)
    assert article["identifier"] == f"http://testserver/record/1011/v{page.version}/"
    assert article["dateModified"] == page.published_at.date().isoformat()
    assert client.get(article["license"]).status_code == 200
    assert 'id="licence"' in client.get("/about/").content.decode()


def test_a_preview_says_nothing_to_machines(network, client, mentoring, editor):
    client.force_login(editor)
    response = client.get(reverse("editorial:preview_draft", args=["intervention", mentoring.pk]))
    assert response.status_code == 200
    assert "application/ld+json" not in response.content.decode()


# --- the catalogue ---------------------------------------------------------------------------------------------------

NEEDED = {
    *("dct:title", "dct:description", "dct:publisher", "dct:license", "dct:accessRights", "dct:identifier"),
    *("dct:issued", "dct:modified", "dct:spatial", "dct:language", "dcat:landingPage", "dcat:distribution"),
}


def test_the_catalogue_describes_every_toolkit_with_files_that_are_there(network, client):
    response = client.get("/data/catalogue.jsonld")
    assert response["Content-Type"].startswith("application/ld+json")
    catalogue = json.loads(response.content)
    assert catalogue["@type"] == "dcat:Catalog"
    datasets = {dataset["@id"]: dataset for dataset in catalogue["dcat:dataset"]}
    assert len(datasets) == len(catalogue["dcat:dataset"])
    for page in PublishedPage.objects.filter(kind="toolkit"):
        found = datasets[f"http://testserver/record/{page.record}/"]
        assert found["dct:title"] == page.title
        assert found["dcat:theme"]
    prefixes = set(catalogue["@context"])
    for dataset in datasets.values():
        assert set(dataset) >= NEEDED, dataset["@id"]
        assert {name.partition(":")[0] for name in dataset if not name.startswith("@")} <= prefixes
        for file in dataset["dcat:distribution"]:
            answer = client.get(file["dcat:downloadURL"]["@id"])
            answer.getvalue()  # a file that is read to its end closes itself
            assert answer.status_code == 200, file["@id"]
            media_type = file["dcat:mediaType"]["@id"].rpartition("media-types/")[2]
            assert answer["Content-Type"].startswith(media_type)


def test_the_catalogue_has_the_publication_number_and_follows_it(network, client, mentoring, reviewer):
    before = json.loads(client.get("/data/catalogue.jsonld").content)
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    after = json.loads(client.get("/data/catalogue.jsonld").content)
    assert int(after["dcat:version"]) == int(before["dcat:version"]) + 1
