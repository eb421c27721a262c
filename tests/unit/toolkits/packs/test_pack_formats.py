"""A pack in its formats: the same figures in each, the same bytes each time, and nothing in the text that acts."""

import io
import re
import time
import zipfile

import docx
import openpyxl
import pptx
import pypdf
import pytest
from django.http import QueryDict
from docx.oxml.ns import qn
from pptx.oxml.ns import qn as qn_pptx

from tests.unit.toolkits.packs import made
from toolkits.payloads import MAIN_AXES
from toolkits.public.packs import asking, slide_xml
from toolkits.public.packs.formats import FORMATS

OFFICE = ["docx", "xlsx", "pptx"]


@pytest.fixture(scope="module")
def pack():
    return made.pack()


@pytest.fixture(scope="module")
def files(pack):
    return {ending: form.write(pack) for ending, form in FORMATS.items()}


def squeezed(text):
    return re.sub(r"\s", "", text)


def pounds(prices):
    (figure,) = prices.figures
    assert figure.low > 1200
    return f"£{figure.low:,} to £{figure.high:,}"


def words_of_docx(file):
    document = docx.Document(io.BytesIO(file))
    return " ".join(node.text or "" for node in document.element.iter(qn("w:t")))


def words_of_pptx(file):
    slides = pptx.Presentation(io.BytesIO(file)).slides
    roots = [root for slide in slides for root in (slide._element, slide.notes_slide._element)]
    return " ".join(node.text or "" for root in roots for node in root.iter(qn_pptx("a:t")))


def words_of_pdf(file):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def words_of_xlsx(file):
    book = openpyxl.load_workbook(io.BytesIO(file))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


READ = {"pdf": words_of_pdf, "docx": words_of_docx, "xlsx": words_of_xlsx, "pptx": words_of_pptx}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_figure_and_every_version_address_stands_in_every_format(pack, files, ending):
    text = squeezed(READ[ending](files[ending]))
    wanted = [pack.address, *(item.address for item in pack.items)]
    for item in pack.items:
        wanted += [item.headline, *(rating.label for rating in item.ratings), *(one.meaning for one in item.missing)]
        if ending == "xlsx":
            continue
        wanted += [rating.words for rating in item.ratings]
    for result in pack.results:
        wanted += (
            [result.outcome] if ending == "xlsx" else [result.figure, result.range, result.prediction, str(result.k)]
        )
    (other,) = pack.items[0].family.others
    assert other.ratings
    wanted += [other.name, other.address, *(rating.label for rating in other.ratings if rating.axis in MAIN_AXES)]
    wanted += ["Delivery", "One small study"]
    if ending != "xlsx":
        wanted += ["£1,200 to £1,500.50 per pupil, every year, in prices of 2019.", pounds(pack.items[0].prices)]
    assert [words for words in wanted if squeezed(words).casefold() not in text.casefold()] == []


def test_numbers_of_the_workbook_are_the_numbers_of_the_documents(pack, files):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == [*("Summary", "Ratings", "Results", "Studies", "Costs", "Other centres", "Sources")]

    def rows(name):
        head, *found = list(book[name].iter_rows(min_row=6, values_only=True))
        return [dict(zip(head, row, strict=True)) for row in found]

    published = [(item.record, rating.value) for item in pack.items for rating in item.ratings if rating.value]
    assert published
    written = [(row["Record"], row["Figure"]) for row in rows("Ratings") if row["Figure"] is not None]
    assert written == [(record, float(value)) for record, value in published]
    (result,) = rows("Results")
    ends = [result[name] for name in ("Average effect", "Range from", "Range to", "New place from", "New place to")]
    assert ends == [0.221, 0.017, 0.425, -0.31, 0.752]
    assert (result["Studies"], result["People"]) == (2, 218)
    assert [row["Weight, %"] for row in rows("Studies")] == [55.5, 44.5, None]
    (cost,) = rows("Costs")
    assert (cost["Amount from"], cost["Amount to"], cost["In prices of"]) == (1200, 1500.5, "2019")
    assert cost["Converted from"] == pack.items[0].prices.figures[0].low
    assert {(row["Record"], row["Other record"]) for row in rows("Other centres")} == {(10, 40)}
    assert {sheet.freeze_panes for sheet in book} == {"B7"}
    assert {sheet["A3"].value for sheet in book} == {pack.disclaimer}
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_same_pack_is_the_same_bytes_whenever_it_is_made(files):
    # A zip tells the time to two seconds, and core properties to one.
    time.sleep(2.1)
    again = {ending: form.write(made.pack()) for ending, form in FORMATS.items()}
    assert [ending for ending in FORMATS if again[ending] != files[ending]] == []


