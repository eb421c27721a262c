"""The list of all interventions in groups: what every centre has for one outcome, or on one idea."""

from dataclasses import dataclass, field

from toolkits.public.index import NONE

# Of an outcome's interventions, how many are shown before the reader goes to the whole list of them.
FIRST = 5


@dataclass(frozen=True)
class Group:
    """A heading, the address of all that belongs under it, how many those are, and the rows shown here."""

    key: str
    title: str
    url: str
    count: int
    records: list[int]
    rows: list = field(default_factory=list)
    scope: str = "network"
    language: str = "en"

    @property
    def more(self):
        """How many are not shown here."""
        return self.count - len(self.records)


def by_outcome(plan, query):
    """A Group for each outcome of the chosen interventions; one with several outcomes is in each of them."""
    outcomes = next(facet for facet in plan.facets if facet.name == "outcome")
    chosen = plan.index.select(query.chosen)
    wanted = query.chosen.get("outcome") or [value for value in outcomes.choices if value != NONE]
    for value in wanted:
        rows = plan.index.bits["outcome"].get(value, 0) & chosen
        if rows:
            records = list(plan.index.ordered(rows, query.order))
            yield Group(
                key=f"outcome-{value}",
                title=outcomes.choices[value],
                language=outcomes.languages.get(value, ""),
                url=query.address(view="list", chosen={**query.chosen, "outcome": [value]}),
                count=len(records),
                records=records[:FIRST],
            )


def by_family(plan, query, families):
    """A Group for each of `families` (pages) with a chosen intervention among its members."""
    chosen = set(plan.index.ordered(plan.index.select(query.chosen), query.order))
    for family in families:
        records = [member.record for member in family.document.members if member.record in chosen]
        if records:
            yield Group(
                key=f"family-{family.record}",
                title=family.title,
                language=family.title_in,
                url=family.path,
                count=len(records),
                records=records,
            )
