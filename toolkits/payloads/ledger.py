"""Why a rating has its level, as published: the rules of its scale, and what they made of a synthesis."""

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

    `proposed` is the level that the scale's rule gives (empty: there is no published rule, and `steps` say so);
    where the editor chose another, `override_reason` says why.
    """

    synthesis: Link
    numbers: dict[str, str]
    proposed: str
    steps: list[Step]
    override_reason: str = ""
