"""Feeds: public events only, each with its reason, its permanent address and no name of a person; valid Atom."""

import datetime
import html
from importlib import import_module
from xml.etree import ElementTree

import pytest

from toolkits import actions
from toolkits.models import Decision, PublicationEvent, PublishedPage
from toolkits.models.publishing import Change

ATOM = "{http://www.w3.org/2005/Atom}"


def only(element, name):
    """The text of the one child of that name, which Atom asks for."""
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text


def check_atom(body):
    """What RFC 4287 asks of a feed, as far as ours use it."""
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    found = feed.findall(f"{ATOM}entry")
    names = [only(element, "id") for element in (feed, *found)]
    assert len(set(names)) == len(names)
    assert all(name.startswith("tag:localhost,2026:") and not set(name) & set(' <>"{}|\\^`') for name in names)
    for element in (feed, *found):
        assert only(element, "title")
        assert datetime.datetime.fromisoformat(only(element, "updated")).tzinfo
        assert all(link.get("href").startswith("http://testserver/") for link in element.findall(f"{ATOM}link"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"alternate", "self"}
    for entry in found:
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        # HTML of text alone: no element that somebody wrote into a reason.
        assert "<" not in summary.text
    assert only(feed, "updated") == max([only(entry, "updated") for entry in found], default=only(feed, "updated"))


def entries(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    check_atom(response.content)
    return [
        {
            "id": entry.findtext(f"{ATOM}id"),
            "title": entry.findtext(f"{ATOM}title"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "link": entry.find(f"{ATOM}link").get("href"),
        }
        for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
    ]


@pytest.fixture
def submitted(mentoring, editor):
    mentoring.summary = "A pupil meets an older peer every week."
    mentoring.save()
    return actions.submit(document=mentoring, by=editor, change=Change.WORDING, note="Said more plainly")


def test_feed_tells_what_was_published_and_why(network, client, submitted, reviewer):
    actions.decide(revision=submitted, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=submitted, by=reviewer)
    latest = entries(client.get("/feeds/changes.xml"))[0]
    assert latest["title"] == "Mentoring: Published"
    assert latest["link"] == f"http://testserver/record/{submitted.record_id}/v2/"
    assert latest["summary"] == "Wording. Said more plainly"


def test_what_is_not_public_is_not_in_a_feed(network, client, submitted, editor, reviewer):
    before = entries(client.get("/feeds/changes.xml"))
    actions.decide(revision=submitted, by=reviewer, verdict=Decision.Verdict.RETURNED, note="Cite the study")
    assert entries(client.get("/feeds/changes.xml")) == before
    assert PublicationEvent.objects.filter(public=False).exists()


def test_feeds_never_read_who_did_it(network, client, submitted, reviewer, django_assert_num_queries):
    with django_assert_num_queries(2) as queries:
        body = client.get("/feeds/changes.xml").content.decode()
    assert not any('"by_id"' in query["sql"] for query in queries)
    for person in ["editor", "reviewer", "example.org"]:
        assert f">{person}" not in body


def test_withdrawal_is_an_event_of_its_own(network, client, mentoring, reviewer):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    latest, *older = entries(client.get("/feeds/changes.xml"))
    assert latest["title"] == "Mentoring: Withdrawn"
    assert "Under review" in latest["summary"]
    assert latest["link"] == f"http://testserver/record/{mentoring.pk}/"
    assert latest["id"] not in {entry["id"] for entry in older}


def test_import_says_where_it_came_from(network, client):
    assert all("Imported from" in entry["summary"] for entry in entries(client.get("/feeds/changes.xml")))


def test_toolkit_feed_has_only_its_own(network, client, mentoring, reviewer):
    page = PublishedPage.objects.get(record=mentoring.pk)
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    assert entries(client.get(f"/feeds/{page.toolkit}.xml"))[0]["title"] == "Mentoring: Withdrawn"
    own = set(PublishedPage.objects.filter(toolkit="early-years").values_list("record", flat=True))
    found = entries(client.get("/feeds/early-years.xml"))
    assert len(found) == len(own)
    assert {int(entry["link"].split("/")[4]) for entry in found} == own


def test_feed_of_no_toolkit_is_not_found(network, client):
    assert client.get("/feeds/nothing.xml").status_code == 404


def test_a_reason_with_markup_is_text(network, client, mentoring, reviewer):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="<script>alert(1)</script> & so on")
    latest = entries(client.get("/feeds/changes.xml"))[0]
    assert html.unescape(latest["summary"]) == "<script>alert(1)</script> & so on"


def test_a_record_has_a_feed_for_ever(network, client, mentoring, reviewer):
    where = f"/feeds/records/{mentoring.pk}.xml"
    (first,) = entries(client.get(where))
    actions.remove(record=mentoring.pk, by=reviewer, reason="By mistake")
    found = entries(client.get(where))
    assert [entry["title"] for entry in found] == ["Mentoring: Removed", "Mentoring: Published"]
    assert found[1] == first
    assert client.get("/feeds/records/1.xml").status_code == 404


def test_a_centre_has_a_feed_of_all_that_is_its_own(network, client, mentoring, reviewer, eef):
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review")
    assert entries(client.get("/feeds/centres/eef.xml"))[0]["title"] == "Mentoring: Withdrawn"
    assert "Mentoring: Withdrawn" not in {
        entry["title"] for entry in entries(client.get("/feeds/centres/foundations.xml"))
    }


@pytest.mark.parametrize("most", [1, 1_000])
def test_a_list_has_a_feed_of_what_is_in_it(network, client, mentoring, monkeypatch, most):
    # The package has a function of the module's name.
    monkeypatch.setattr(import_module("toolkits.published.events"), "MOST_IN_A_CONDITION", most)
    shown = {row.page.record for row in client.get("/toolkits/crime-reduction/?strength=4").context["listing"].rows}
    response = client.get("/toolkits/crime-reduction/?strength=4&format=atom")
    assert {int(entry["link"].split("/")[4]) for entry in entries(response)} == shown
    again = client.get("/toolkits/crime-reduction/?strength=4&format=atom", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_same_list_has_one_name_however_it_is_written(network, client):
    names = {
        ElementTree.fromstring(client.get(f"/interventions/?{query}").content).findtext(f"{ATOM}id")
        for query in (
            "centre=eef&outcome=attainment&format=atom",
            "format=atom&outcome=attainment&centre=eef&sort=changed",
        )
    }
    assert len(names) == 1


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/feeds/changes.xml"),
        ("/toolkits/teaching-and-learning/mentoring/", "/feeds/records/1011.xml"),
        ("/toolkits/crime-reduction/", "/feeds/crime-reduction.xml"),
        ("/centres/eef/", "/feeds/centres/eef.xml"),
        ("/interventions/?centre=eef", "/interventions/?centre=eef&amp;format=atom"),
        ("/reports/?centre=eef", "/reports/?centre=eef&amp;format=atom"),
    ],
)
def test_a_page_leads_feed_readers_to_its_feed(network, client, path, feed):
    body = client.get(path).content.decode()
    assert f'href="{feed}">' in [line for line in body.split("<link ") if f'"{feed}"' in line][0]
    assert client.get(html.unescape(feed)).status_code == 200
