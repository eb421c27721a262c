"""An intervention and its ratings, as the API gives them."""

import datetime
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import ValidationInfo, model_validator

from toolkits.payloads import MAIN_AXES
from toolkits.public.api.shapes.base import (
    Absence,
    Facts,
    Figure,
    LinkTo,
    Shape,
    Source,
    Term,
    Text,
    absence,
    fact,
    figure,
    payload_fields,
    told,
)
from toolkits.public.cost_figures import as_published, units
from toolkits.public.downloads.rating_words import certainty, figure_of
from toolkits.public.rows import absence_of

EFFECTS = ("impact", "cost-effectiveness")
NEVER_PUBLISHED = "the centre publishes no such rating"


class ReasonStep(Shape):
    """A step of the reasoning from a result to a level."""

    what: str = told("What was looked at.")
    number: str = told("Its number, as text; empty where it is none.")
    did: str = told("What that did to the level.")


class RatingBasis(Facts):
    """The synthesis that a rating rests on, and what the scale's published rule made of it."""

    synthesis: LinkTo = told("The synthesis.")
    numbers: dict[str, str] = told("Its result when the rating was made: numbers as text, by name.")
    proposed: Text = fact("The level that the rule gives.", absent="does_not_apply")
    steps: list[ReasonStep] = told("How the rule comes to it, or why there is none.")
    override_reason: Text = told("Why the centre chose another level; null where it did not.")


