"""A pack as a Word document: real headings, lists and tables, so that it can be edited, navigated and read aloud."""

import io
from itertools import zip_longest

from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Twips
from lxml import etree

from toolkits.public.downloads import parts
from toolkits.public.packs import word_base
from toolkits.public.packs.body import body
from toolkits.public.packs.fixed_zip import describe, fixed
from toolkits.public.packs.forest_picture import forest_picture, words_of
from toolkits.public.packs.word_xml import NAMESPACES, drawing, line_break, link, paragraph, run, table

ENGLISH = "en-GB"
WIDTH = 9638  # of the text, in twentieths of a point: 17 cm


def write(pack):
    """The bytes of the .docx of a Pack; the same for the same pack."""
    document = word_base.new(pack)
    words = _Words(document, pack.english)
    whole = body(pack)
    several = len(pack.items) > 1
    words.say(pack.title, "Title")
    words.say(pack.as_of, "Subtitle")
    for notice in pack.gone:
        words.say(notice, "IntenseQuote")
    words.sections(whole.front, 1)
    for part in whole.items:
        if several:
            words.heading(part.item.name, 1, new_page=True)
        words.say(f"{part.item.centre} · {part.item.toolkit}", "Caption")
        if part.item.summary:
            words.say(part.item.summary)
        for notice in part.item.notices:
            words.say(notice, "IntenseQuote")
        words.sections(part.sections, 2 if several else 1)
    words.sections(whole.end, 1, new_page=several)
    words.put()
    describe(document.core_properties, pack, author=pack.items[0].centre, subject=pack.as_of)
    file = io.BytesIO()
    document.save(file)
    return fixed(file.getvalue())


class _Words:
    """The body of a document as it grows, in XML text; `put` writes it into the document, once."""

    def __init__(self, document, english):
        self._document, self._english = document, english
        self._xml = []
        self._links = {}
        self._pictures = 0

    def put(self):
        """Put everything said into the document, before the settings of its pages."""
        grown = parse_xml(f"<w:body {NAMESPACES}>{''.join(self._xml)}</w:body>")
        pages = self._document.element.body.sectPr
        for element in list(grown):
            pages.addprevious(element)

    def say(self, words, style=""):
        """A paragraph of words; `style` is the id of its style."""
        self._xml.append(paragraph(self._runs(parts.with_english([parts.text(words)], self._english)), style))

    def heading(self, words, level, *, new_page=False):
        """A heading."""
        runs = self._runs(parts.with_english([parts.text(words)], self._english))
        self._xml.append(paragraph(runs, f"Heading{level}", new_page=new_page))

    def sections(self, sections, level, *, new_page=False):
        """Titles of `level`, each with its blocks."""
        for section in sections:
            self.heading(section["title"], level, new_page=new_page)
            self._blocks(section["blocks"], level, label=section["title"])

    def _blocks(self, blocks, level, *, label, style="", number=0, depth=0):
        """Blocks of `downloads.parts`; `level` is that of the heading they stand under."""
        for block, below in zip_longest(blocks, blocks[1:], fillvalue={}):
            kind = block["kind"]
            if kind == "paragraph":
                # What is said of a table goes with it, and one that is strong all through with whatever follows.
                over = below.get("kind") == "table" or all(node["kind"] == "strong" for node in block["content"])
                over = over and not style
                self._xml.append(paragraph(self._runs(block["content"]), style, with_next=over, number=number))
            elif kind == "heading":
                self._xml.append(paragraph(self._runs(block["content"]), f"Heading{min(level + block['level'], 9)}"))
            elif kind == "list":
                self._list(block, level, label, depth)
            elif kind == "quote":
                self._blocks(block["blocks"], level, label=label, style="Quote", depth=depth)
            elif kind == "facts":
                for place, row in enumerate(block["rows"], 1):
                    named = run(f"{row['label']}: ", bold=True) + self._runs(row["content"])
                    self._xml.append(paragraph(named, "Fact", with_next=place < len(block["rows"])))
            elif kind == "table":
                rows = [[[self._runs(part["content"]) for part in cell] for cell in row] for row in block["rows"]]
                self._table(block["head"], rows, block["widths"], label)
            elif kind == "forest":
                self._forest(block)

    def _list(self, block, level, label, depth):
        style = f"{'ListNumber' if block['ordered'] else 'ListBullet'}{depth + 1 if 0 < depth < 3 else ''}"
        number = self._new_numbering(style) if block["ordered"] else 0
        for item in block["items"]:
            self._blocks(item, level, label=label, style=style, number=number, depth=depth + 1)

    def _new_numbering(self, style):
        """The number of a numbering that begins at one; else every list would go on counting from the last."""
        numbering = self._document.part.numbering_part.element
        (of_style,) = (found for found in self._document.styles.element.style_lst if found.styleId == style)
        model = numbering.num_having_numId(of_style.pPr.numPr.numId.val)
        own = numbering.add_num(model.abstractNumId.val)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return own.numId

    def _forest(self, plot):
        """A forest plot as a picture, and beside it as a table, which says in words where each range lies."""
        self._xml.append(paragraph(run(plot["title"], bold=True), with_next=True))
        self._xml.append(paragraph(self._picture(plot), with_next=True))
        self.say(plot["key"], "Caption")
        head = [plot["head"]["study"], plot["head"]["value"], _("Where it lies"), plot["head"]["weight"]]
        rows = []
        for row in plot["rows"]:
            said = (row["name"], "", "", "") if row["kind"] == "group" else _said(row)
            rows.append([[run(words)] if words else [] for words in said])
        if not any(row[3] for row in rows):
            head, rows = head[:3], [row[:3] for row in rows]
        self._table(head, rows, [5, 4, 8, 2][: len(head)], plot["title"])

    def _picture(self, plot):
        self._pictures += 1
        inline = self._document.part.new_pic_inline(io.BytesIO(forest_picture(plot)), width=Twips(WIDTH))
        inline.docPr.id = self._pictures
        for side in ("distL", "distR"):
            inline.set(side, "0")  # the template keeps words off it, and so sets it beyond the margin
        inline.docPr.set("descr", words_of(plot))
        return drawing(etree.tostring(inline, encoding="unicode"))

    def _table(self, head, rows, widths, label):
        self._xml.append(table(head, rows, widths, width=WIDTH, label=label))

    def _runs(self, nodes, *, bold=False, italic=False):
        """Inlines of `downloads.parts` as the XML of runs."""
        runs = []
        for node in nodes:
            kind = node["kind"]
            if kind in {"text", "code"}:
                runs.append(run(node["text"], bold=bold, italic=italic))
            elif kind == "english":
                runs.append(run(node["text"], bold=bold, italic=italic, language=ENGLISH))
            elif kind == "break":
                runs.append(line_break())
            elif kind == "link":
                runs.append(link(self._relation(node["href"]), "".join(text_of(node["content"]))))
            else:
                runs.append(self._runs(node["content"], bold=bold or kind == "strong", italic=italic or kind == "em"))
        return "".join(runs)

    def _relation(self, address):
        if address not in self._links:
            part = self._document.part
            self._links[address] = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[address]


def _said(row):
    return row["name"], row["value"], row["alt"], row["weight"]


def text_of(nodes):
    """The words of inlines, one after the other."""
    for node in nodes:
        if "text" in node:
            yield node["text"]
        else:
            yield from text_of(node.get("content", []))
