"""Toolkits, centres, reports, families, rating scales and shared lists, as the API gives them."""

import datetime
from typing import Literal

from pydantic import ValidationInfo, model_validator

from toolkits.public.api.shapes.base import (
    Facts,
    Figure,
    LinkTo,
    Shape,
    Source,
    Term,
    Text,
    fact,
    figure,
    payload_fields,
    told,
)


class Rule(Facts):
    """A published rule of a scale: a quantity between two numbers gives a level."""

    level: str = told("The key of the level that it gives.")
    level_name: str = told("The name of that level.")
    quantity: str = told("What is looked at.")
    from_value: Text = told("From this number on, as text; null: no lower end.")
    below: Text = told("Below this number, as text; null: no upper end.")
    edition: str = told("The edition of the method that says so.")
    source: str = told("Where it says so.")
    note: Text = told("What else is said of it; null where nothing is.")


class Level(Facts):
    """A level of a scale."""

    key: str = told("Its stable key.")
    label: str = told("Its label in the centre's words.")
    name: str = told("Its name, told from a level with the same label.")
    meaning: Text = fact("What it means, in the centre's words.")
    order: int | None = fact("Its place on the scale.", absent="does_not_apply")
    off_scale: Text = told("Why it is no point on the scale; null where it is one.")
    band: Text = fact("The network's shared band.", absent="does_not_apply")
    band_reason: Text = told("Why it is in that band; null where it is in none.")


class Scheme(Facts):
    """A rating scale: its levels from best to worst, then those off the scale, and its published rules."""

    kind: Literal["method"] = told("The kind of document; `method` is a rating scale.")
    name: str = told("Its name.")
    axis: str = told("What it rates.")
    scheme_version: Text = told("Its version; null where it has one only.")
    unit: Text = fact("The unit of the numbers behind its levels.", absent="does_not_apply")
    what_is_graded: str = told("What is graded: an approach, a named programme, one study, a recommendation.")
    measures: Text = told("For scales of impact: whether it measures size or direction; else null.")
    numeric: bool = told("Whether there are numbers behind its levels.")
    note: Text = told("What a reader has to know of it; null where there is nothing.")
    source: Source | None = fact("Where it was seen.")
    levels: list[Level] = told("Its levels.")
    succeeds: LinkTo | None = told("The version whose place it takes; null where it is the first.")
    rules: list[Rule] = fact("Its published rules; without any, the centre's editors choose the level.", many=True)

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        if not hasattr(document, "numeric"):
            return document
        return payload_fields(document) | {"kind": "method", "scheme_version": document.version}


class Axis(Shape):
    """An axis of a toolkit."""

    axis: str = told("What is rated.")
    absent_means: str = told("What it means, in words, where an intervention has no rating on it.")
    schemes: list[LinkTo] = told("The scales on which it is rated.")