@pytest.mark.parametrize("ending", OFFICE)
def test_office_files_are_dated_by_their_versions(files, ending):
    with zipfile.ZipFile(io.BytesIO(files[ending])) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-03-03T12:30:15Z" in archive.read("docProps/core.xml")


def test_word_document_can_be_read_aloud(pack, files):
    document = docx.Document(io.BytesIO(files["docx"]))
    levels = [
        int(paragraph.style.name[-1]) for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert document.paragraphs[0].style.name == "Title"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert document.core_properties.title == pack.title
    (picture,) = document.element.iter(qn("wp:docPr"))
    assert "The studies favour" in picture.get("descr") or "0.22" in picture.get("descr")
    assert "List Bullet" in {paragraph.style.name for paragraph in document.paragraphs}


def test_slides_have_titles_words_for_tables_and_sources_as_notes(pack, files):
    slides = pptx.Presentation(io.BytesIO(files["pptx"])).slides
    # Around them: title, glance, results, a plot, costs, other centres, gaps, versions.
    assert len(slides) == 8 + len(pack.items)
    for slide in slides:
        assert slide.shapes.title.text_frame.text
        assert "https://" in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert shape.top + sum(row.height for row in shape.table.rows) <= 6_858_000
            assert shape.top + shape.height <= 6_858_000
    assert [slide.shapes.title.text_frame.text for slide in slides][2:5] == [item.name for item in pack.items]


def test_pdf_has_an_intervention_a_page_or_two(files):
    file = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    assert b"pdfuaid" in file.trailer["/Root"]["/Metadata"].get_data()
    assert len(file.pages) <= 2 + 2 * 3


def test_withdrawn_record_says_so_in_every_format():
    said = "This page has been withdrawn; its permanent address says why."
    withdrawn = made.pack(count=1, notice=said)
    for ending, form in FORMATS.items():
        assert squeezed(said) in squeezed(READ[ending](form.write(withdrawn))), ending


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("i=1013", ([(1013, None)], [], 0)),
        ("i=1013v2&i=7v1&s=8001v3", ([(1013, 2), (7, 1)], [(8001, 3)], 0)),
        ("i=1013v2&i=1013v2", ([(1013, 2)], [], 0)),
        ("i=1013v2&i=1013v3", ([(1013, 2)], [], 1)),
        ("i=1013v2&o=1013v2", ([(1013, 2)], [], 1)),
        ("i=1013v2&f=401&o=7", ([(1013, 2)], [], 2)),
        ("i=1013v0", ([], [], 1)),
        ("i=abc&i=٣&i=99999999999", ([], [], 3)),
        ("s=8001", ([], [(8001, None)], 1)),
        ("&".join(f"i={number}" for number in range(1, 12)), ([(number, None) for number in range(1, 12)], [], 1)),
    ],
)
def test_address_says_which_versions(query, wanted):
    asked = asking.read(QueryDict(query))
    assert (asked.pins.interventions, asked.pins.syntheses, len(asked.problems)) == wanted


def test_table_of_a_slide_takes_smaller_type_then_shorter_cells_then_fewer_rows():
    head, width, height = ["Name", "Words"], 11_000_000, 5_000_000
    for count, long, wanted in ((3, 40, (18, 3, False)), (10, 150, (12, 10, False)), (10, 2_000, (9, 10, True))):
        size, rows = slide_xml.fitted(head, [["a", "word " * (long // 5)]] * count, [1, 3], width, height)
        assert (size, len(rows), rows[0][1].endswith("…")) == wanted
    size, rows = slide_xml.fitted(head, [["a", "word " * 400]] * 60, [1, 3], width, height)
    assert size == 9
    assert 10 < len(rows) < 60
