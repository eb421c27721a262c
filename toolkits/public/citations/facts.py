"""What a citation is made of, from a published version. Pure: no Django, no database."""

import datetime
from dataclasses import dataclass

PORTAL = "What Works"
NETWORK = "What Works Network"
# What reference managers call each kind of record; a page where nothing fits better.
REPORT_LIKE = {"synthesis", "report"}


@dataclass(frozen=True)
class Citation:
    """A version of a record. `body` is its centre, or the network; `people` are those who assessed an intervention,
    where they are recorded: where not, and for every other kind, the body is the author.

    `inside` is what it stands in (the toolkit of an intervention); `address` is permanent and shows exactly this.
    """

    record: int
    version: int
    kind: str
    kind_label: str
    title: str
    body: str
    people: tuple[str, ...]
    inside: str
    published: datetime.date
    address: str
    language: str = "en"

    @property
    def authors(self):
        """The people, or else the body."""
        return self.people or (self.body,)

    @property
    def key(self):
        """A name for it that reference managers can use: letters and digits only."""
        return f"whatworks{self.record}v{self.version}"


def citation_of(version, *, address):
    """The Citation of a published version, as `published.version` gives it; `address` is its permanent one, whole."""
    document = version.document
    toolkit, centre = getattr(document, "toolkit", None), getattr(document, "centre", None)
    return Citation(
        record=version.record,
        version=version.version,
        kind=version.kind,
        kind_label=str(version.kind_label),
        title=version.title,
        body=centre.name if centre else NETWORK,
        # The authors of a report wrote the report, and not its record here.
        people=tuple(document.authors) if version.kind == "intervention" else (),
        inside=toolkit.name if toolkit else "",
        published=version.published_at.date(),
        address=address,
        language=getattr(document, "language", "en"),
    )
