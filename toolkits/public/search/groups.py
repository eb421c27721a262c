"""Everything that a question finds, grouped by kind, with the first of each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from toolkits import matches, published
from toolkits.public.listing import Row
from toolkits.public.search import finding, marking, notes, ranking

# The kinds in their order, how many of each are shown, and the list that holds the rest.
SHOWN = {
    "intervention": (5, "public:interventions"),
    "report": (3, "public:reports"),
    "toolkit": (5, ""),
    "family": (5, ""),
    "synthesis": (3, ""),
    "centre": (5, ""),
    "method": (5, ""),
}


@dataclass(frozen=True)
class Group:
    """A kind's results: how many there are, the first rows, and the address of all of them where they have a list."""

    kind: str
    title: str
    count: int
    rows: list[Row]
    url: str = ""

    @property
    def more(self):
        """How many are not shown here."""
        return self.count - len(self.rows)


def titles():
    """The heading of each kind."""
    return {
        "intervention": _("Interventions"),
        "report": _("Reports"),
        "toolkit": _("Toolkits"),
        "family": _("The same idea in several toolkits"),
        "synthesis": _("Syntheses of studies"),
        "centre": _("Centres"),
        "method": _("Rating scales"),
    }


def _first(found):
    """{kind: its first record numbers}, in the order of relevance; one query for all kinds."""
    by_kind = {found.kind: found.records, **found.elsewhere}
    likely = {kind: finding.likeliest(found, by_kind[kind]) for kind in SHOWN if by_kind.get(kind)}
    rows = matches.ranks([record for records in likely.values() for record in records], found.units)
    ordered = ranking.in_order(rows, found.units, list(found.weights))
    kinds = {record: kind for kind, records in likely.items() for record in records}
    first = {kind: [] for kind in likely}
    for record in ordered:
        mine = first[kinds[record]]
        if len(mine) < SHOWN[kinds[record]][0]:
            mine.append(record)
    return first


def build(found):
    """The Groups of a Finding, those with results, in three queries at most."""
    if not found.units:
        return []
    first = _first(found)
    pages = published.live_pages({record for records in first.values() for record in records})
    marker, labels = marking.Marker(found.units), titles()
    counts = {found.kind: len(found.records), **{kind: len(records) for kind, records in found.elsewhere.items()}}
    groups = []
    for kind, records in first.items():
        name = SHOWN[kind][1]
        groups.append(
            Group(
                kind=kind,
                title=labels[kind],
                count=counts[kind],
                rows=[
                    Row(page=pages[record], marked=marking.marked(pages[record], marker))
                    for record in records
                    if record in pages
                ],
                url=notes.address(name, found.asked.text) if name else "",
            )
        )
    if found.way == "some":
        # What has only some of the words stands behind what has all of them.
        groups.sort(key=lambda group: group.kind == found.kind)
    return groups
