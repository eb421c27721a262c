"""A pack as a Word document: real headings, lists and tables, so that it can be edited, navigated and read aloud."""

import io

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from toolkits.public.packs.body import body
from toolkits.public.packs.fixed_zip import describe, fixed

FONT = "Arial"
INK = RGBColor(0x14, 0x21, 0x3D)
MUTED = RGBColor(0x50, 0x5A, 0x5F)
LINK = "1D4E89"
RULE = "B1B4B6"
WIDTH = Cm(17)


def write(pack):
    """The bytes of the .docx of a Pack; the same for the same pack."""
    document = Document()
    _styles(document, pack)
    whole = body(pack)
    several = len(pack.items) > 1
    document.add_heading(pack.title, 0)
    _said(document, pack.as_of, "Subtitle")
    for notice in pack.gone:
        _said(document, notice, "Intense Quote")
    _sections(document, whole.front, 1)
    for part in whole.items:
        if several:
            heading = document.add_heading(part.item.name, 1)
            heading.paragraph_format.page_break_before = True
        _said(document, f"{part.item.centre} · {part.item.toolkit}", "Caption")
        if part.item.summary:
            document.add_paragraph(part.item.summary)
        for notice in part.item.notices:
            _said(document, notice, "Intense Quote")
        _sections(document, part.sections, 2 if several else 1)
    _sections(document, whole.end, 1)
    describe(document.core_properties, pack, author=pack.items[0].centre, subject=pack.as_of)
    file = io.BytesIO()
    document.save(file)
    return fixed(file.getvalue())


def _styles(document, pack):
    """A4, our colours, and the language of the text, by which it is spelled and read aloud."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name, size, colour in (
        ("Normal", 10.5, None),
        ("Title", 24, INK),
        ("Subtitle", 10, MUTED),
        ("Caption", 9.5, MUTED),
        ("Heading 1", 15, INK),
        ("Heading 2", 13, INK),
        ("Heading 3", 11, INK),
        ("Heading 4", 10.5, INK),
        ("Intense Quote", 10.5, INK),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # A font of the theme would be taken before the one that is named.
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if colour is not None:
            style.font.color.rgb = colour
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(14)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), f"{pack.language}-GB")
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Caption"]
    foot.add_run(_("Evidence pack, {date}. Page ").format(date=pack.date))
    _page_number(foot)


def _page_number(paragraph):
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        paragraph.add_run()._r.append(element)


def _said(document, words, style):
    document.add_paragraph(words, style=style)


def _sections(document, sections, level):
    for section in sections:
        document.add_heading(section["title"], level)
        _blocks(document, section["blocks"], level)


def _blocks(target, blocks, level, style=None):
    """Blocks of `downloads.parts` into a document or a cell; `level` is that of the heading they stand under."""
    for block in blocks:
        kind = block["kind"]
        if kind == "paragraph":
            _inlines(target.add_paragraph(style=style), block["content"])
        elif kind == "heading":
            _inlines(target.add_paragraph(style=f"Heading {level + block['level']}"), block["content"])
        elif kind == "list":
            for item in block["items"]:
                _blocks(target, item, level, "List Number" if block["ordered"] else "List Bullet")
        elif kind == "quote":
            _blocks(target, block["blocks"], level, "Quote")
        elif kind == "facts":
            for row in block["rows"]:
                paragraph = target.add_paragraph(style=style)
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.add_run(f"{row['label']}: ").bold = True
                _inlines(paragraph, row["content"])
        elif kind == "table":
            rows = [[_plain_cell(cell) for cell in row] for row in block["rows"]]
            _table(target, block["head"], rows, block["widths"])
        elif kind == "forest":
            _forest(target, block)


def _plain_cell(cell):
    return [inlines["content"] for inlines in cell]


def _forest(document, plot):
    """A forest plot as its table, which says in words where each range lies; a drawing would say less aloud."""
    document.add_paragraph().add_run(plot["title"]).bold = True
    head = [plot["head"]["study"], plot["head"]["value"], _("Where it lies"), plot["head"]["weight"]]
    rows = []
    for row in plot["rows"]:
        if row["kind"] == "group":
            rows.append([_words(row["name"]), [], [], []])
        else:
            rows.append([_words(said) for said in (row["name"], row["value"], row["alt"], row["weight"])])
    if not any(row[3] for row in rows):
        head, rows = head[:3], [row[:3] for row in rows]
    _table(document, head, rows, [6, 5, 6, 2][: len(head)])


def _words(words):
    return [[{"kind": "text", "text": words}]] if words else []


def _table(document, head, rows, widths):
    """A table whose head is a head: repeated on every page, and told to whoever hears it."""
    table = document.add_table(rows=1, cols=len(head))
    table.autofit = False
    _lines(table)
    total = sum(widths)
    for row, cells in [(table.rows[0], [_words(words) for words in head]), *((table.add_row(), row) for row in rows)]:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if row._index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, paragraphs, width in zip(row.cells, cells, widths, strict=True):
            cell.width = int(WIDTH * width / total)
            _fill(cell, paragraphs, bold=row._index == 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = int(WIDTH * width / total)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(cell, paragraphs, *, bold):
    for number, inlines in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _inlines(paragraph, inlines, bold=bold)
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _lines(table):
    """Rules between the rows, as on paper."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", RULE)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.append(borders)
    # The first row is a head; the first column names its row.
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")


def _inlines(paragraph, nodes, *, bold=False, italic=False):
    for node in nodes:
        kind = node["kind"]
        if kind in {"text", "code"}:
            run = paragraph.add_run(node["text"])
            run.bold, run.italic = bold or None, italic or None
        elif kind == "break":
            paragraph.add_run().add_break(WD_BREAK.LINE)
        elif kind == "link":
            _link(paragraph, node)
        else:
            _inlines(paragraph, node["content"], bold=bold or kind == "strong", italic=italic or kind == "em")


def _link(paragraph, node):
    words = "".join(text_of(node["content"]))
    identifier = paragraph.part.relate_to(node["href"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), identifier)
    run = paragraph.add_run(words)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(LINK)
    link.append(run._r)
    paragraph._p.append(link)


def text_of(nodes):
    """The words of inlines, one after the other."""
    for node in nodes:
        if "text" in node:
            yield node["text"]
        else:
            yield from text_of(node.get("content", []))
