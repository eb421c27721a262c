"""What is missing before a document can be submitted, and what would make it better. Pure: no database.

`requirements(document, live, facts)` asks every rule of the document's kind (a payload, as a submission would
freeze it) and gives one Requirement for what is met and one for each thing that is missing. What a rule asks is a
MUST or ADVICE.

A page never gets worse by a submission: what the public version lacks too, in the very same place, is advice and
does not hold up a change of something else. Facts compiled from public pages came without reasons, dates and
interests, and a wording of theirs must still be mended on the day it is found to be wrong.
"""

from dataclasses import dataclass

from toolkits import payloads
from toolkits.readiness import interventions, network, reports, syntheses, texts
from toolkits.readiness.rules import ADVICE, MUST, Facts, Rule, Unlike

__all__ = ["ADVICE", "MUST", "Facts", "Requirement", "Unlike", "addresses", "requirements", "unmet"]

RULES: dict[type, tuple[Rule, ...]] = {
    payloads.Intervention: interventions.RULES,
    payloads.Report: reports.RULES,
    payloads.Synthesis: syntheses.RULES,
    payloads.Toolkit: network.TOOLKIT,
    payloads.Centre: network.CENTRE,
    payloads.Family: network.FAMILY,
    payloads.Method: network.METHOD,
    payloads.Vocabulary: network.VOCABULARY,
}

addresses = texts.addresses


@dataclass(frozen=True)
class Requirement:
    """Something a document needs: what, whether it has it, and where it is entered.

    `field` is the name of the form's field; `item` says in which row of a list: the place of a rating among
    `document.ratings`, the key of a level. `stands` where it is advice only because the public version lacks it too.
    """

    code: str
    text: str
    field: str = ""
    level: str = MUST
    met: bool = False
    item: int | str | None = None
    stands: bool = False


def _asked(rule, document, live, facts):
    lacks = list(rule.find(document, facts))
    if not lacks:
        return [Requirement(code=rule.code, text=rule.met(), level=rule.level, met=True)]
    before = {lack.subject for lack in rule.find(live, facts)} if live and rule.level == MUST else set()
    found = []
    for lack in lacks:
        stands = lack.subject in before
        level = ADVICE if stands else rule.level
        found.append(Requirement(rule.code, lack.text, lack.field, level, item=lack.item, stands=stands))
    return found


def requirements(document, live=None, facts=None):
    """All Requirements of a typed payload, in the order of its form.

    `live` is what the public reads now (None: nothing yet); `facts` what the document itself cannot say.
    """
    facts = facts or Facts()
    return [found for rule in RULES[type(document)] for found in _asked(rule, document, live, facts)]


def unmet(document, live=None, facts=None):
    """The Requirements that hold up a submission."""
    return [found for found in requirements(document, live, facts) if found.level == MUST and not found.met]
