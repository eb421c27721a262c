"""Every public address, in every state a record can be in."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from evidence.models import FamilyMember
from toolkits import actions, published
from toolkits.models import PublishedPage, PublishedVersion
from toolkits.public import sitemaps

FIXED = ["home", "interventions", "toolkits", "families", "centres", "reports", "methods", "about", "accessibility"]
FIXED += ["privacy", "feed", "sitemap", "robots"]
MENTORING = "/toolkits/teaching-and-learning/mentoring/"


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", FIXED)
def test_fixed_address_answers(network, client, name):
    assert client.get(reverse(f"public:{name}")).status_code == 200


@pytest.mark.parametrize("kind", ["intervention", "toolkit", "centre", "report", "family", "method"])
def test_every_published_page_answers_and_names_itself(network, client, kind):
    pages = list(PublishedPage.objects.filter(kind=kind))
    assert pages
    for page in pages:
        response = client.get(page.path)
        assert response.status_code == 200, page.path
        assert response.context["page"].record == page.record
        assert response.context["page"].title == page.title


def test_every_record_leads_to_its_page_and_its_version(network, client):
    for version in PublishedVersion.objects.all():
        living = client.get(reverse("public:record", args=[version.record]))
        assert living.status_code == 302, version.record
        assert living["Location"] == (version.path or reverse("public:record_version", args=[version.record, 1]))
        exact = client.get(reverse("public:record_version", args=[version.record, version.version]))
        assert exact.status_code == 200, version.record
        assert exact.context["version"].digest == version.digest


@pytest.mark.parametrize("record", [1001, 101, 201, 5001, 1])
def test_every_kind_of_record_has_a_history(network, client, record):
    response = client.get(reverse("public:record_history", args=[record]), follow=True)
    assert response.status_code == 200
    assert [version.version for version in response.context["versions"]] == [1]


def test_network_in_numbers_is_counted_from_what_is_published(network, client, mentoring, reviewer):
    expected = {"interventions": 232, "toolkits": 14, "ratings": 521, "reports": 82, "centres": 15, "families": 20}
    assert client.get("/").context["numbers"] == expected

    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    found = client.get("/").context["numbers"]
    assert (found["interventions"], found["ratings"]) == (231, 521 - mentoring.ratings.count())


def test_home_leads_to_toolkits_outcomes_and_changes(network, client):
    context = client.get("/").context
    assert sum(entry["count"] for entry in context["toolkits"]) == 232
    assert len(context["changes"]) == 5
    crime = next(outcome for outcome in context["outcomes"] if "outcome=crime" in outcome["url"])
    assert client.get(crime["url"]).context["listing"].count == crime["count"] > 0


@pytest.mark.parametrize("path", ["/nothing/", "/toolkits/nothing/", f"{MENTORING}nothing/", "/record/999999/"])
@pytest.mark.parametrize("more", ["", "%00", "?impact=%00"])
def test_unknown_address_is_a_page_that_helps(network, client, path, more):
    response = client.get(path + more)
    assert response.status_code == 404
    assert reverse("public:interventions") in text(response)


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000])
def test_absurd_record_number_is_not_found(network, client, number):
    assert client.get(f"/record/{number}/").status_code == 404
    assert client.get(f"/record/1001/v{number}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_only_read(network, client, method):
    for path in ["/", MENTORING, "/interventions/", "/feeds/changes.xml", "/record/1001/", "/healthz"]:
        assert getattr(client, method)(path).status_code == 405, path


def test_head_has_the_headers_and_no_body(network, rf, client):
    # The client would drop a body by itself, so the view is asked directly.
    for path in [MENTORING, "/interventions/"]:
        match = resolve(path)
        response = match.func(rf.head(path), **match.kwargs)
        assert response.content == b""
        assert client.head(path)["Content-Length"] == str(len(client.get(path).content))
    download = resolve("/interventions/").func(rf.head("/interventions/?format=csv"))
    assert list(download.streaming_content) == []


def test_reading_sets_no_cookie_and_varies_by_none(network, client, network_admin):
    client.force_login(network_admin)
    client.cookies["csrftoken"] = "a" * 32
    for name in FIXED:
        response = client.get(reverse(f"public:{name}"))
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


# What a page leads to.


def test_intervention_shows_how_other_centres_rate_the_idea(network, client):
    context = client.get(MENTORING).context
    assert context["family"].path == "/families/mentoring/"
    others = {other.page.path for other in context["others"]}
    assert "/toolkits/youth-violence/mentoring/" in others
    assert MENTORING not in others


def test_a_link_to_something_unpublished_vanishes(network, client, reviewer, other_centre_editor):
    other = PublishedPage.objects.get(path="/toolkits/youth-violence/mentoring/")
    actions.remove(record=other.record, by=other_centre_editor, reason="Gone")
    for path in [MENTORING, "/families/mentoring/"]:
        response = client.get(path)
        assert other.record not in {one.page.record for one in response.context["others"]}
        assert other.path not in text(response)


def test_every_family_member_is_on_its_familys_page(network, client):
    for member in FamilyMember.objects.select_related("family").order_by("family", "pk"):
        found = client.get(f"/families/{member.family.slug}/").context["others"]
        assert (member.intervention_id, member.relation) in {(one.page.record, one.relation) for one in found}


@pytest.mark.parametrize(
    ("path", "kind", "date", "successor"),
    [
        ("/centres/eif/", "merged", "December 2022", "/centres/foundations/"),
        ("/toolkits/early-intervention-guidebook/", "merged", "December 2022", "/centres/foundations/"),
        ("/toolkits/wellbeing/", "closed", "30 April 2024", None),
        ("/centres/what-works-scotland/", "ended", "2020", None),
    ],
)
def test_pages_of_a_former_centre_say_so(network, client, path, kind, date, successor):
    response = client.get(path)
    former = response.context["former"]
    assert (former.kind, former.date_text) == (kind, date)
    assert (former.successor.path if former.successor else None) == successor
    assert date in text(response)


def test_interventions_of_a_former_centre_say_so_and_others_do_not(network, client):
    page = PublishedPage.objects.filter(toolkit="early-intervention-guidebook").exclude(kind="toolkit").first()
    assert client.get(page.path).context["former"].successor.path == "/centres/foundations/"
    assert client.get(MENTORING).context["former"] is None


def test_successor_names_where_it_came_from(network, client):
    origins = client.get("/centres/foundations/").context["origins"]
    assert {origin["page"].path for origin in origins} == {"/centres/eif/", "/centres/wwcsc/"}


def test_toolkits_of_former_centres_stand_apart(network, client):
    context = client.get("/toolkits/").context
    assert {entry["page"].toolkit for entry in context["former"]} == {"early-intervention-guidebook", "wellbeing"}
    assert len(context["current"]) == 12
    assert sum(entry["count"] for entry in [*context["current"], *context["former"]]) == 232


# Who was a member on that day?


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-01-01", (9, 3, 2)),
        ("2012-12-31", (0, 0, 0)),
        ("2022-12-31", (11, 2, 1)),
        ("2023-02-19", (9, 2, 1)),
        ("2023-02-20", (10, 1, 1)),
    ],
)
def test_members_on_a_day(network, client, day, expected):
    context = client.get("/centres/", {"on": day}).context
    assert tuple(context["total"].values()) == expected
    assert tuple(len(tier["spells"]) for tier in context["tiers"]) == expected


def test_members_today_and_those_who_left(network, client):
    context = client.get("/centres/").context
    assert context["day"] == context["today"]
    left = {entry["page"].centre: entry["successor"] for entry in context["former"]}
    assert set(left) == {"eif", "wwcsc", "wellbeing", "what-works-scotland"}
    assert left["eif"].path == "/centres/foundations/"
    assert left["wellbeing"] is None


@pytest.mark.parametrize("day", ["banana", "2020-02-30", "20200101", "2020-1-1", "0000-00-00", "9" * 10_000, "\0"])
def test_what_is_no_day_is_explained(network, client, day):
    response = client.get("/centres/", {"on": day})
    assert response.status_code == 400
    assert "2020-01-01" in response.context["problem"]
    assert len(text(response)) < 20_000


# For machines.


def test_sitemap_names_every_live_page_once(network, client):
    body = text(client.get("/sitemap.xml"))
    for path in PublishedPage.objects.values_list("path", flat=True):
        assert body.count(f"<loc>http://testserver{path}</loc>") == 1
    assert "<loc>http://testserver/studies/20001/</loc>" in body
    assert body.count("/studies/</loc>") == 2 * len(published.studies_changed()[1])  # in English and in Welsh
    assert body.count("<loc>") == len(list(sitemaps._in_each_language(sitemaps._entries())))


def test_sitemap_says_when_a_page_and_its_list_last_changed(network, client):
    page = PublishedPage.objects.filter(kind="report").order_by("-published_at").first()
    body = text(client.get("/sitemap.xml"))
    for path in (page.path, "/reports/"):
        entry = body.partition(f"<loc>http://testserver{path}</loc>")[2].partition("</url>")[0]
        assert f"<lastmod>{page.published_at.isoformat(timespec='seconds')}</lastmod>" in entry


def test_sitemap_is_compressed(network, client):
    assert client.get("/sitemap.xml", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_sitemap_beyond_the_limit_becomes_several_files(network, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 100)
    body = text(client.get("/sitemap.xml"))
    assert "<sitemapindex" in body
    files = -(-len(list(sitemaps._in_each_language(sitemaps._entries()))) // 100)
    assert body.count("<loc>") == body.count("<lastmod>") == files
    assert text(client.get(f"/sitemap.xml?file={files}")).count("<loc>") <= 100
    assert client.get(f"/sitemap.xml?file={files + 1}").status_code == 404


def test_robots_names_the_sitemap_and_keeps_out_of_the_editors_side(network, client):
    body = text(client.get("/robots.txt"))
    assert "Sitemap: http://testserver/sitemap.xml" in body
    assert "Disallow: /admin/" in body
    assert "Disallow: /editorial/" in body


def test_healthz_asks_no_database(client):
    # Without the fixture that allows a database, any query is an error.
    assert client.get("/healthz").content == b"ok\n"


def test_readyz_is_ready_with_a_network(network, client):
    assert client.get("/readyz").status_code == 200


def test_readyz_names_what_is_missing(empty_database, client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"load_network" in response.content
    with connection.cursor() as cursor:
        newest = "(SELECT max(name) FROM django_migrations WHERE app = 'toolkits')"
        cursor.execute(f"DELETE FROM django_migrations WHERE app = 'toolkits' AND name = {newest}")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"migrate" in response.content


def test_an_error_of_ours_is_a_page_that_needs_nothing(network, monkeypatch):
    def broken(*args):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("toolkits.published.page_at", broken)
    response = Client(raise_request_exception=False).get(MENTORING)
    assert response.status_code == 500
    assert b"broken on purpose" not in response.content
    assert b'href="/"' in response.content


def test_a_request_with_too_many_values_is_refused_in_words(network, client):
    response = client.get("/interventions/?" + "&".join(["a=1"] * 1001))
    assert response.status_code == 400
    assert reverse("public:interventions") in text(response)
