"""A forest plot as a picture, for the formats that cannot draw one: the same drawing as in the PDF, as PNG."""

from django.utils.translation import gettext as _

from toolkits.public.downloads.typesetting import png

POINTS = 500  # how wide the drawing is; scaled to the page by whoever shows it


def forest_picture(plot):
    """The bytes of the PNG of a block `forest` (downloads.synthesis_parts); the same for the same plot."""
    return png("forest_picture.typ", {"plot": plot, "width": POINTS})


def words_of(plot):
    """What the picture shows, for those who do not see it: the answer, and each average with where its range lies."""
    said = [
        f"{row['name']}: {row['value']}. {row['alt']}."
        for row in plot["rows"]
        if row["kind"] in {"pooled", "prediction"}
    ]
    return " ".join([_("Forest plot."), plot["title"], *said])
