"""A list taken away: the same rows in every format, with what was chosen and the day written inside."""

import csv
import datetime
import html
import io
import json
import re
from urllib.parse import quote

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits.models import PublishedCorrection
from toolkits.public.downloads import list_csv, list_pdf

NAME = r"(?:entry|row)__name[^>]*>(?:<a[^>]*>)?(.+?)</(?:a|h\d)>"
IN_TABLE = r'<th scope="row"[^>]*><a[^>]*>(.+?)</a>'
# What each list is asked for, the column of its files that its page shows, and what is chosen, in words.
LISTS = {
    "/interventions/?impact=benefit&sort=changed": ("name", "Impact: "),
    "/toolkits/teaching-and-learning/?q=reading": ("name", "“reading”"),
    "/reports/?year_from=2015&year_to=2018": ("title", "From year: 2015"),
    "/toolkits/": ("name", ""),
    "/centres/?on=2019-06-01": ("name", "Members on: 1 June 2019"),
    "/families/": ("name", ""),
    "/families/mentoring/": ("name", ""),
    "/methods/": ("name", ""),
    "/syntheses/": ("name", ""),
    "/toolkits/youth-violence/prison-awareness-programmes/studies/?uk=no": ("label", "From the UK: No"),
    "/corrections/?centre=eef": ("title", "Centre: "),
    "/search/?q=mentoring": ("title", "“mentoring”"),
    "/shortlist/?age=16-24&i=1013&i=1011": ("name", "Picked: 1013, 1011"),
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


@pytest.fixture
def corrected(network):
    """Three corrections, the oldest of another centre; one says what a spreadsheet would compute."""
    now = timezone.now()
    for number, centre in enumerate(("eef", "eef", "yef")):
        PublishedCorrection.objects.create(
            record=1011,
            version=number + 2,
            kind="intervention",
            title=f"Page {number}",
            path="/toolkits/teaching-and-learning/mentoring/",
            centre=centre,
            at=now - datetime.timedelta(days=number),
            wrong="=1+1",
            note="Right.",
            conclusion="same",
            differences=[["summary", "a", "b"]],
            notified=number,
        )


def names_on(page, path):
    """The names in a list as its page shows them, in their order."""
    shown = page.split('id="studies"')[-1] if "/studies/" in path else page.split("<main")[1]
    found = re.findall(IN_TABLE if path.startswith("/families/m") else NAME, shown)
    return [html.unescape(re.sub("<[^>]+>", "", name)) for name in found]


def letters(text):
    """`text` without what a line break may add or take."""
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("path", LISTS)
def test_every_format_has_the_rows_of_the_page_and_says_what_was_chosen(network, client, corrected, path):
    column, chosen = LISTS[path]
    page, today = client.get(path).content.decode(), timezone.localdate()
    path = path if "?" in path else f"{path}?"
    for form in ("csv", "xlsx", "json", "pdf"):
        assert f'format={form}">{form.upper()}</a>' in page
    plain = rows_of_csv(taken(client, path, "csv"))
    found = json.loads(taken(client, path, "json"))
    book = openpyxl.load_workbook(io.BytesIO(taken(client, path, "xlsx")))
    sheet = rows_of_xlsx(taken(client, path, "xlsx"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(taken(client, path, "pdf"))).pages)

    shown = names_on(page, path)
    assert shown == [row[column] for row in plain][: len(shown)] != []
    assert len(plain) == found["count"] == len(found["rows"]) == len(sheet)
    assert len(shown) == len(plain) or 'class="govuk-pagination' in page
    for row, same, again in zip(plain, found["rows"], sheet, strict=True):
        assert [*same, "list_chosen", "list_date"] == list(row)
        assert {name: list_csv.neutral(cell) for name, cell in same.items()}.items() <= row.items()
        assert same[column] == again[column]

    assert (chosen == "") == (found["chosen"] == [])
    assert chosen in "; ".join(found["chosen"])
    assert found["date"] == today.isoformat()
    assert {(row["list_chosen"], row["list_date"]) for row in plain} == {
        ("; ".join(found["chosen"]), today.isoformat())
    }
    about = dict(book["About"].iter_rows(values_only=True))
    assert chosen in about["Chosen"]
    assert about["Rows"] == str(len(plain))
    assert chosen in " ".join(text.split())
    assert f"{today.day} {today:%B} {today.year}" in text
    printed, place = letters(text), 0  # of a name only its beginning: it may go on over the page
    for row in plain:
        place = printed.find(letters(row[column])[:20], place)
        assert place != -1, row[column]


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
