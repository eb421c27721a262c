"""Feeds: public events only, each with its reason, its permanent address and no name of a person."""

from xml.etree import ElementTree

import pytest

from toolkits import actions
from toolkits.models import Decision, PublicationEvent, PublishedPage
from toolkits.models.publishing import Change

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
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
