"""Why a rating has its level, as published: the rules of its scale, and what they made of a synthesis."""

import math

from toolkits.payloads.base import Link, Part


class Rule(Part, frozen=True):
    """A published rule: `quantity` from `from_value` and below `below` (text; empty: no end) gives the level `level`."""

    level: str
    level_name: str
    quantity: str
    from_value: str
    below: str
    edition: str
    source: str
    note: str = ""


class Step(Part, frozen=True):
    """A reason of a proposal: what was looked at, its number, and what that did."""

    what: str
    number: str
    did: str


class Basis(Part, frozen=True):
    """The synthesis that a rating rests on, with its result (text by name) when the rating was made.

    `proposed` is the level that the scale's rule gives, with its number and range on a scale of numbers, and `rule` the
    row that gave it. Nothing proposed: the rule gives no level, and `steps` say why; no steps: there is no published
    rule. `chosen` is the level that the editor decided on; where it is not the proposed one, `override_reason` says why.
    `version` is the public version of the synthesis with these numbers (None: it was a draft).
    """

    synthesis: Link
    numbers: dict[str, str]
    proposed: str
    steps: list[Step]
    override_reason: str = ""
    version: int | None = None
    proposed_name: str = ""
    proposed_value: str = ""
    proposed_low: str = ""
    proposed_high: str = ""
    chosen: str = ""
    rule: Rule | None = None

    def holds(self, now):
        """Whether `now`, a synthesis's result as text by name, is still the one that this rests on, to six digits."""
        names = self.numbers.keys() | now.keys()
        return all(_alike(self.numbers.get(name, ""), now.get(name, "")) for name in names)


def _alike(before, now):
    try:
        return math.isclose(float(before), float(now), rel_tol=1e-6, abs_tol=1e-9)
    except ValueError:
        return before == now
