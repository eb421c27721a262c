"""What a pack names beside its interventions: what is around them, each in the version of today. Pure."""

from dataclasses import dataclass, field

MOST_SYNTHESES = 40
MOST_OTHERS = 100  # of ten interventions of the largest family


@dataclass(frozen=True)
class Pins:
    """(record, version) of all that a pack is made of, in the order of its address; a version that was not said is None.

    `syntheses` lead to the interventions; `families` hold them, and `others` are the families' further members.
    """

    interventions: list = field(default_factory=list)
    syntheses: list = field(default_factory=list)
    families: list = field(default_factory=list)
    others: list = field(default_factory=list)

    @property
    def all(self):
        """Every pin."""
        return [*self.interventions, *self.syntheses, *self.families, *self.others]


def around(records, neighbours):
    """Pins of what belongs to interventions `records` among `neighbours` (published.Neighbour), and of no intervention:
    their syntheses, those of centres first; of several families the first; the members of these."""
    members = {one.record: one for one in neighbours if one.kind == "intervention"}
    syntheses = [one for one in neighbours if one.kind == "synthesis" and not set(one.links).isdisjoint(records)]
    syntheses.sort(key=lambda one: (one.status, one.record))
    families, others = {}, {}
    for record in records:
        found = (one for one in neighbours if one.kind == "family" and record in one.links)
        family = next((one for one in found if any(link != record and link in members for link in one.links)), None)
        if family is not None:
            families[family.record] = family
            others |= {link: members[link] for link in family.links if link in members and link not in records}
    return Pins(
        syntheses=_pinned(syntheses)[:MOST_SYNTHESES],
        families=_pinned(families.values()),
        others=_pinned(others.values())[:MOST_OTHERS],
    )


def _pinned(neighbours):
    return [(one.record, one.version) for one in neighbours]
