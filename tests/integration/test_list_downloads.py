"""A list taken away: the same rows in every format, with what was chosen and the day written inside."""

import csv
import io
import json
from urllib.parse import quote

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits.public.downloads import list_pdf

LISTS = {
    "/interventions/?impact=benefit&sort=changed": "Impact: ",
    "/toolkits/teaching-and-learning/?q=reading": "“reading”",
    "/reports/?year_from=2015&year_to=2018": "2015",
}


def taken(client, path, form):
    answer = ask(client, f"{path}&format={form}")
    assert answer.status == 200
    return answer.body


def rows_of_csv(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(body):
    sheet = openpyxl.load_workbook(io.BytesIO(body))["List"]
    assert sheet.freeze_panes == "A2"
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize(("path", "chosen"), LISTS.items())
def test_every_format_has_the_same_rows_and_says_what_was_chosen(network, client, path, chosen):
    listing = client.get(path).context["listing"]
    today = timezone.localdate()
    plain = rows_of_csv(taken(client, path, "csv"))
    found = json.loads(taken(client, path, "json"))
    book = openpyxl.load_workbook(io.BytesIO(taken(client, path, "xlsx")))
    sheet = rows_of_xlsx(taken(client, path, "xlsx"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(taken(client, path, "pdf"))).pages)

    assert len(plain) == listing.count == found["count"] > 0
    assert [list(row) for row in found["rows"]] == [list(row) for row in plain]
    assert [str(row["record"]) for row in found["rows"]] == [row["record"] for row in plain]
    assert [str(row["record"]) for row in sheet] == [row["record"] for row in plain]

    assert any(chosen in words for words in found["chosen"])
    assert found["date"] == today.isoformat()
    about = dict(book["About"].iter_rows(values_only=True))
    assert chosen in about["Chosen"]
    assert about["Rows"] == str(listing.count)
    assert chosen in text
    assert f"{today.day} {today:%B} {today.year}" in text


def test_numbers_are_numbers_and_formulas_are_words(network, client, mentoring, editor, reviewer):
    mentoring.summary = '=HYPERLINK("http://example.org","click")'
    mentoring.save()
    republish(mentoring, editor, reviewer)
    path = "/toolkits/teaching-and-learning/?q="
    row = next(row for row in rows_of_xlsx(taken(client, path, "xlsx")) if row["record"] == mentoring.pk)
    assert row["summary"] == f"'{mentoring.summary}"
    book = openpyxl.load_workbook(io.BytesIO(taken(client, path, "xlsx")))
    assert {cell.data_type for line in book["List"] for cell in line} <= {"s", "n"}


def test_a_list_too_long_for_paper_says_so(network, client, monkeypatch):
    monkeypatch.setattr(list_pdf, "MOST_ROWS", 5)
    text = PdfReader(io.BytesIO(taken(client, "/interventions/?", "pdf"))).pages[0].extract_text()
    assert "first 5 rows" in text
    assert "227 more" in text


def test_the_answer_leads_back_to_its_list(network, client):
    for form in ("csv", "json"):
        response = client.get(f"/interventions/?outcome=crime&format={form}")
        assert response["Link"].startswith("<http://testserver/interventions/?outcome=crime>")
        assert response["Content-Disposition"].endswith(f'.{form}"')
        assert quote("outcome-crime") in response["Content-Disposition"]
    page = client.get("/interventions/?outcome=crime")
    for name, address in page.context["listing"].downloads:
        assert f'<a href="{address.replace("&", "&amp;")}">{name}</a>' in page.content.decode()
