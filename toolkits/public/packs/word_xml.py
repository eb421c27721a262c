"""Parts of a Word document as XML text: runs, paragraphs, tables. Pure.

python-docx looks up every style anew and finds every element its place among its neighbours, which for a pack of ten
was half a second. Text that is parsed once takes a hundredth of that.
"""

from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RULE = "B1B4B6"


def run(text, *, bold=False, italic=False, style="", language=""):
    """Words in one manner; `style` is the id of a character style, `language` (en-GB) another than the document's."""
    look = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    look += ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look += f"<w:lang w:val={quoteattr(language)}/>" if language else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def line_break():
    """The end of a line within a paragraph."""
    return "<w:r><w:br/></w:r>"


def link(identifier, text):
    """Words that lead to the relationship `identifier` of the document."""
    return f"<w:hyperlink r:id={quoteattr(identifier)}>{run(text, style='Hyperlink')}</w:hyperlink>"


def drawing(inline):
    """A run that holds a drawing; `inline` is its XML."""
    return f"<w:r><w:drawing>{inline}</w:drawing></w:r>"


def paragraph(runs, style="", *, new_page=False, with_next=False, number=0):
    """A paragraph of `runs` (XML); `style` is the id of its style, `number` that of a numbering of its own."""
    look = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    look += ("<w:keepNext/>" if with_next else "") + ("<w:pageBreakBefore/>" if new_page else "")
    look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{runs}</w:p>"


def table(head, rows, widths, *, width, label):
    """A table whose first row is its head, repeated on every page, and whose `label` says what it is.

    `head` is a list of words; a row has for each cell the runs (XML) of its paragraphs; `widths` are shares of `width`,
    which is in twentieths of a point.
    """
    columns = [int(width * share / sum(widths)) for share in widths]
    titles = [[run(words)] for words in head]
    body = [_row(titles, columns, "TableHead", "<w:cantSplit/><w:tblHeader/>")]
    body += [_row(row, columns, "TableText", "<w:cantSplit/>") for row in rows]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{_rules()}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(label)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>" + paragraph("", "Fact")
    )


def _rules():
    """Rules between the rows, as on paper."""
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:color="{RULE}"/>' for side in ("top", "bottom", "insideH"))


def _row(cells, columns, style, properties):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(_cell, cells, columns, [style] * len(columns)))}</w:tr>"


def _cell(paragraphs, column, style):
    words = "".join(paragraph(runs, style) for runs in paragraphs or [""])
    return f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>{words}</w:tc>'
