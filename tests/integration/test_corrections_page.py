"""Errors that were public: on their page, in the list of all, in the feed, and in the page's history."""

import datetime
import io

import pypdf
import pytest
from django.utils import timezone

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits import actions, freshness
from toolkits.models import Change, Conclusion, Decision, PublishedCorrection, PublishedPage

PAGE = "/toolkits/teaching-and-learning/mentoring/"
WRONG = "The cost was given for a term, not for a year."
NOTE = "The cost is now that of a year."


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


@pytest.fixture
def correct(mentoring, editor, reviewer):
    """Publish a correction of mentoring's summary; returns its version."""

    def publish(conclusion=Conclusion.DIFFERENT, summary="Regular meetings with an older person."):
        mentoring.summary = summary
        mentoring.save()
        revision = actions.submit(
            document=mentoring, by=editor, change=Change.CORRECTION, note=NOTE, wrong=WRONG, conclusion=conclusion
        )
        actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
        return actions.publish(revision=revision, by=reviewer)

    return publish


@pytest.fixture
def many(network):
    """Twenty-five corrections, the last of them another centre's."""
    now = timezone.now()
    for number in range(25):
        PublishedCorrection.objects.create(
            record=1011,
            version=number + 2,
            kind="intervention",
            title=f"Page {number:02}",
            path=PAGE,
            centre="yef" if number == 24 else "eef",
            at=now - datetime.timedelta(days=number),
            wrong="Wrong.",
            note="Right.",
            conclusion="same",
            differences=[["summary", "a", "b"]],
            notified=number,
        )


def test_an_empty_list_says_so(network, client):
    page = text(client, "/corrections/")
    assert "Nothing has been corrected yet." in page
    assert "<h2" not in page


def test_a_correction_is_listed_with_all_that_it_says(correct, mentoring, client):
    before, version = mentoring.summary, correct()
    page = text(client, "/corrections/")
    assert '<a href="/record/1011/">Mentoring</a>' in page
    for words in (WRONG, NOTE, "<strong>The conclusion changes.</strong>", f"{timezone.localdate():%-d %B %Y}", "EEF"):
        assert words in page
    assert f"<del>{before}</del>" in page
    assert "<ins>Regular meetings with an older person.</ins>" in page
    told = PublishedCorrection.objects.get(record=1011, version=version.version).notified
    assert f"{told} p" in page
    assert 'href="/record/1011/v2/"' in page
    assert 'href="/record/1011/compare/?a=1&amp;b=2"' in page


def test_its_own_page_tells_of_it_at_the_top_and_by_the_version(correct, client):
    correct()
    page = text(client, PAGE)
    title = f"Corrected on {timezone.localdate():%-d %B %Y}: the conclusion changes"
    assert title in page
    section = page[page.index('<h2 id="corrections">') :]
    assert WRONG in section
    assert NOTE in section
    assert 'href="/record/1011/compare/?a=1&amp;b=2"' in section
    assert page.index(title) < page.index('class="versions-line"') < page.index('<h2 id="corrections">')


def test_the_notice_at_the_top_goes_after_ninety_days_and_the_section_stays(correct, client, monkeypatch):
    correct()
    today = freshness.today()
    for days, shown in ((89, True), (90, False)):
        later = today + datetime.timedelta(days=days)
        monkeypatch.setattr(freshness, "today", lambda day=later: day)
        page = text(client, PAGE)
        assert (": the conclusion changes</p>" in page) is shown
        assert '<h2 id="corrections">' in page


def test_where_the_conclusion_stays_there_is_no_notice_at_the_top(correct, client):
    correct(conclusion=Conclusion.SAME)
    page = text(client, PAGE)
    assert ": the conclusion changes</p>" not in page
    assert "The conclusion is the same." in page


def test_only_the_newest_correction_speaks_at_the_top(correct, client):
    correct()
    correct(conclusion=Conclusion.SAME, summary="Meetings, regularly, with an older person.")
    page = text(client, PAGE)
    assert ": the conclusion changes</p>" not in page
    assert page.count("Corrected on") == 2


def test_pdf_of_a_corrected_page_tells_of_it(correct, client):
    correct()
    file = pypdf.PdfReader(io.BytesIO(client.get(f"{PAGE}?format=pdf").content))
    words = " ".join(" ".join(sheet.extract_text() for sheet in file.pages).split())
    assert f"{WRONG} The conclusion changes." in words