class Rating(Facts):
    """A rating, on the centre's own scale and in its own words."""

    axis: str = told("What is rated: impact, cost, strength, or another axis of the centre.")
    scheme: LinkTo = told("The rating scale, whose levels and rules are at its own address.")
    scheme_version: Text = told("The version of the scale; null where it has one only.")
    by_network: bool = told("True where this is the network's reading of a finding in words, not the centre's rating.")
    what_is_graded: str = told("What the scale grades: an approach, a named programme, one study, a recommendation.")
    measures: Text = told("For scales of impact: whether they measure size or direction; else null.")
    level: str = told("The stable key of the level, by which a toolkit's list is filtered.")
    label: str = told("The level in the centre's words.")
    name: str = told("The level so that it is told from one with the same label.")
    meaning: Text = fact("What the level means, in the centre's words.")
    off_scale: Text = told("Why it is no point on the scale, such as `mixed`; null where it is one.")
    rank: int | None = fact("Its place on the scale: 1 is the first of `steps`.", absent="does_not_apply")
    steps: int = told("How many levels the scale has.")
    figure: Figure | None = fact("The number behind the level, with its range; a scale without a unit has none.")
    certainty: Text = told("For effects: how sure the centre is, in words; for other axes null.")
    outcome: Text = told("The outcome that it is about; null: overall.")
    aspect: Text = told("The aspect that it is about; null: overall.")
    band: Text = fact(
        "The network's shared band. It stands second to the centre's scale, and is never averaged or ranked by.",
        absent="does_not_apply",
    )
    band_reason: Text = told("Why it is in that band; null where it is in none.")
    reason: Text = fact("Why the centre rated so.")
    rated_on: datetime.date | None = fact("The day it was rated.")
    note: Text = told("What a reader has to know of the scale; null where there is nothing.")
    source: Source | None = fact("Where it was seen.")
    basis: RatingBasis | None = fact("The synthesis that it rests on.")
    superseded_by: LinkTo | None = told("The newer version of the scale, where this is on an older one; else null.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, rating, info: ValidationInfo):
        if not hasattr(rating, "by_network"):
            return rating
        place, fields = info.context, payload_fields(rating)
        sure = certainty(place.document, outcome=rating.outcome, aspect=rating.aspect)
        fields["scheme_version"] = rating.version
        fields["certainty"] = sure if rating.axis in EFFECTS else None
        fields["figure"] = figure(
            place,
            rating.value or (rating.level if figure_of(rating) else ""),
            rating.unit,
            rating.range_low,
            rating.range_high,
            certainty=fields["certainty"],
        )
        silent = {} if rating.unit else {"figure": absence("does_not_apply")}
        if rating.off_scale:
            silent["rank"] = absence(rating.off_scale.replace(" ", "_"))
        return fields | {"absences": silent}


class Cost(Facts):
    """What it costs, as somebody published it: never converted, and never added up."""

    label: str = told("What is paid for.")
    amount: Figure = told(
        "The amount as published, for one of `unit`. Of a range its `text` is the lower end, and `low` and `high` are both."
    )
    currency: str = told("The currency, such as GBP.")
    unit: str = told("For what one amount is: pupil, person, family, place or group.")
    timing: str = told("once, or yearly.")
    price_year: Text = fact("In whose prices: a financial year such as 2023-24, or a calendar year.")
    includes: str = told("What is in the figure, and what is not.")
    paid_by: Text = fact("Who pays.")
    source: Source = told("Where it is published.")
    confidence: str = told("How sure it is: high, medium or low.")
    confidence_reason: str = told("Why so sure, or so little.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, cost, info: ValidationInfo):
        if not hasattr(cost, "amount_to"):
            return cost
        ends = (cost.amount, cost.amount_to) if cost.amount_to else ()
        sure = f"{cost.confidence}: {cost.confidence_reason}"
        unit = f"{cost.currency} {units()[cost.unit]}"
        amount = figure(info.context, cost.amount, unit, *ends, shown=as_published(cost), certainty=sure)
        return payload_fields(cost) | {"amount": amount}


class Intervention(Facts):
    """An intervention as a centre's toolkit has it. Fields that end in `_html` are safe HTML; all else is plain text."""

    kind: Literal["intervention"] = told("The kind of document.")
    name: str = told("Its name.")
    summary: Text = fact("What it is, in a sentence or two.")
    status: str = told("Its standing in the centre's toolkit.")
    toolkit: LinkTo = told("The toolkit it is in.")
    ratings: list[Rating] = told("Every rating, in the centre's order; those on an older version of a scale last.")
    missing_ratings: dict[str, Absence] = told(
        "By main axis (impact, strength, cost) and any other axis of the toolkit: why there is no rating of the "
        "centre's own. An axis that is not here has one."
    )
    key_messages: list[str] = fact("The key messages.", many=True)
    how_it_works_html: Text = fact("How it works.")
    outcomes: list[Term] = fact("The outcomes it is for, by the shared list.", many=True)
    outcome_as_published: list[str] = fact("The same in the centre's words.", many=True)
    unrated_outcomes: list[Term] = told("Outcomes that were looked at and not rated.")
    settings: list[Term] = fact("Where it is used, by the shared list.", many=True)
    setting_as_published: list[str] = fact("The same in the centre's words.", many=True)
    ages: list[Term] = fact("For which ages, by the shared list.", many=True)
    age_as_published: list[str] = fact("The same in the centre's words.", many=True)
    studies_count: int | None = fact(
        "How many studies the centre counts behind it; 0 means that it says there are none."
    )
    headline: Figure | None = fact("The centre's headline number.")
    headline_text: Text = fact("The centre's headline in words.")
    finding_as_published: Text = fact("The finding in the centre's words.")
    how_sure_html: Text = fact("How sure we are, and why.")
    for_whom_html: Text = fact("For whom, and where it was tested.")
    cautions: list[str] = fact("Harms and cautions.", many=True)
    implementation: list[str] = fact("How to put it in place.", many=True)
    costs_html: Text = fact("What it costs.")
    cost_figures: list[Cost] = fact("What it costs, in figures.", many=True)
    gaps_html: Text = fact("Gaps, and trials under way.")
    authors: list[str] = fact("Who wrote it.", many=True)
    interests: Text = fact("The authors' interests.")
    source: Source = told("The page of the centre that the facts are from.")
    other_sources: list[Source] = told("Other pages that facts are from.")
    version_or_date: Text = fact("The version or date that the centre gives its page.")
    last_searched: datetime.date | None = fact("Until when studies were searched for.")
    next_review: datetime.date | None = fact("When it is due to be reviewed.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document, info: ValidationInfo):
        if not hasattr(document, "headline_value"):
            return document
        fields = payload_fields(document)
        fields |= {
            "kind": "intervention",
            "missing_ratings": missing_ratings(document),
            "headline": figure(
                info.context,
                document.headline_value,
                document.headline_unit,
                certainty=certainty(document),
            ),
            "absences": {"studies_count": absence("no_studies")} if document.studies_count == 0 else {},
        }
        return fields


def missing_ratings(document):
    """{axis: Absence} of an intervention (payloads.Intervention): the main axes, and those its toolkit has."""
    rated = {rating.axis for rating in document.ratings if not rating.by_network}
    axes = dict.fromkeys([*MAIN_AXES, *(it.axis for it in document.absences)])
    return {axis: _why(document, axis) for axis in axes if axis not in rated}


def _why(document, axis):
    words = absence_of(document, axis)
    if words in {"not recorded here", _("no rating recorded here")}:
        return absence("not_recorded", words)
    return absence("not_published" if words.startswith(NEVER_PUBLISHED) else "explained", words)
