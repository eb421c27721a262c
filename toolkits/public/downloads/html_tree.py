"""Safe HTML of a payload as a small tree that a typesetter can lay out. Pure: standard library only.

A block is a dict with a `kind`:
    paragraph  content: inlines
    heading    level: 1 or 2 below the section it stands in, content: inlines
    list       ordered: bool, items: a list of blocks for each item
    quote      blocks
An inline is a dict with a `kind`: text (text), code (text), strong (content), em (content),
link (href, content), break or, in a sheet that is not in English, english (text). A tag that has no kind gives its text and nothing else, so no word is lost.
"""

import re
import unicodedata
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote, urljoin, urlsplit

SCHEMES = {"http", "https", "mailto"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {"p", "ul", "ol", "li", "blockquote"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
# What an address may hold as it stands; the rest is written in per cent, so that it stays ASCII.
_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def html_tree(html, *, base):
    """The blocks of `html`; relative addresses are resolved against `base`, an absolute address.

    A heading is at most one level below the one before, as a tagged PDF must not skip any.
    """
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return _Converter(base).blocks(parser.root.children)


def safe_address(address, *, base=""):
    """`address`, absolute and ASCII; an empty string where it does not lead to a page or a mailbox."""
    try:
        absolute = urljoin(base, address.strip()) if address.strip() else ""
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    leads_somewhere = parts.path if parts.scheme == "mailto" else parts.netloc
    if parts.scheme not in SCHEMES or not leads_somewhere:
        return ""
    return quote(absolute, safe=_ADDRESS)


class _Element:
    """A tag with its attributes and children (elements and strings)."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    @property
    def is_block(self):
        return self.tag in _BLOCKS or any(child.is_block for child in self.children if isinstance(child, _Element))


class _Elements(HTMLParser):
    """Collects the elements of a document."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = _Element("", [])
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = _Element(tag, attrs)
        self._open[-1].children.append(element)
        if tag != "br":
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self._open[-1].children.append(_Element(tag, attrs))

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self._open[-1].children.append(data)


class _Converter:
    """Elements to blocks and inlines."""

    def __init__(self, base):
        self._base = base
        self._level = 0

    def blocks(self, children, *, nested=False):
        """Blocks of mixed children: a run of inline ones makes a paragraph."""
        result, run = [], []
        for child in children:
            if isinstance(child, _Element) and child.is_block:
                result += self._paragraph(run)
                result += self._block(child, nested)
                run = []
            else:
                run.append(child)
        return result + self._paragraph(run)

    def _block(self, element, nested):
        if element.tag in _HEADINGS:
            return self._heading(element, nested)
        if element.tag in ("ul", "ol"):
            return self._list(element)
        if element.tag == "blockquote":
            blocks = self.blocks(element.children, nested=True)
            return [{"kind": "quote", "blocks": blocks}] if blocks else []
        return self.blocks(element.children, nested=nested)

    def _heading(self, element, nested):
        content = self._inlines(element.children)
        if not _is_visible(content):
            return []
        if nested:
            # A heading inside a list or a quotation would break the outline of the document.
            return [{"kind": "paragraph", "content": [{"kind": "strong", "content": content}]}]
        self._level = min(max(int(element.tag[1]) - 2, 1), self._level + 1, 2)
        return [{"kind": "heading", "level": self._level, "content": content}]

    def _list(self, element):
        blocks = [
            self.blocks([child] if isinstance(child, str) else child.children, nested=True)
            for child in element.children
        ]
        items = [item for item in blocks if item]
        return [{"kind": "list", "ordered": element.tag == "ol", "items": items}] if items else []

    def _paragraph(self, children):
        content = self._inlines(children)
        return [{"kind": "paragraph", "content": content}] if content else []

    def _inlines(self, children):
        return _trimmed(self._inline(children))

    def _inline(self, children):
        result = []
        for child in children:
            if isinstance(child, str):
                result.append({"kind": "text", "text": _SPACE.sub(" ", child)})
            elif child.tag == "br":
                result.append({"kind": "break"})
            elif child.tag == "code":
                result.append({"kind": "code", "text": _SPACE.sub(" ", _text(child))})
            else:
                result += self._marked(child)
        return result

    def _marked(self, element):
        content = self._inline(element.children)
        if element.tag in ("strong", "em"):
            return [{"kind": element.tag, "content": content}]
        href = safe_address(element.attributes.get("href") or "", base=self._base) if element.tag == "a" else ""
        # A link without a visible character could not be followed, and Typst fails on some of them.
        return [{"kind": "link", "href": href, "content": content}] if href and _is_visible(content) else content


def _text(element):
    """All text in an element."""
    return "".join(child if isinstance(child, str) else _text(child) for child in element.children)


def _trimmed(inlines):
    """Inlines as a browser shows them: one space between words, none at either end or beside a break."""
    leaves = list(_leaves(inlines))
    for before, own in pairwise([None, *leaves]):
        if own["kind"] == "text" and (before is None or before["kind"] == "break" or _ends_in_space(before)):
            own["text"] = own["text"].lstrip(" ")
    for own, after in pairwise([*leaves, None]):
        if own["kind"] == "text" and (after is None or after["kind"] == "break"):
            own["text"] = own["text"].rstrip(" ")
    return _without_empty(inlines)


def _leaves(inlines):
    for inline in inlines:
        if "content" in inline:
            yield from _leaves(inline["content"])
        else:
            yield inline


def _ends_in_space(leaf):
    return leaf.get("text", "").endswith(" ")


def _is_visible(inlines):
    """Whether anything would be seen: not only spaces, controls and formatting characters."""
    return any(
        unicodedata.category(character)[0] not in "CZ"
        for leaf in _leaves(inlines)
        for character in leaf.get("text", "")
    )


def _without_empty(inlines):
    result = []
    for inline in inlines:
        if "content" in inline:
            inline["content"] = _without_empty(inline["content"])
        if inline["kind"] == "break" or inline.get("text") or inline.get("content"):
            result.append(inline)
    return result
