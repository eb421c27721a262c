"""PDFs of interventions, read back as a reader, human or machine, finds them."""

import datetime
import io
import re
from types import SimpleNamespace

import pypdf

from toolkits.public.downloads.intervention_pdf import intervention_pdf

ADDRESS = "https://portal.example/record/1/v3/"
TODAY = datetime.date(2026, 11, 23)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
# One of each way a toolkit rates: months, below zero too; three cells; two aspects; no impact at all; only the
# network's reading; thresholds; a figure beside the rating.
KINDS = [
    ("teaching-and-learning", "arts-participation"),
    ("teaching-and-learning", "repeating-a-year"),
    ("teaching-and-learning", "aspiration-interventions"),
    ("crime-reduction", "alley-gating"),
    ("higher-education-access", "multi-intervention-outreach"),
    ("early-intervention-guidebook", "incredible-years-preschool"),
    ("local-growth", "apprenticeships"),
    ("public-health-value", "gp-brief-advice-nicotine-replacement"),
    ("youth-violence", "focused-deterrence"),
]


def page(document, **changes):
    facts = {
        "version": 3,
        "published_at": datetime.datetime(2026, 3, 3, 23, 30, tzinfo=datetime.UTC),
        "digest": DIGEST,
        "record": document.record,
        "change_label": "New study",
        "note": "A trial in Wales was added",
        "state": "live",
        "corrected": [],
    }
    return SimpleNamespace(document=document, **facts | changes)


def pdf(document, **changes):
    return intervention_pdf(page(document, **changes), address=ADDRESS, today=TODAY)


class Read:
    """A PDF as a reader, human or machine, finds it."""

    def __init__(self, file):
        self.file = pypdf.PdfReader(io.BytesIO(file))
        self.root = self.file.trailer["/Root"]
        self.lines = "\n".join(part.extract_text() for part in self.file.pages).split("\n")
        self.text = re.sub(r"\s+", " ", " ".join(self.lines))

    def tags(self, node=None):
        """(tag, alternative text) of every structure element, in reading order."""
        node = self.root["/StructTreeRoot"] if node is None else node.get_object()
        if isinstance(node, list):
            return [tag for kid in node for tag in self.tags(kid)]
        if not isinstance(node, dict):
            return []
        own = [(node["/S"], node.get("/Alt", ""))] if "/S" in node else []
        return own + (self.tags(node["/K"]) if "/K" in node else [])

    def links(self):
        annotations = [link.get_object() for part in self.file.pages for link in part.get("/Annots", [])]
        return [annotation["/A"]["/URI"] for annotation in annotations]

    def fonts(self):
        return {
            font.get_object()["/BaseFont"].partition("+")[2]
            for part in self.file.pages
            for font in part["/Resources"]["/Font"].values()
        }


def without_spaces(text):
    """`text` without white space, which differs where a line was broken."""
    return re.sub(r"\s", "", text)


def read(document, **changes):
    return Read(pdf(document, **changes))
