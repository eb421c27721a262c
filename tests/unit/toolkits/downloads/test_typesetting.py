"""That no text breaks a PDF or is read as markup, and that a version has one file."""

import datetime
import re
import threading
import time

import pytest
from django.conf import settings
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.toolkits.downloads.pdf_reading import KINDS, Read, pdf, read, without_spaces
from tests.unit.toolkits.downloads.real_rows import document
from toolkits import richtext
from toolkits.payloads import Absence, Source
from toolkits.public.downloads import typesetting


@pytest.fixture(scope="module")
def mentoring():
    return document("teaching-and-learning", "mentoring")


HOSTILE = (
    '#import "@preview/x:1.0.0": * #panic() $x^2$ *b* _e_ `raw` <label> @ref // no /* comment */ '
    "= heading - list + enum / term: \\ \\u{41} \"q\" 'q' ~ -- --- ... ]}) {page} %(x)s ŵ ŷ Ŵ Ŷ"
)


MARKDOWN = [
    *("a", " ", "\n", "\n\n", "# ", "### ", "> ", "- ", "  - ", "1. ", "*", "**", "`", "  \n", "\\", "<b>", "&nbsp;"),
    *(
        "[x](/y)",
        "[",
        "](https://x.example/)",
        "[\u00ad](/y)",
        "[\u200b](/y)",
        "[  \n](/y)",
        "[😀](mailto:a@b.c)",
        "\u00ad",
    ),
    *("[`c`](/y)", "[**b** *e*](/y)", "w" * 40, "עברית", "ŵ", "\x07", "&#8203;"),
]


def everywhere(document, text):
    """`document` with `text` in every field that holds words."""
    rating = {"label": text, "meaning": text, "reason": text, "aspect": text, "unit": text, "band_reason": text}
    return replace(
        document,
        name=text,
        summary=text,
        status=text,
        version_or_date=text,
        headline_value="",
        headline_text=text,
        headline_unit=text,
        finding_as_published=text + "!",
        key_messages=[text],
        cautions=[text],
        implementation=[text],
        outcome_as_published=[text],
        setting_as_published=[text],
        age_as_published=[text],
        absences=[Absence(axis="mechanism", meaning=text)],
        ratings=[replace(own, version=text, what_is_graded=text, **rating) for own in document.ratings],
        centre=replace(document.centre, name=text, accent=text),
        toolkit=replace(document.toolkit, name=text),
        source=Source(url=text, note=text, copy_on=text),
    )


def test_text_stays_literal(mentoring):
    result = read(everywhere(mentoring, HOSTILE), note=HOSTILE, state=HOSTILE)
    # A page break puts the footer into the middle of some.
    assert without_spaces(result.text).count(without_spaces(HOSTILE)) >= 36
    assert result.file.metadata.title == f"{HOSTILE}: {HOSTILE}"


@pytest.mark.parametrize("word", ["x" * 5000, "ŵŷ" * 2500, "word " * 1000, "https://a.example/" + "b/-" * 1000])
def test_long_texts_keep_to_the_page(mentoring, word):
    html = f'<p>{word}<code>{word}</code></p><p><a href="/x/">{word}</a></p>'
    result = read(replace(mentoring, summary=word, key_messages=[word], how_it_works_html=html))
    assert "".join(result.text.split()).count("".join(word.split())) >= 1
    # 5,000 letters on a line would leave the page; some 100 of this size fill it.
    assert max(map(len, result.lines)) < 170


def test_long_words_keep_to_their_column(mentoring):
    facts = replace(
        mentoring, ratings=[replace(rating, label="W" * 20, meaning="m" * 3000) for rating in mentoring.ratings]
    )
    result = read(facts)
    assert max(map(len, re.findall("W+", "\n".join(result.lines)))) < 20
    assert max(map(len, re.findall("m{9,}", "\n".join(result.lines)))) < 60


def test_characters_no_font_holds_are_named(mentoring):
    text = read(replace(mentoring, name="Run 😀 中 \x07now", summary="Line\ntwo\tthree\ud800")).text
    assert "Run [grinning face] [cjk unified ideograph-4e2d] [u+0007]now" in text
    assert "Line two three[u+d800] Ratings" in text


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_a_document(mentoring, one, two):
    facts = replace(mentoring, name=f"N{one}", key_messages=[one, two], finding_as_published=two)
    assert pdf(facts).startswith(b"%PDF")


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKDOWN), max_size=40))
def test_anything_an_editor_can_write_makes_a_document(mentoring, pieces):
    html = richtext.to_html("".join(pieces))
    assert pdf(replace(mentoring, how_it_works_html=html, costs_html=html)).startswith(b"%PDF")


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/y">\u00ad</a></p>',
        '<p><a href="/y"><br></a></p>',
        '<p><a href="/y"><code>c</code><strong>b</strong></a></p>',
        "<h3>\u00ad</h3><h4>\u00a0</h4><p>\u00ad</p>",
        "<ul><li>\u200b</li></ul>",
        "<blockquote>" * 20 + "deep" + "</blockquote>" * 20,
        "<ul><li>" * 20 + "deep" + "</li></ul>" * 20,
    ],
)
def test_odd_html_makes_a_document(mentoring, html):
    assert pdf(replace(mentoring, how_it_works_html=html)).startswith(b"%PDF")


def test_same_version_same_bytes(mentoring):
    first = pdf(mentoring)
    typesetting._compiler.cache_clear()
    with timezone.override("Asia/Tokyo"):
        assert pdf(mentoring) == first
    assert pdf(mentoring, version=4) != first
    assert Read(first).file.metadata.creation_date == datetime.datetime(2026, 3, 3, 23, 30, tzinfo=datetime.UTC)


def test_a_file_says_the_language_of_the_words_around_the_facts(mentoring):
    assert read(mentoring).root["/Lang"] == "en-GB"
    with translation.override("cy"):
        assert read(mentoring).root["/Lang"] == "cy-GB"


def test_our_font_where_it_is_made_and_typsts_own_where_not(mentoring, settings, tmp_path):
    assert {"PublicSans-Regular", "PublicSans-Bold", "PublicSans-SemiBold"} <= read(mentoring).fonts()
    for folder in (tmp_path, tmp_path / "missing"):
        settings.PDF_FONTS = folder
        fonts = read(mentoring).fonts()
        assert any(font.startswith("LibertinusSerif") for font in fonts)
        assert not any(font.startswith("PublicSans") for font in fonts)


def test_threads_share_one_compiler():
    documents = [document(toolkit, slug) for toolkit, slug in KINDS]
    expected = [pdf(facts) for facts in documents]
    results, threads = {}, []
    for number in range(4):
        work = lambda number=number: results.update({number: [pdf(facts) for facts in documents]})  # noqa: E731
        threads.append(threading.Thread(target=work))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results.get(number) for number in range(4)] == [expected] * 4


def test_a_warm_compiler_is_fast(mentoring):
    pdf(mentoring)
    times = []
    for version in range(5):
        start = time.perf_counter()
        pdf(mentoring, version=version)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


def test_templates_import_nothing_from_outside():
    templates = sorted(typesetting.TEMPLATES.glob("*.typ"))
    imports = [found for file in templates for found in re.findall(r'(?:import|include)\s+"([^"]+)"', file.read_text())]
    assert imports
    assert {name for name in imports if not (typesetting.TEMPLATES / name).is_file()} == set()
    assert str(settings.BASE_DIR) in str(typesetting.TEMPLATES)
