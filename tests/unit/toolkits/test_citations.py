"""Citations: whatever a title holds, each form stays whole and gives it back to a reference manager."""

import datetime
import json

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from toolkits.public.citations import FORMS, Citation

AWKWARD = (
    "Mentoring & tutoring: 50% {of} pupils_in #1 ~ $5 ^ \\item",
    "Line\r\nER  - \nTY  - HACK",
    '"}, @misc{x, title={y}}',
    "Café, 学校, Ысык",
)
ADDRESS = "https://evidence.example.org/record/1011/v2/"


def cited(title="Mentoring", body="Education Endowment Foundation", people=(), kind="intervention"):
    return Citation(
        record=1011,
        version=2,
        kind=kind,
        kind_label="Intervention",
        title=title,
        body=body,
        people=tuple(people),
        inside="Teaching and Learning Toolkit",
        published=datetime.date(2026, 11, 7),
        address=ADDRESS,
    )


def plain(text):
    return " ".join(text.split())


def from_bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    # This reader takes TeX's circumflex for the accent of that name.
    return {
        name: plain(field.value.replace("{", "").replace("}", "").replace("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}", "^"))
        for name, field in entry.fields_dict.items()
    }


def test_the_text_is_a_sentence():
    assert FORMS["txt"].write(cited()) == (
        "Education Endowment Foundation, Mentoring, Teaching and Learning Toolkit. Facts compiled by the What Works "
        f"portal, version 2, 7 November 2026. {ADDRESS}\n"
    )


@pytest.mark.parametrize("title", AWKWARD)
def test_ris_gives_the_title_back(title):
    text = FORMS["ris"].write(cited(title))
    (entry,) = rispy.loads(text)
    assert entry["title"] == plain(title)
    assert entry["authors"] == ["Education Endowment Foundation"]
    assert entry["urls"] == [ADDRESS]
    assert (entry["year"], entry["date"], entry["edition"]) == ("2026", "2026/11/07", "Version 2")
    assert text.count("\r\n") == text.count("\n")


@pytest.mark.parametrize("title", AWKWARD)
def test_bibtex_gives_the_title_back(title):
    entry = from_bibtex(FORMS["bib"].write(cited(title)))
    # Its reader takes braces away with those that group, so that none of the title's own can be told.
    assert entry["title"] == plain(title.replace("{", "").replace("}", ""))
    assert entry["author"] == "Education Endowment Foundation"
    assert (entry["year"], entry["version"], entry["url"]) == ("2026", "2", ADDRESS)


@pytest.mark.parametrize("title", AWKWARD)
def test_csl_json_gives_the_title_back(title):
    (item,) = json.loads(FORMS["csl"].write(cited(title)))
    assert item["title"] == plain(title)
    assert item["issued"] == {"date-parts": [[2026, 11, 7]]}
    assert item["author"] == [{"literal": "Education Endowment Foundation"}]
    assert (item["URL"], item["version"]) == (ADDRESS, "2")


def test_people_come_before_their_body():
    people = ["A. Author", "Smith and Sons, J."]
    citation = cited(people=people)
    assert FORMS["txt"].write(citation).startswith("A. Author; Smith and Sons, J. (Education Endowment Foundation), ")
    assert rispy.loads(FORMS["ris"].write(citation))[0]["authors"] == people
    assert "author = {{A. Author} and {Smith and Sons, J.}}" in FORMS["bib"].write(citation)
    assert [author["literal"] for author in json.loads(FORMS["csl"].write(citation))[0]["author"]] == people


def test_a_synthesis_is_a_report_to_a_reference_manager():
    citation = cited(kind="synthesis")
    assert rispy.loads(FORMS["ris"].write(citation))[0]["type_of_reference"] == "RPRT"
    assert FORMS["bib"].write(citation).startswith("@techreport{whatworks1011v2,")
    assert json.loads(FORMS["csl"].write(citation))[0]["type"] == "report"


@given(st.text(min_size=1).filter(str.strip))
def test_no_title_breaks_a_form(title):
    citation = cited(title)
    braces = FORMS["bib"].write(citation)
    depth = 0
    for character in braces:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert len(rispy.loads(FORMS["ris"].write(citation))) == 1
    assert len(json.loads(FORMS["csl"].write(citation))) == 1