@pytest.mark.parametrize(
    "slug", ["centres/eef", "methods/eef-months", "toolkits/teaching-and-learning", "families/mentoring"]
)
def test_every_kind_of_page_tells_of_its_corrections(network, client, slug):
    told = {"version": 1, "at": timezone.now().isoformat(), "wrong": WRONG, "note": NOTE, "conclusion": "different"}
    assert PublishedPage.objects.filter(path=f"/{slug}/").update(corrections=[told]) == 1
    page = text(client, f"/{slug}/")
    assert ": the conclusion changes</p>" in page
    assert '<h2 id="corrections">' in page


def test_list_is_newest_first_and_paged(many, client):
    page = text(client, "/corrections/")
    assert page.count('class="entry"') == 20
    assert page.index("Page 00") < page.index("Page 19")
    assert "Page 20" not in page
    assert "25 corrections" in page
    rest = text(client, "/corrections/?page=2")
    assert "Page 20" in rest
    assert "Page 19" not in rest


def test_list_is_filtered_by_centre(many, client):
    page = text(client, "/corrections/?centre=yef")
    assert page.count('class="entry"') == 1
    assert "1 of 25 corrections" in page
    assert "No page of this centre has been corrected." in text(client, "/corrections/?centre=nice")


def test_centres_without_a_correction_are_not_offered(many, client):
    page = text(client, "/corrections/")
    assert "/corrections/?centre=eef" in page
    assert "/corrections/?centre=nice" not in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("centre=nowhere", 400, "“nowhere” is not a value of “Centre”"),
        ("page=x", 400, "“x” is not a page number"),
        ("page=3", 404, "There is no page 3"),
        ("page=999999999999999999999", 404, "There is no page"),
    ],
)
def test_what_is_wrong_in_the_address_is_said(many, client, query, status, words):
    answer = client.get(f"/corrections/?{query}")
    assert answer.status_code == status
    assert words in answer.content.decode()
    # The list is there all the same.
    assert 'class="entry"' in answer.content.decode()


def test_feed_tells_of_each_once_with_a_lasting_name(correct, client):
    correct()
    feed = client.get("/feeds/corrections.xml")
    assert feed["Content-Type"].startswith("application/atom+xml")
    words = feed.content.decode()
    assert "<title>Correction: Mentoring</title>" in words
    assert "tag:localhost,2026:correction:1011:2" in words
    assert WRONG in words
    assert "/record/1011/v2/" in words


def test_list_is_linked_from_every_page_and_from_about(network, client):
    assert '<a href="/corrections/">Corrections</a>' in text(client, "/")
    assert text(client, "/about/").count('href="/corrections/"') == 2
    assert "<loc>http://testserver/corrections/</loc>" in text(client, "/sitemap.xml")


# The page's history


def test_history_says_minor_and_restored_and_leads_to_the_difference(mentoring, editor, reviewer, client):
    mentoring.how_it_works = "People meet."
    mentoring.save()
    revision = actions.submit(document=mentoring, by=editor, change=Change.WORDING, minor=True)
    actions.decide(revision=revision, by=reviewer, verdict=Decision.Verdict.APPROVED)
    actions.publish(revision=revision, by=reviewer)
    actions.restore(record=mentoring.pk, version=1, by=reviewer, reason="The words before were better.")
    page = text(client, f"{PAGE}history/")
    third, second, first = page.split('<li class="entry">')[1:]
    assert "restored: the content of version 1 again" in third
    assert "minor: the date readers are told stays" in second
    assert "minor" not in third + first
    assert "/record/1011/compare/?a=2&amp;b=3" in third
    assert "compare with" not in first
    assert "restored the content of version 1" in text(client, "/record/1011/v3/")
    assert "(minor)" in text(client, "/record/1011/v2/")


def test_withdrawn_pages_keep_their_corrections(correct, mentoring, reviewer, client):
    correct()
    actions.withdraw(record=mentoring.pk, by=reviewer, reason="Under review.")
    assert '<h2 id="corrections">' in text(client, PAGE)
    assert "Mentoring" in text(client, "/corrections/")


def test_a_later_change_keeps_the_corrections(correct, mentoring, editor, reviewer, client):
    correct()
    mentoring.how_it_works = "People meet."
    mentoring.save()
    republish(mentoring, editor, reviewer)
    assert '<h2 id="corrections">' in text(client, PAGE)
