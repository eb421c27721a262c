"""Pages whose search is old, or whose review is long overdue, say so wherever they are shown."""

import io

import pypdf
import pytest

from tests.answers import ask
from tests.factories.publishing import republish
from toolkits import freshness

PAGE = "/toolkits/teaching-and-learning/mentoring/"
LIST = "/toolkits/teaching-and-learning/?q=mentoring"
OLD = "Search over two years old"


def text(client, path):
    return " ".join(ask(client, path).body.decode().split())


@pytest.fixture
def dated(mentoring, editor, reviewer):
    """Publish mentoring with some dates, as months from today."""

    def publish(**months):
        today = freshness.today()
        for name, number in months.items():
            setattr(mentoring, name, freshness.months_later(today, number))
        mentoring.save()
        republish(mentoring, editor, reviewer)
        return mentoring

    return publish


def test_an_old_search_is_told_on_page_list_table_and_pdf(dated, client):
    page = dated(last_searched=-25)
    month = f"{page.last_searched:%B %Y}"
    sentence = f"The search for studies is over two years old: it ended in {month}; newer studies may exist."
    assert sentence in text(client, PAGE)
    assert f"<strong>{OLD}</strong>" in text(client, LIST)
    assert f'<span class="table__small">{OLD}</span>' in text(client, f"{LIST}&view=table")
    file = pypdf.PdfReader(io.BytesIO(client.get(f"{PAGE}?format=pdf").content))
    assert sentence in " ".join(" ".join(sheet.extract_text() for sheet in file.pages).split())


def test_a_review_long_overdue_is_told(dated, client):
    page = dated(last_searched=-2, next_review=-7)
    assert f"It was due to be reviewed in {page.next_review:%B %Y}" in text(client, PAGE)
    listed = text(client, LIST)
    assert f"Review overdue since {page.next_review:%B %Y}" in listed
    assert OLD not in listed


def test_what_is_new_or_a_little_late_is_not_told(dated, client):
    dated(last_searched=-23, next_review=-5)
    assert "may be out of date" not in text(client, PAGE)
    listed = text(client, LIST)
    assert "Search over" not in listed
    assert "overdue" not in listed


def test_a_page_without_dates_says_only_that_they_are_not_recorded(network, client):
    page = text(client, PAGE)
    assert "may be out of date" not in page
    assert "<dt>Evidence last searched</dt><dd>not recorded here</dd>" in page


@pytest.mark.parametrize("path", [PAGE, LIST, f"{LIST}&view=table", f"{PAGE}?format=pdf"])
def test_an_answer_that_a_reader_has_is_given_anew_on_another_day(dated, client, monkeypatch, path):
    dated(last_searched=-23)
    first = client.get(path)
    assert b"ver two years old" not in first.content
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    later = freshness.months_later(freshness.today(), 12)
    monkeypatch.setattr(freshness, "today", lambda: later)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    if "format=pdf" not in path:
        assert b"ver two years old" in again.content


def test_the_older_version_itself_is_left_as_it_was(dated, client):
    dated(last_searched=-25)
    assert "may be out of date" not in text(client, "/record/1011/v1/")
