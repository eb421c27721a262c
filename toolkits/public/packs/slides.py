"""A pack as slides: one an intervention, and at most five around them. Every slide has a title, and its sources as notes."""

import io

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from toolkits.payloads import MAIN_AXES
from toolkits.public.packs.body import network, on_axis
from toolkits.public.packs.fixed_zip import describe, fixed

INK, MUTED, WASH = RGBColor(0x14, 0x21, 0x3D), RGBColor(0x50, 0x5A, 0x5F), RGBColor(0xF3, 0xF2, 0xF1)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
WIDTH, HEIGHT, MARGIN = Emu(12192000), Emu(6858000), Emu(500000)
INSIDE = WIDTH - 2 * MARGIN
TITLE_LAYOUT, TITLE_ONLY = 0, 5
LONGEST = 260  # characters of a sentence on a slide; the page and the document have it whole
MOST_RESULTS = 7
MOST_RATINGS = 8


def write(pack):
    """The bytes of the .pptx of a Pack; the same for the same pack."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    _cover(slides, pack)
    if len(pack.items) > 1:
        _glance(slides, pack)
    for item in pack.items:
        _item(slides, item)
    if pack.results:
        _results(slides, pack)
    _gaps(slides, pack)
    _about(slides, pack)
    _speak(slides, pack)
    subject = _("Evidence pack, {date}").format(date=pack.date)
    describe(slides.core_properties, pack, author=pack.items[0].centre, subject=subject)
    file = io.BytesIO()
    slides.save(file)
    return fixed(file.getvalue())


def _cover(slides, pack):
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_LAYOUT])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, Emu(1500000), INSIDE, Emu(1700000))
    _place(subtitle, MARGIN, Emu(3300000), INSIDE, Emu(2600000))
    _set(title.text_frame, [pack.title], 38, INK, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    lead = pack.items[0].summary if len(pack.items) == 1 else "; ".join(item.name for item in pack.items)
    _set(subtitle.text_frame, [short(lead), pack.as_of, *pack.gone], 16, MUTED)
    _notes(slide, [pack.disclaimer, pack.address])


def _glance(slides, pack):
    head = [_("Intervention"), _("Impact"), _("Strength of evidence"), _("Cost")]
    rows = [
        [item.name, *(short(on_axis(item, axis), 150) for axis in ("impact", "strength", "cost"))]
        for item in pack.items
    ]
    slide = _slide(slides, _("At a glance"))
    _table(slide, head, rows, [4, 6, 4, 4], _size(rows), _("Each intervention with its ratings in words"))
    _notes(
        slide,
        [_("Each is rated on its own centre’s scale. Ratings on different scales cannot be ranked."), pack.address],
    )


def _item(slides, item):
    slide = _slide(slides, item.name)
    main = [rating for rating in item.ratings if rating.axis in MAIN_AXES]
    shown = [*main, *(rating for rating in item.ratings if rating.axis not in MAIN_AXES)][:MOST_RATINGS]
    rows = [[rating.name, short(" ".join(filter(None, [rating.words, network(rating)])), 220)] for rating in shown] + [
        [missing.title, missing.meaning] for missing in item.missing
    ]
    rows.append([_("Studies"), item.studies])
    if item.headline:
        rows.append([_("Headline figure"), item.headline])
    message = [*item.notices, *(short(words) for words in item.message[:2])]
    frame = _text(slide, Emu(1250000), Emu(1050000))
    _set(frame, message, 16, INK)
    name = _("Ratings of {name}").format(name=item.name)
    _table(slide, [_("What is rated"), _("Rating")], rows, [4, 12], _size(rows), name, top=Emu(2400000))
    left = len(item.ratings) - len(shown)
    more = [_("{count} more ratings are in the document.").format(count=left)] if left > 0 else []
    _foot(
        slide,
        [
            *more,
            _("Version {number}, published {date}: {address}").format(
                number=item.version, date=item.published, address=item.address
            ),
        ],
    )
    sources = [" ".join(filter(None, [source.url, source.note])) for source in item.sources]
    _notes(slide, [item.centre, item.address, *sources])


def _results(slides, pack):
    head = [_("Outcome"), _("Average effect"), _("95 % range"), _("In a new place"), _("Studies")]
    rows = [
        [
            f"{result.outcome}{_(' (illustrative)') if result.illustrative else ''}",
            result.figure or short(result.answer, 120),
            result.range,
            result.prediction,
            str(result.k),
        ]
        for result in pack.results[:MOST_RESULTS]
    ]
    slide = _slide(slides, _("What the studies add up to"))
    _table(slide, head, rows, [5, 5, 3, 3, 2], _size(rows), _("Pooled results with their ranges"))
    left = len(pack.results) - len(rows)
    notes = [_("{count} more results are in the document.").format(count=left)] if left > 0 else []
    if any(result.illustrative for result in pack.results):
        notes.append(_("Illustrative: from published reviews, not the work of the centre."))
    _foot(slide, notes)
    _notes(slide, [f"{result.name}: {result.address}" for result in pack.results])


def _gaps(slides, pack):
    """What is not known is said as plainly as what is."""
    slide = _slide(slides, _("Cautions and gaps"))
    head = [_("Intervention"), _("Harms and cautions"), _("Not recorded here")]
    rows = [
        [
            item.name,
            short("; ".join(item.document.cautions), 170) or _("Not recorded here."),
            short("; ".join(item.silent), 170) or _("Nothing of what a pack holds."),
        ]
        for item in pack.items
    ]
    _table(slide, head, rows, [4, 7, 7], _size(rows), _("Cautions and gaps of each intervention"))
    _notes(slide, [pack.address])


def _about(slides, pack):
    slide = _slide(slides, _("Sources and versions"))
    rows = [[item.name, str(item.version), item.published, item.address] for item in pack.items]
    head = [_("Intervention"), _("Version"), _("Published"), _("Permanent address")]
    _table(slide, head, rows, [6, 2, 3, 7], _size(rows), _("The versions that this pack is made of"))
    _foot(slide, [pack.disclaimer])
    _notes(slide, [pack.as_of])


def short(words, longest=LONGEST):
    """`words`, cut at a word with an ellipsis where they would not fit on a slide."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0]} …"


