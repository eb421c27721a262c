"""The preview of a field in Markdown, beside the form it is written in."""

import html

import pytest
from django.urls import reverse


def text(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def own(client, editor, mentoring):
    """An editor's browser."""
    client.force_login(editor)
    return client


def preview(client, source, **extra):
    posted = {"_preview": "costs", "costs": source, "name": "unrelated"}
    return client.post(reverse("editorial:markdown"), posted, **extra)


def test_a_preview_comes_alone_for_the_forms_script(own):
    answer = preview(own, "**Bold** <script>", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert answer.content.decode().strip() == (
        '<div class="markdown"><p><strong>Bold</strong> &lt;script&gt;</p>\n</div>'
    )


def test_a_preview_comes_as_a_page_without_it(own):
    answer = preview(own, "**Bold**")
    assert "<strong>Bold</strong>" in text(answer)
    assert "Your form is still open" in text(answer)
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_preview_of_nothing(own):
    assert "There is nothing to show yet." in text(preview(own, " "))
    assert "There is nothing to show yet." in text(own.post(reverse("editorial:markdown")))


def test_a_preview_of_too_much(own):
    assert preview(own, "a" * 100_001).status_code == 400


def test_a_preview_is_for_nobody_else(client, db):
    assert preview(client, "**Bold**").status_code == 302
