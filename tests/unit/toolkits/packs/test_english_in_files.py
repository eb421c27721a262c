"""Files in Welsh: what centres wrote in English is marked as English in each format."""

import io
import zipfile

import docx
import pptx
import pypdf
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as qn_pptx

from tests.unit.toolkits.packs import made
from toolkits.public.downloads import parts
from toolkits.public.packs import formats
from toolkits.words import parted


@pytest.fixture(scope="module")
def welsh():
    with override("cy"):
        return made.pack(count=1)


def marked_in_docx(file):
    runs = docx.Document(io.BytesIO(file)).element.iter(qn("w:r"))
    said = [(run.find(f".//{qn('w:lang')}"), "".join(node.text for node in run.iter(qn("w:t")))) for run in runs]
    return {words for language, words in said if language is not None and language.get(qn("w:val")) == "en-GB"}


def marked_in_pptx(file):
    slides = pptx.Presentation(io.BytesIO(file)).slides
    runs = [run for slide in slides for run in slide._element.iter(qn_pptx("a:r"))]
    return {run.find(qn_pptx("a:t")).text for run in runs if run.find(qn_pptx("a:rPr")).get("lang") == "en-GB"}


def languages_of(node):
    """The language that each element of a tagged PDF says it has."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from languages_of(child)
    elif isinstance(node, dict):
        yield node.get("/Lang", "")
        yield from languages_of(node["/K"]) if "/K" in node else ()


def test_word_and_slides_mark_what_is_english_within_sentences_too(welsh):
    (item,) = welsh.items
    for ending, marked in (("docx", marked_in_docx), ("pptx", marked_in_pptx)):
        found = marked(formats.FORMATS[ending].write(welsh))
        assert item.name in found, ending
        # The level of a rating, before its place on the scale in Welsh.
        assert {rating.label for rating in item.ratings if rating.label} <= found, ending
        assert not any("o 5" in words for words in found), ending


def test_pdf_has_both_languages(welsh):
    root = pypdf.PdfReader(io.BytesIO(formats.FORMATS["pdf"].write(welsh))).trailer["/Root"]
    assert root["/Lang"] == "cy-GB"
    assert list(languages_of(root["/StructTreeRoot"])).count("en-GB") > 10


def test_a_pack_in_english_marks_nothing():
    pack = made.pack(count=1)
    assert pack.english == frozenset()
    file = zipfile.ZipFile(io.BytesIO(formats.FORMATS["docx"].write(pack))).read("word/document.xml").decode()
    assert "<w:lang" not in file


def test_the_longest_text_that_fits_is_parted_as_whole_words():
    texts = ["Low impact", "Low", "(see) Mentoring", ""]
    assert parted("Sgôr: Low impact (2 o 5), Lower", texts) == ["Sgôr: ", "Low impact", " (2 o 5), Lower"]
    assert parted("see) Mentoring", texts)[1] == "see) Mentoring"
    assert parted("Dim", []) == ["Dim"]


def test_english_is_found_in_every_part_of_a_block():
    texts = frozenset({"Mentoring"})
    table = parts.table(["A"], [["Am Mentoring"]], [1])
    listed = parts.bullets([[parts.strong("Mentoring")]])
    facts = parts.facts([("Enw", [parts.text("Mentoring")])])
    english = {"kind": "english", "text": "Mentoring"}

    (marked,) = parts.with_english([table], texts)
    assert marked["rows"][0][0][0]["content"] == [{"kind": "text", "text": "Am "}, english]
    (marked,) = parts.with_english([listed], texts)
    assert marked["items"][0][0]["content"] == [{"kind": "strong", "content": [english]}]
    (marked,) = parts.with_english([facts], texts)
    assert marked["rows"][0] == {"label": "Enw", "content": [english]}
    assert parts.with_english([table], frozenset()) == [table]
