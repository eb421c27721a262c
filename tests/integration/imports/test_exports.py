"""A centre's own rows out: nothing that a spreadsheet would run, and back in again as no change."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from centres.models import AuditEntry
from evidence.models import Intervention, Rating, Report
from tests.integration.imports.conftest import lines, tried
from toolkits.models import ToolkitEntry
from toolkits.networks.cells import CELL_LIMIT
from toolkits.spreadsheets.tables import TABLES

FORMS = ("csv", "xlsx")
# What a spreadsheet would run, what only looks like it, and what is easily spoilt on the way.
ODD = [
    "=HYPERLINK(1)",
    "+44 20 7946 0000",
    "-five",
    "@here",
    "\tindented",
    "\rreturned",
    "\n=1+1",
    "'quoted",
    "'=quoted",
    "''=twice",
    "-5",
    "1.10",
    "007",
    "2025-03-05",
    "TRUE",
    "two\r\nlines",
    'a "quote", a comma; a point',
    " spaces ",
    "_x000a_",
    "Ünïcödé ✓",
    "#N/A",
]


def export(client, centre, table, form):
    return client.get(reverse("editorial:export", args=[centre.slug, table, form]))


def rows_in(data, form):
    """The rows of a file as they stand in it."""
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


@pytest.fixture
def odd_rows(eef, mentoring):
    """Interventions, ratings and reports of the EEF with every odd text in them."""
    for n, text in enumerate(ODD):
        draft = Intervention.objects.create(
            centre=eef, name=text, summary=text, source_url="https://x.org", how_sure=text, compiler_note=text
        )
        if n % 2:
            ToolkitEntry.objects.create(toolkit=mentoring.entry.toolkit, intervention=draft, slug=f"-odd-{n}")
        Report.objects.create(centre=eef, slug=f"odd-{n}", title=text, type="report", finding=text)
        Rating.objects.create(intervention=draft, level=mentoring.ratings.first().level, aspect=text, reason=text)
    mentoring.last_searched, mentoring.headline_value, mentoring.language = "1899-12-31", "-1.10", "cy"
    mentoring.authors, mentoring.interests = "A\nB", "None declared"
    mentoring.save()
    mentoring.unrated_outcomes.add("behaviour", "crime")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_is_imported_as_no_change(client, eef, editor, odd_rows, form):
    client.force_login(editor)
    for table, count in (("interventions", 42 + len(ODD)), ("ratings", 125 + len(ODD)), ("reports", len(ODD))):
        answer = export(client, eef, table, form)
        job = tried(editor, eef, table, data=answer.content)
        assert lines(job) == []
        assert job.report["counts"] == {"new": 0, "changed": 0, "same": count}


@pytest.mark.parametrize("form", FORMS)
def test_no_cell_is_one_that_a_spreadsheet_would_run(client, eef, editor, odd_rows, form):
    client.force_login(editor)
    for table in TABLES:
        header, *rows = rows_in(export(client, eef, table, form).content, form)
        assert header == [column.name for column in TABLES[table].columns]
        cells = [str(cell) for row in rows for cell in row if cell]
        assert [cell for cell in cells if cell[0] in "=+-@\t\r\n" and not cell[1:].replace(".", "").isdigit()] == []
        assert any(cell.startswith("'=") for cell in cells)


def test_a_workbook_keeps_figures_as_text_numbers_and_days_as_such_and_its_header_in_sight(
    client, eef, editor, odd_rows, mentoring
):
    mentoring.next_review = "2027-03-05"
    mentoring.save()
    client.force_login(editor)
    book = openpyxl.load_workbook(io.BytesIO(export(client, eef, "interventions", "xlsx").content))
    sheet = book["interventions"]
    assert sheet.freeze_panes == "A2"
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == mentoring.pk)
    cells = dict(zip(header, row, strict=True))
    assert (cells["id"].data_type, cells["studies_count"].data_type) == ("n", "n")
    assert (cells["headline_value"].value, cells["headline_value"].data_type) == ("-1.10", "s")
    assert cells["headline_value"].number_format == "@"
    assert (cells["next_review"].is_date, cells["last_searched"].value) == (True, "1899-12-31")
    assert [row[0].value for row in book["Columns"].iter_rows(max_row=3)] == ["Column", "id", "toolkit"]


def test_only_the_centres_own_rows_are_in_it(client, eef, editor, network):
    client.force_login(editor)
    for table, own in (("interventions", Intervention), ("reports", Report)):
        _header, *rows = rows_in(export(client, eef, table, "csv").content, "csv")
        assert {int(row[0]) for row in rows} == set(own.objects.filter(centre=eef).values_list("pk", flat=True))
    _header, *rows = rows_in(export(client, eef, "ratings", "csv").content, "csv")
    assert len(rows) == Rating.objects.filter(intervention__centre=eef).count()


def test_the_file_is_named_and_saved(client, eef, editor):
    client.force_login(editor)
    answer = export(client, eef, "ratings", "csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer["Content-Disposition"].startswith('attachment; filename="eef-ratings-2')
    assert answer.content.startswith(b"\xef\xbb\xbfid,toolkit,intervention,scheme,level")
    assert "spreadsheetml" in export(client, eef, "ratings", "xlsx")["Content-Type"]


def test_an_export_enters_the_audit_trail(client, eef, editor, network):
    client.force_login(editor)
    export(client, eef, "interventions", "xlsx")
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.person, entry.centre, entry.kind, entry.note) == (editor, eef, "evidence_intervention", "42 rows")
    client.head(reverse("editorial:export", args=["eef", "interventions", "csv"]))
    assert AuditEntry.objects.filter(action="exported").count() == 1


def test_a_text_that_no_cell_holds_is_said_and_can_be_had_as_csv(client, eef, editor, mentoring):
    mentoring.how_it_works = "n" * (CELL_LIMIT + 1)
    mentoring.save()
    client.force_login(editor)
    answer = client.get(reverse("editorial:export", args=["eef", "interventions", "xlsx"]), follow=True)
    assert (
        f"has {CELL_LIMIT + 1} characters, and a cell of a workbook holds {CELL_LIMIT}. Export as CSV."
        in answer.content.decode()
    )
    assert not AuditEntry.objects.filter(action="exported").exists()
    assert export(client, eef, "interventions", "csv").status_code == 200


@pytest.mark.parametrize("table", TABLES)
def test_a_template_tells_all_and_its_example_is_right(client, eef, editor, network, table):
    client.force_login(editor)
    csv_file, xlsx_file = (
        client.get(reverse("editorial:import_template", args=["eef", table, form])).content for form in FORMS
    )
    job = tried(editor, eef, table, data=csv_file)
    assert (job.state, job.report["counts"]) == ("done", {"new": 1, "changed": 0, "same": 0})

    book = openpyxl.load_workbook(io.BytesIO(xlsx_file))
    assert book.sheetnames == [table, "Example", "Columns"]
    names = [column.name for column in TABLES[table].columns]
    told = [[cell.value for cell in row] for row in book["Columns"].iter_rows(min_row=2)]
    assert [row[0] for row in told][: len(names)] == names
    assert all(row[1] and row[2] for row in told[: len(names)])
    assert "An empty cell empties what was there." in str(told)
    assert lines(tried(editor, eef, table, data=xlsx_file)) == ["there is only a header"]
    for place, cell in enumerate(next(book["Example"].iter_rows(min_row=2, values_only=True)), start=1):
        book[table].cell(2, place, cell)
    out = io.BytesIO()
    book.save(out)
    job = tried(editor, eef, table, data=out.getvalue())
    assert (job.state, job.report["counts"]) == ("done", {"new": 1, "changed": 0, "same": 0})


def test_the_words_that_a_column_knows_are_the_centres_own(client, eef, editor, network):
    client.force_login(editor)
    data = client.get(reverse("editorial:import_template", args=["eef", "ratings", "xlsx"])).content
    rows = openpyxl.load_workbook(io.BytesIO(data))["Columns"].iter_rows(min_row=2, values_only=True)
    allowed = {row[0]: row[2] for row in rows if row[0]}
    assert allowed["scheme"].split(", ")[0] == "eef-months"
    assert "eef-months: " in allowed["level"]
    assert "yef" not in allowed["scheme"] + allowed["level"] + allowed["toolkit"]


def test_a_template_uploaded_by_the_browser_comes_through(client, eef, editor, network):
    client.force_login(editor)
    data = client.get(reverse("editorial:import_template", args=["eef", "interventions", "xlsx"])).content
    file = SimpleUploadedFile("template.xlsx", data)
    assert (
        client.post("/editorial/imports/", {"table": "interventions", "centre": eef.pk, "file": file}).status_code
        == 302
    )
