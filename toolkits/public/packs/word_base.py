"""What every Word document of a pack begins with: A4, our styles, the foot. Made once a process, then read from memory."""

import io
from functools import cache

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
INK = RGBColor(0x14, 0x21, 0x3D)
MUTED = RGBColor(0x50, 0x5A, 0x5F)
LINK = RGBColor(0x1D, 0x4E, 0x89)
MARGIN = Cm(2)
THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
LOOKS = (
    ("Normal", 10, None),
    ("Title", 24, INK),
    ("Subtitle", 10, MUTED),
    ("Caption", 9.5, MUTED),
    ("Heading 1", 15, INK),
    ("Heading 2", 13, INK),
    ("Heading 3", 11, INK),
    ("Heading 4", 10, INK),
    ("Intense Quote", 10, INK),
)


def new(pack):
    """An empty Document for a Pack: in its language, with its date at the foot of every page."""
    document = Document(io.BytesIO(_base()))
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), f"{pack.language}-GB")
    foot = document.sections[0].footer.paragraphs[0]
    foot.runs[0].text = _("Evidence pack, {date}. Page ").format(date=pack.date)
    return document


@cache
def _base():
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.8)
    for name, size, colour in LOOKS:
        _look(document.styles[name], size, colour)
    styles = document.styles
    for name in ("Title", "Subtitle", "Caption"):
        _plain(styles[name])
    styles["Normal"].paragraph_format.space_after = Pt(4)
    styles["Normal"].paragraph_format.line_spacing = 1.05
    styles["Title"].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].paragraph_format.space_before = Pt(14)
    _added(styles, "Fact", "Normal").paragraph_format.space_after = Pt(2)
    text = _added(styles, "Table Text", "Fact")
    text.font.size, text.paragraph_format.space_before, text.paragraph_format.line_spacing = Pt(9), Pt(2), 1
    head = _added(styles, "Table Head", "Table Text")
    head.font.bold, head.font.color.rgb = True, INK
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, LINK
    foot = section.footer.paragraphs[0]
    foot.style = styles["Caption"]
    foot.add_run()
    _page_number(foot)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _look(style, size, colour):
    style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in THEME_FONTS:
        # A font of the theme would be taken before the one that is named.
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if colour is not None:
        style.font.color.rgb = colour


def _plain(style):
    """Take away what the template adds to a style: a rule below it, letters set apart, bold type."""
    for properties, name in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        added = properties.find(qn(name)) if properties is not None else None
        if added is not None:
            properties.remove(added)
    style.font.bold = style.name == "Title"


def _added(styles, name, base):
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base]
    return style


def _page_number(paragraph):
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        paragraph.add_run()._r.append(element)
