import pytest

from toolkits.richtext import to_html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("  \n", ""),
        ("Plain *words*.", "<p>Plain <em>words</em>.</p>\n"),
        ("# Loud", "<h3>Loud</h3>\n"),
        ("#### Quiet", "<h4>Quiet</h4>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("[here](https://example.org)", '<p><a href="https://example.org" rel="noopener">here</a></p>\n'),
    ],
)
def test_markdown_becomes_html(source, html):
    assert to_html(source) == html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/tracker.gif)",
        '<a href="https://example.org" onclick="alert(1)">x</a>',
    ],
)
def test_nothing_active_survives(attack):
    html = to_html(attack)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "<a href" not in html or "onclick=" not in html.split("<a href", 1)[1].split(">", 1)[0]