def _size(rows):
    """The type of a table, in points, so that its rows fit on a slide."""
    return 14 if len(rows) <= 4 else 12 if len(rows) <= 6 else 9


def _slide(slides, title):
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, MARGIN, Emu(300000), INSIDE, Emu(850000))
    _set(slide.shapes.title.text_frame, [title], 26, INK, bold=True)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return slide


def _place(shape, left, top, width, height):
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _text(slide, top, height):
    frame = slide.shapes.add_textbox(MARGIN, top, INSIDE, height).text_frame
    frame.word_wrap = True
    return frame


def _foot(slide, lines):
    if lines:
        _set(_text(slide, Emu(6250000), Emu(450000)), lines, 10, MUTED)


def _set(frame, lines, size, colour, *, bold=False):
    """The paragraphs of a frame, from the left, each in our colour and size."""
    frame.word_wrap = True
    for number, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = 1
        paragraph.space_after = Pt(size / 3)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(size), bold, colour


def _table(slide, head, rows, widths, size, alt, top=None):
    """A table with its first row as its head; `alt` says what it is to whoever hears the slide."""
    top = Emu(1250000) if top is None else top
    shape = slide.shapes.add_table(len(rows) + 1, len(head), MARGIN, top, INSIDE, Emu(300000 * (len(rows) + 1)))
    shape._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = shape.table
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(INSIDE * width / sum(widths)))
    for place, row in enumerate([head, *rows]):
        for cell, words in zip(table.rows[place].cells, row, strict=True):
            cell.margin_top = cell.margin_bottom = Emu(30000)
            cell.fill.solid()
            cell.fill.fore_color.rgb = INK if place == 0 else WASH if place % 2 else WHITE
            _set(cell.text_frame, [words], size, WHITE if place == 0 else INK, bold=place == 0)
            cell.text_frame.paragraphs[0].space_after = Pt(0)


def _notes(slide, lines):
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _speak(slides, pack):
    """Says of every run which language it is in."""
    language = f"{pack.language}-GB"
    for slide in slides.slides:
        for properties in slide._element.iter(qn("a:rPr")):
            properties.set("lang", language)
