"""Safe HTML as a tree."""

import pytest

from toolkits import richtext
from toolkits.public.downloads.html_tree import html_tree, safe_address

BASE = "https://portal.example/record/7/v2/"


def tree(html):
    return html_tree(html, base=BASE)


def text(text):
    return {"kind": "text", "text": text}


def paragraph(*content):
    return {"kind": "paragraph", "content": list(content)}


def words(node):
    """All text of a tree, in order."""
    if isinstance(node, list):
        return "".join(map(words, node))
    return node.get("text", "") + "".join(words(value) for value in node.values() if isinstance(value, list))


def test_every_tag_editors_may_use_has_its_kind():
    markdown = "# One\n\n## Two\n\nA *b* **c** `d` [e](https://x.example)  \nf\n\n- g\n\n1. h\n\n> i"
    html = richtext.to_html(markdown) + "<h4>deeper</h4>"
    assert {tag for tag in richtext.TAGS if f"<{tag}" not in html} == set(), "the sample misses a tag"
    blocks = tree(html)
    assert [block["kind"] for block in blocks] == [
        "heading",
        "heading",
        "paragraph",
        "list",
        "list",
        "quote",
        "heading",
    ]
    assert [inline["kind"] for inline in blocks[2]["content"] if inline["kind"] != "text"] == [
        "em",
        "strong",
        "code",
        "link",
        "break",
    ]
    assert [block["ordered"] for block in blocks if block["kind"] == "list"] == [False, True]


def test_headings_never_skip_a_level():
    assert [block["level"] for block in tree("<h4>a</h4><h4>b</h4><h3>c</h3><h4>d</h4>")] == [1, 2, 1, 2]


def test_heading_inside_a_quotation_is_a_strong_paragraph():
    assert tree("<blockquote><h3>a</h3></blockquote>") == [
        {"kind": "quote", "blocks": [paragraph({"kind": "strong", "content": [text("a")]})]}
    ]


def test_nested_lists_stay_nested():
    blocks = tree("<ul><li>one<ol><li>two</li></ol></li><li><p>three</p><p>four</p></li></ul>")
    inner = {"kind": "list", "ordered": True, "items": [[paragraph(text("two"))]]}
    assert blocks == [
        {
            "kind": "list",
            "ordered": False,
            "items": [[paragraph(text("one")), inner], [paragraph(text("three")), paragraph(text("four"))]],
        }
    ]


def test_white_space_is_what_a_browser_shows():
    assert tree("<p>\n one\n <em> two </em> three<br>\n four </p>\n") == [
        paragraph(
            text("one "),
            {"kind": "em", "content": [text("two ")]},
            text("three"),
            {"kind": "break"},
            text("four"),
        )
    ]


@pytest.mark.parametrize(
    "html", ["", "  \n", "<p></p>", "<ul><li> </li></ul>", "<blockquote></blockquote>", "<h3> </h3>"]
)
def test_nothing_gives_nothing(html):
    assert tree(html) == []


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a<sup>b</sup>c</p>", "abc"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "ab"),
        ("<section><p>a</p>b</section>", "ab"),
        ("<ul>a<li>b</li></ul>", "ab"),
        ("a</p></em>b", "ab"),
        ("<p>a &lt;b&gt; &amp; &#x2014; c", "a <b> & — c"),
        ("<p>#import $x$ *b* \\ `c`</p>", "#import $x$ *b* \\ `c`"),
        ("<p>a &", "a &"),
    ],
)
def test_no_word_is_lost(html, kept):
    assert words(tree(html)) == kept


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"),
        ("/methods/x/", "https://portal.example/methods/x/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://a.example/ŵ y", "https://a.example/%C5%B5%20y"),
        ("https://a.example/%20", "https://a.example/%20"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("javascript://a.example/%0aalert(1)", ""),
        ("ftp://a.example/x", ""),
        ("http:///no-host", ""),
        ("mailto:", ""),
        ("http://[broken", ""),
    ],
)
def test_address(address, safe):
    assert safe_address(address, base=BASE) == safe
    link = tree(f'<p><a href="{address}">words</a></p>')[0]["content"]
    assert link == ([{"kind": "link", "href": safe, "content": [text("words")]}] if safe else [text("words")])


def test_an_address_that_is_missing_leads_nowhere():
    assert safe_address("") == ""
    assert tree("<p><a>words</a></p>") == [paragraph(text("words"))]


@pytest.mark.parametrize("invisible", ["\u00ad", "\u00a0", "\u200b"])
def test_links_and_headings_need_a_visible_character(invisible):
    assert tree(f'<p><a href="/x/">{invisible}</a></p>') == [paragraph(text(invisible))]
    assert tree(f"<h3>{invisible}</h3>") == []
