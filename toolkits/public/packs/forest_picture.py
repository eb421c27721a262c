"""A forest plot as a picture, for the formats that cannot draw one: the same drawing as in the PDF, as PNG."""

from toolkits.public.downloads.typesetting import png

POINTS = 500  # how wide the drawing is; scaled to the page by whoever shows it


def forest_picture(plot):
    """The bytes of the PNG of a block `forest` (downloads.synthesis_parts); the same for the same plot."""
    return png("forest_picture.typ", {"plot": plot, "width": POINTS})