class Toolkit(Facts):
    """A toolkit: the interventions of a centre that are rated alike."""

    kind: Literal["toolkit"] = told("The kind of document.")
    name: str = told("Its name.")
    introduction_html: Text = fact("Its introduction, as safe HTML.")
    axes: list[Axis] = told("What its interventions are rated on.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        if not hasattr(document, "introduction_html"):
            return document
        methods = {method.slug: {"record": method.record, "name": method.name} for method in document.methods}
        axes = [
            payload_fields(axis) | {"schemes": [methods[slug] for slug in axis.schemes if slug in methods]}
            for axis in document.axes
        ]
        return payload_fields(document) | {"kind": "toolkit", "axes": axes}


class Spell(Shape):
    """A spell of membership of the network."""

    centre: LinkTo = told("The member.")
    tier: str = told("As what: centre, affiliate or associate.")
    started: str = told("When it began, as exactly as is known: 2013, 2013-03 or 2013-03-04.")
    ended: Text = told("When it ended, as exactly as is known; null: it goes on.")
    first_day: datetime.date = told("Its first day, for counting.")
    last_day: datetime.date | None = told("Its last day, for counting; null: it goes on.")
    basis: str = told("What that is known from.")


class Ending(Shape):
    """How a centre ended, and who carries on."""

    predecessor: LinkTo = told("The centre that ended.")
    successor: LinkTo | None = told("Who carries on; null: nobody, and the network looks after its pages.")
    kind: str = told("How: merged, closed, renamed or another way.")
    date: str = told("When, as exactly as is known.")
    note: Text = told("What else is said of it; null where nothing is.")


class Award(Facts):
    """A known award of money."""

    funder: str = told("Who gave it.")
    what: str = told("What for.")
    amount: Figure | None = fact("How much, in whole pounds.")
    started: Text = fact("From when, as exactly as is known.")
    ended: Text = fact("Until when, as exactly as is known.")
    sources: list[Source] = told("Where that is said.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, award, info: ValidationInfo):
        if not hasattr(award, "amount_gbp"):
            return award
        pounds = "" if award.amount_gbp is None else str(award.amount_gbp)
        shown = f"£{award.amount_gbp:,}" if pounds else ""
        return payload_fields(award) | {"amount": figure(info.context, pounds, "£", shown=shown, ranged=False)}


class Centre(Facts):
    """A centre of the network."""

    kind: Literal["centre"] = told("The kind of document.")
    name: str = told("Its name.")
    short_name: Text = fact("Its short name.", absent="does_not_apply")
    slug: str = told("Its stable short name, by which lists are filtered.")
    policy_area: Text = fact("What it is about.")
    founded: Text = fact("When it was founded, as exactly as is known.")
    closed: Text = told("When it closed, as exactly as is known; null: it goes on, or that is not recorded here.")
    hosts: list[str] = fact("Who houses it.", many=True)
    constitution: Text = fact("Its legal form.")
    funding_note: list[str] = fact("How it is paid for.", many=True)
    website: Text = fact("Its website.")
    audience: list[str] = fact("Whom it writes for.", many=True)
    sources: list[Source] = told("Where the facts were seen.")
    memberships: list[Spell] = fact("Its spells of membership.", many=True)
    ending: Ending | None = told("How it ended; null: it goes on.")
    origins: list[Ending] = told("The centres that it carries on.")
    awards: list[Award] = fact("Awards that are known.", many=True)

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        return payload_fields(document) | {"kind": "centre"} if hasattr(document, "memberships") else document


class Report(Facts):
    """A synthesis report of a centre."""

    kind: Literal["report"] = told("The kind of document.")
    title: str = told("Its title.")
    title_is_descriptive: bool = told("True where the title is ours, because it has none of its own.")
    year: int | None = fact("The year it came out.")
    type: str = told("What kind of report it is.")
    topic: Text = fact("What it is about.")
    authors: list[str] = fact("Who wrote it.", many=True)
    source: Source | None = fact("Where it is.")
    citation: Text = fact("How it is cited.")
    finding: Text = fact("What it found, in a sentence.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        return payload_fields(document) | {"kind": "report"} if hasattr(document, "citation") else document


class Member(Shape):
    """An intervention of a family."""

    record: int = told("Its permanent record number.")
    relation: str = told("Whether it is the same idea or a variant.")
    address: str = told("Its permanent address.")

    @model_validator(mode="before")
    @classmethod
    def _addressed(cls, value, info: ValidationInfo):
        fields = payload_fields(value)
        return fields if "address" in fields else fields | {"address": info.context.site.record(fields["record"])}


class Difference(Shape):
    """Why two members of a family are rated differently, as both centres' editors agreed."""

    first: int = told("The record number of one.")
    second: int = told("The record number of the other.")
    cause: str = told("The cause.")
    text: str = told("The explanation.")
    agreed_on: datetime.date = told("When both agreed.")


class Family(Facts):
    """The same idea in several toolkits. What a member is rated is read from its own record."""

    kind: Literal["family"] = told("The kind of document.")
    name: str = told("Its name.")
    members: list[Member] = told("Its members.")
    differences: list[Difference] = fact("Why members are rated differently.", many=True)

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        return payload_fields(document) | {"kind": "family"} if hasattr(document, "members") else document


class Word(Term):
    """A term of a shared list."""

    from_age: int | None = told("For age bands: from this age in years; else null.")
    to_age: int | None = told("For age bands: to this age in years; else null.")


class NetworkFact(Shape):
    """A fact about the network."""

    key: str = told("Its name.")
    value: str = told("The fact.")
    source: Text = told("Where that is said; null where that is not recorded.")


class Synonyms(Shape):
    """Words that mean the same to a search."""

    term: str = told("A word or phrase.")
    equivalents: list[str] = told("What means the same.")


class Assessed(Facts):
    """Something that was looked at and not listed."""

    name: str = told("Its name.")
    centre: LinkTo | None = told("Who looked at it; null: the network.")
    reason: str = told("Why it is not listed.")
    date: Text = fact("When, as exactly as is known.")
    source: Source = told("Where that is said.")


class Vocabulary(Shape):
    """A shared list. Which of its parts has anything depends on the list."""

    kind: Literal["vocabulary"] = told("The kind of document.")
    name: str = told("Its name.")
    slug: str = told("Its stable short name.")
    terms: list[Word] = told("The terms of a list of words, such as outcomes.")
    facts: list[NetworkFact] = told("Facts, where this is the list of the network.")
    memberships: list[Spell] = told("Who was a member when, where this is the list of the network.")
    endings: list[Ending] = told("How centres ended, where this is the list of the network.")
    synonyms: list[Synonyms] = told("Groups of words, where this is the list of synonyms.")
    assessed: list[Assessed] = told("What was looked at and not listed, where this is that list.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        return payload_fields(document) | {"kind": "vocabulary"} if hasattr(document, "synonyms") else document
