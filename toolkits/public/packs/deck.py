"""A deck of slides that grows from top to bottom: titles, words, tables and pictures that fit, and notes."""

import io
from functools import cache

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.util import Emu

from toolkits.public.packs import slide_xml
from toolkits.public.packs.fixed_zip import describe, fixed
from toolkits.public.packs.slide_xml import MUTED, Place, Tongue

WIDTH, HEIGHT, MARGIN = 12_192_000, 6_858_000, 500_000
INSIDE = WIDTH - 2 * MARGIN
TITLE = Place(MARGIN, 260_000, INSIDE, 850_000)
TOP, BOTTOM = 1_220_000, HEIGHT - 260_000
GAP = 120_000
FOOT = 10  # points
COVER, TITLE_ONLY = 0, 1  # layouts of `_base`


class Deck:
    """The slides of a Pack, in its language."""

    def __init__(self, pack):
        self._pack = pack
        self._deck = Presentation(io.BytesIO(_base()))
        self.language = Tongue(f"{pack.language}-GB", pack.english)

    def cover(self, title, lines, *, notes):
        """The first slide."""
        slide = Slide(self, self._add(COVER))
        slide.put(
            slide_xml.title, title, Place(MARGIN, 1_300_000, INSIDE, 1_900_000), size=38, kind="ctrTitle", anchor="b"
        )
        slide.put(slide_xml.box, lines, Place(MARGIN, 3_350_000, INSIDE, 2_900_000), size=16, colour=MUTED)
        slide.notes(*notes)

    def slide(self, title):
        """A Slide with its title, to be filled from the top."""
        slide = Slide(self, self._add(TITLE_ONLY))
        slide.put(slide_xml.title, title, TITLE, size=26 if len(title) < 90 else 20)
        return slide

    def _add(self, layout):
        return self._deck.slides.add_slide(self._deck.slide_layouts[layout])

    def file(self, *, subject):
        """The bytes of the .pptx."""
        pack, file = self._pack, io.BytesIO()
        describe(self._deck.core_properties, pack, author=pack.items[0].centre, subject=subject)
        self._deck.save(file)
        return fixed(file.getvalue())


class Slide:
    """A slide as it grows: the foot is said before the table or picture, which takes what room is left."""

    def __init__(self, deck, slide):
        self._slide, self._language = slide, deck.language
        self._shapes = slide.shapes._spTree
        for placeholder in list(self._shapes.iter_shape_elms()):
            self._shapes.remove(placeholder)
        self._number, self._top, self._feet = 1, TOP, []

    def put(self, shape, *words, **looks):
        """Put a shape of `slide_xml` on the slide."""
        self._number += 1
        self._add(shape(self._number, *words, **looks, language=self._language))

    def _add(self, xml):
        name, end, rest = xml.partition(">")
        self._shapes.append(parse_xml(f"{name} {slide_xml.NAMESPACES}{end}{rest}"))

    def text(self, lines, size):
        """Words under what stands there already."""
        height = slide_xml.height_of(lines, INSIDE, size) + 2 * 45_720
        self.put(slide_xml.box, lines, Place(MARGIN, self._top, INSIDE, height), size=size)
        self._top += height + GAP

    def foot(self, *lines):
        """Small words at the foot of the slide."""
        self._feet += lines

    def _bottom(self):
        """Where the room for a table or picture ends, once the foot is written."""
        if not self._feet:
            return BOTTOM
        height = slide_xml.height_of(self._feet, INSIDE, FOOT) + 2 * 45_720
        self.put(slide_xml.box, self._feet, Place(MARGIN, BOTTOM - height, INSIDE, height), size=FOOT, colour=MUTED)
        return BOTTOM - height - GAP

    def table(self, head, rows, widths, alt):
        """A table in what room is left; returns how many of the rows it has."""
        height = self._bottom() - self._top
        size, shown = slide_xml.fitted(head, rows, widths, INSIDE, height)
        place = Place(MARGIN, self._top, INSIDE, height)
        self.put(slide_xml.table, head, shown, widths, place, size=size, alt=alt)
        return len(shown)

    def picture(self, file, alt):
        """A picture (the bytes of a PNG), as large as what room is left, in the middle."""
        image, identifier = self._slide.part.get_or_add_image_part(io.BytesIO(file))
        room = self._bottom() - self._top
        across, down = image.image.size
        scale = min(INSIDE / across, room / down)
        width, height = int(across * scale), int(down * scale)
        place = Place(MARGIN + (INSIDE - width) // 2, self._top, width, height)
        self._number += 1
        self._add(slide_xml.picture(self._number, identifier, place, alt))

    def notes(self, *lines):
        """What whoever speaks has beside the slide."""
        self._slide.notes_slide.notes_text_frame.text = "\n".join(lines)


@cache
def _base():
    """An empty deck with the two layouts that are used, and the paper that notes are printed on."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    cover, title_only = deck.slide_layouts[0], deck.slide_layouts[5]
    for layout in list(deck.slide_layouts):
        if layout.name not in {cover.name, title_only.name}:
            deck.slide_layouts.remove(layout)
    _keep_to_words(deck.notes_master)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _keep_to_words(notes_master):
    """Leave the slide and the words of a page of notes: each page has a copy of everything on the master."""
    for shape in list(notes_master.placeholders):
        if shape.placeholder_format.type not in {PP_PLACEHOLDER.SLIDE_IMAGE, PP_PLACEHOLDER.BODY}:
            shape._element.getparent().remove(shape._element)
