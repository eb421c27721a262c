"""Parts of a slide as XML text: titles, boxes of words, tables, pictures. Pure.

python-pptx finds every element its place among its neighbours, and a slide is mostly cells; text is parsed once.
Lengths are EMU, 12,700 of them a point; sizes of type are points.
"""

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from toolkits.words import parted

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
POINT = 12_700
INK, MUTED, RULE, WASH, WHITE = "14213D", "505A5F", "B1B4B6", "F3F2F1", "FFFFFF"
SIDE, ABOVE = 91_440, 30_000  # between the edge of a cell and its words
SIZES = (18, 16, 14, 12, 11, 10, 9)
SHORTEST = 60  # characters to which a cell is cut before rows are left out
FONT = "Arial"
EM = 0.54  # the width of a character in ems, on the safe side of that font
LEADING = 1.22


@dataclass(frozen=True)
class Place:
    """Where something stands on a slide."""

    left: int
    top: int
    width: int
    height: int

    @property
    def xml(self):
        """Its offset and extent, as DrawingML has them."""
        return f'<a:off x="{self.left}" y="{self.top}"/><a:ext cx="{self.width}" cy="{self.height}"/>'


@dataclass(frozen=True)
class Tongue:
    """The language of a deck (`cy-GB`), and what stands in it that centres wrote in English."""

    code: str
    english: frozenset = frozenset()

    def runs(self, words):
        """(language, words) of each part of some words."""
        for place, said in enumerate(parted(words, self.english)):
            if said or not words:
                yield ("en-GB" if place % 2 else self.code), said


def title(number, words, place, *, size, kind="title", anchor="ctr", language):
    """The title of a slide, in the placeholder of its layout."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{place.xml}</a:xfrm></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" rIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle/>'
        f"{line(words, size, INK, bold=True, language=language)}</p:txBody></p:sp>"
    )


def box(number, lines, place, *, size, colour=INK, language):
    """Words in paragraphs, one for each of `lines`."""
    words = "".join(line(words, size, colour, after=size / 3, language=language) for words in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Text {number}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{place.xml}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" rIns="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>{words}</p:txBody></p:sp>'
    )


def line(words, size, colour, *, bold=False, after=0, language):
    """A paragraph of words, from the left; `language` is a Tongue."""
    look = (
        f'sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour}"/>'
        f'</a:solidFill><a:latin typeface="{FONT}"/></a:rPr>'
    )
    runs = "<a:br/>".join(
        "".join(
            f'<a:r><a:rPr lang="{code}" {look}<a:t>{escape(said)}</a:t></a:r>' for code, said in language.runs(part)
        )
        for part in words.split("\n")
    )
    return f'<a:p><a:pPr algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft><a:buNone/></a:pPr>{runs}</a:p>'


def table(number, head, rows, widths, place, *, size, alt, language):
    """A table with its first row as its head; `alt` says what it is to whoever hears the slide."""
    columns = _columns(widths, place.width)
    grid = "".join(f'<a:gridCol w="{column}"/>' for column in columns)
    body = _row(head, columns, size, WHITE, INK, bold=True, language=language)
    for place_of_row, row in enumerate(rows):
        ground = WASH if place_of_row % 2 == 0 else WHITE
        body += _row(row, columns, size, INK, ground, bold=False, language=language)
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}" descr={quoteattr(alt)}/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm>{place.xml}</p:xfrm><a:graphic><a:graphicData uri="{TABLE}"><a:tbl><a:tblPr firstRow="1"/>'
        f"<a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def picture(number, identifier, place, alt):
    """The picture that the relationship `identifier` of the slide leads to."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Picture {number}" descr={quoteattr(alt)}/><p:cNvPicPr>'
        f'<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{identifier}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>{place.xml}</a:xfrm>"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _columns(widths, whole):
    return [int(whole * width / sum(widths)) for width in widths]


def _row(cells, columns, size, colour, ground, *, bold, language):
    height = row_height(cells, columns, size)
    return (
        f'<a:tr h="{height}">'
        + "".join(_cell(words, size, colour, ground, bold, language) for words in cells)
        + "</a:tr>"
    )


def _cell(words, size, colour, ground, bold, language):
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{line(words, size, colour, bold=bold, language=language)}</a:txBody>"
        f'<a:tcPr marT="{ABOVE}" marB="{ABOVE}"><a:lnB w="6350"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:lnB>'
        f'<a:solidFill><a:srgbClr val="{ground}"/></a:solidFill></a:tcPr></a:tc>'
    )


def lines_of(words, width, size):
    """About how many lines words take in a box of `width` at `size`."""
    room = max(1, int(width / POINT / (size * EM)))
    return sum(max(1, math.ceil(len(part) / room)) for part in words.split("\n"))


def height_of(lines, width, size):
    """About how high paragraphs stand in a box of `width` at `size`."""
    return int(sum(lines_of(words, width, size) * size * LEADING + size / 3 for words in lines) * POINT)


def row_height(cells, columns, size):
    """About how high a row of a table is."""
    most = max(lines_of(words, column - 2 * SIDE, size) for words, column in zip(cells, columns, strict=True))
    return int(most * size * LEADING * POINT) + 2 * ABOVE


def short(words, longest):
    """`words`, cut at a word with an ellipsis where they are longer than a slide has room for."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0]} …"


def fitted(head, rows, widths, width, height):
    """(size, rows) with which a table fits into `width` and `height`: in smaller type first, then with cells cut
    short, and only then with fewer rows."""
    columns = _columns(widths, width)

    def fits(some, size):
        return sum(row_height(cells, columns, size) for cells in [head, *some]) <= height

    for size in SIZES:
        if fits(rows, size):
            return size, rows
    longest = max((len(words) for row in rows for words in row), default=0)
    while longest > SHORTEST:
        longest = max(SHORTEST, int(longest * 0.85))
        cut = [[short(words, longest) for words in row] for row in rows]
        if fits(cut, SIZES[-1]):
            return SIZES[-1], cut
    rows = [[short(words, SHORTEST) for words in row] for row in rows]
    while rows and not fits(rows, SIZES[-1]):
        rows = rows[:-1]
    return SIZES[-1], rows
