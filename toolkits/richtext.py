"""Editors' Markdown to safe HTML, once, when a page is frozen.

Raw HTML in the source is shown as text; what is left passes an allow-list. Headings start at level 3,
because the page's own sections are level 2.
"""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "code", "br"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}

_markdown = MarkdownIt("commonmark", {"html": False})
_markdown.disable(["image", "hr", "fence", "code"])


def to_html(source):
    """Safe HTML of Markdown `source`; an empty string for an empty one."""
    if not source.strip():
        return ""
    tokens = _markdown.parse(source)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )
