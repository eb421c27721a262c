"""What an intervention's PDF says, and that anyone can read it."""

import datetime
import re

import pytest
from msgspec.structs import replace

from tests.unit.toolkits.downloads.pdf_reading import ADDRESS, KINDS, read, without_spaces
from tests.unit.toolkits.downloads.real_rows import document
from toolkits.payloads import Absence, Source


@pytest.fixture(scope="module")
def mentoring():
    return document("teaching-and-learning", "mentoring")


@pytest.mark.parametrize(("toolkit", "slug"), KINDS)
def test_every_kind_of_page_is_a_document_anyone_can_read(toolkit, slug):
    facts = document(toolkit, slug)
    result = read(facts)
    assert result.file.metadata.title == f"{facts.name}: {facts.toolkit.name}"
    assert result.root["/Lang"] == "en-GB"
    assert result.root["/MarkInfo"]["/Marked"]
    assert result.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in (xmp := result.root["/Metadata"].get_data()) or b"<pdfuaid:part>1<" in xmp
    tags = result.tags()
    headings = [int(tag[2:]) for tag, alt in tags if re.fullmatch("/H[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(headings, headings[1:], strict=False))
    assert all(alt for tag, alt in tags if tag == "/Figure")
    assert {"/L", "/LI", "/Link", "/Table", "/TH"} <= {tag for tag, alt in tags}
    count = len(result.file.pages)
    assert count <= 2
    for number, part in enumerate(result.file.pages, 1):
        assert f"Page {number} of {count}" in part.extract_text()
        assert ADDRESS in part.extract_text()


@pytest.mark.parametrize(("toolkit", "slug"), KINDS)
def test_every_published_fact_is_there(toolkit, slug):
    facts = document(toolkit, slug)
    text = without_spaces(read(facts).text)
    wanted = [facts.name, facts.summary, facts.centre.name, facts.toolkit.name, *facts.key_messages, *facts.cautions]
    wanted += [*facts.implementation, facts.headline_text, *(term.name for term in facts.outcomes)]
    wanted += [words for rating in facts.ratings for words in (rating.label, rating.scheme.name)]
    assert [words for words in wanted if without_spaces(words) not in text] == []


@pytest.mark.parametrize(
    ("toolkit", "slug", "words", "symbols"),
    [
        (
            "teaching-and-learning",
            "repeating-a-year",
            [
                "Negative impact −2 months of additional progress in a year Range not recorded here. "
                "Certainty: Limited (2 of 5). Shared band: harm."
            ],
            [
                "Negative impact: 1 of 1 step from no effect towards harm",
                "Limited (2 of 5)",
                "Very high (5 of 5)",
            ],
        ),
        (
            "crime-reduction",
            "alley-gating",
            [
                "Certainty: Very strong (4 of 4).",
                "No rating shown: The centre publishes no such rating on the pages seen.",
            ],
            ["Overall reduction: benefit, of harm, no effect and benefit", "Very strong (4 of 4)"],
        ),
        (
            "higher-education-access",
            "multi-intervention-outreach",
            [
                "Behaviour and outcomes Mixed impact Not a point on the scale: mixed findings. Certainty: Emerging (2 of 4).",
                "Small positive impact Range not recorded here. Certainty: Emerging (2 of 4).",
            ],
            ["Mixed impact (off the scale)", "Small positive impact: benefit, of harm, no effect and benefit"],
        ),
        (
            "early-intervention-guidebook",
            "incredible-years-preschool",
            ["Impact No rating shown: The centre grades strength of evidence, not size."],
            ["Level 4 plus (6 of 6)", "Medium-low (2 of 5)"],
        ),
        (
            "local-growth",
            "apprenticeships",
            [
                "Impact No rating shown: Not recorded here. Our reading, not the centre’s rating",
                "Headline figure 7 of 9 evaluations finding a positive effect on employment. Certainty not rated.",
            ],
            ["Benefit found: benefit, of harm, no effect and benefit"],
        ),
        (
            "youth-violence",
            "focused-deterrence",
            ["Headline figure 33% average reduction in crime. Range not recorded here. Certainty: High (2 of 2)."],
            ["High: 3 of 3 steps from no effect towards benefit"],
        ),
        (
            "public-health-value",
            "gp-brief-advice-nicotine-replacement",
            [
                "Cost-effective under £20,000 per QALY Certainty not rated.",
                "£1,666 to 4,833 per QALY. Certainty not rated.",
            ],
            [],
        ),
    ],
)
def test_ratings_stand_with_their_certainty_and_their_words(toolkit, slug, words, symbols):
    result = read(document(toolkit, slug))
    assert [phrase for phrase in words if phrase not in result.text] == []
    figures = [alt for tag, alt in result.tags() if tag == "/Figure"]
    assert figures[: len(symbols)] == symbols


def test_four_kinds_of_silence_are_told_apart(mentoring):
    unclear = document("teaching-and-learning", "aspiration-interventions").on("impact")
    facts = replace(
        mentoring,
        ratings=unclear,
        absences=[
            Absence(axis="strength", meaning="the centre publishes no such rating"),
            Absence(axis="cost", meaning="not recorded here"),
            Absence(axis="economics", meaning="not recorded here"),
        ],
        studies_count=0,
        cautions=[],
    )
    text = read(facts).text
    assert "Not a point on the scale: too little evidence. Certainty not rated." in text
    assert "Strength of evidence No rating shown: The centre publishes no such rating. Cost" in text
    assert "Cost No rating shown: Not recorded here." in text
    assert "Economics No rating shown: Not recorded here." in text
    assert "Studies No studies." in text
    assert re.search(r"Not recorded here How it works;.* Harms and cautions;.*Why these ratings were given;", text)
    assert "Number not recorded here." in read(replace(facts, studies_count=None)).text
    assert "Cost No rating shown: Not recorded here." in read(replace(facts, absences=[])).text


def test_without_ratings_the_panel_says_so_and_nothing_is_explained(mentoring):
    text = read(replace(mentoring, ratings=[], absences=[], other_sources=[], source=Source(url=""))).text
    assert text.count("No rating shown: Not recorded here.") == 3
    assert "What the ratings mean" not in text
    assert "Certainty not rated." in text


def test_ranges_reasons_and_dates_stand_where_they_are_known(mentoring):
    rating = replace(
        mentoring.on("impact")[0],
        range_low="-1",
        range_high="4",
        reason="the trials agree",
        rated_on=datetime.date(2025, 5, 1),
    )
    facts = replace(mentoring, ratings=[rating, *mentoring.on("cost")], last_searched=datetime.date(2026, 1, 2))
    text = read(facts).text
    assert "Range: −1 to 4." in text
    assert "Why this rating: The trials agree." in text
    assert "Why this rating: Not recorded here." in text
    assert "Rated on 1 May 2025." in text
    assert "Studies last searched for 2 January 2026." in text
    assert "Why these ratings were given" not in text
    assert "When these ratings were given" not in text


def test_certainty_is_that_of_the_same_outcome(mentoring):
    impact, strength = mentoring.on("impact")[0], mentoring.on("strength")[0]
    ratings = [
        replace(impact, outcome="Reading"),
        replace(impact, outcome="Wellbeing"),
        replace(strength, label="Firm", outcome="Reading"),
    ]
    text = read(replace(mentoring, ratings=ratings)).text
    assert re.search(r"Reading .*? Certainty: Firm \(3 of 5\)\. .*? Wellbeing .*? Certainty not rated\.", text)
    overall = read(replace(mentoring, ratings=[*ratings, replace(strength, label="Fair")])).text
    assert re.search(
        r"Reading .*? Certainty: Firm \(3 of 5\)\. .*? Wellbeing .*? Certainty: Fair \(3 of 5\)\.", overall
    )


def test_sources_are_links_that_say_whose_copy_they_are(mentoring):
    facts = replace(
        mentoring,
        source=Source(url="https://centre.example/ŵ?a=b&c=*d*"),
        other_sources=[
            Source(url="https://copy.example/x", note="commit 54", copy_on="copy.example"),
            Source(url="", note="A book, page 4"),
            Source(url="javascript:alert(1)"),
        ],
        how_it_works_html='<p><a href="/methods/eef-months/">the scale</a></p>',
    )
    result = read(facts)
    assert result.links() == [
        "https://portal.example/methods/eef-months/",
        "https://centre.example/%C5%B5?a=b&c=*d*",
        "https://copy.example/x",
        ADDRESS,
    ]
    assert "https://centre.example/ŵ?a=b&c=*d* (where these facts were seen)" in result.text
    assert (
        "https://copy.example/x (copy on copy.example; commit 54) • A book, page 4 • javascript:alert(1)" in result.text
    )


def test_the_version_says_what_it_is(mentoring):
    text = read(mentoring).text
    # Half past eleven at night in the universal day is the same day in a British winter.
    assert "Version 3, published 3 March 2026." in text
    assert "What changed New study. A trial in Wales was added." in text
    assert f"Permanent address {ADDRESS}" in text
    assert "SHA-256, begins 9f86d081884c" in text
    assert "Compiled from public pages; not an official publication of Education Endowment Foundation." in text


def test_notices_come_before_the_ratings(mentoring):
    retired = read(replace(mentoring, status="retired"), state="withdrawn").text
    assert (
        retired.index("This page has been withdrawn")
        < retired.index("The centre has retired")
        < retired.index("Ratings")
    )
    assert "withdrawn" not in read(mentoring).text


def test_sections_written_in_markdown_keep_their_structure(mentoring):
    html = (
        "<h4>Deep</h4><p>Plain <strong>bold</strong> <em>leaning</em> <code>#x $y$</code><br>next</p>"
        "<ul><li>one<ol><li>two</li></ol></li></ul><blockquote><p>said</p></blockquote><h3>Three</h3><h4>Four</h4>"
    )
    names = ("how_it_works_html", "how_sure_html", "for_whom_html", "costs_html", "gaps_html")
    result = read(replace(mentoring, **dict.fromkeys(names, html)))
    assert result.text.count("Deep Plain bold leaning #x $y$ next") == len(names)
    tags = [tag for tag, alt in result.tags()]
    assert [tags.count(tag) for tag in ("/H4", "/BlockQuote", "/Code", "/Em")] == [len(names)] * 4
