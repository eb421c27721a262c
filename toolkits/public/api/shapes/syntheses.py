"""Syntheses and their studies, as the API gives them. Numbers have the ten digits that they were published with."""

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
    absence,
    effect,
    fact,
    figure,
    payload_fields,
    told,
)

POOLED_SCALE = "on the scale that is pooled on, as text"


class Appraisal(Facts):
    """A judgement on how trustworthy a finding is, in one domain."""

    tool: str = told("The tool it was judged by.")
    domain: str = told("The domain.")
    judgement: str = told("The judgement in the tool's words.")
    level: str = told("The same as low, some, high or unknown.")
    reason: Text = fact("Why.")
    readers: int = told("How many people judged it: 2 where two agreed.")


class Study(Facts):
    """What is recorded of a study, whichever synthesis uses it."""

    record: int = told("Its permanent record number.")
    label: str = told("Its short name, such as author and year.")
    title: Text = fact("Its title.")
    citation: Text = fact("How it is cited.")
    year: int | None = fact("The year it came out.")
    country: Text = fact("The country it is from; several are separated by a slash.")
    uk_nation: Text = fact("The nation of the UK; `several` where there were more.")
    design: Text = fact("Its design.")
    setting: Text = fact("Where it was done.")
    ages: Text = fact("The ages of those who took part.")
    participants: Text = fact("Who took part.")
    missing_people: Text = fact("Who was lost.")
    registration: Text = fact("Its number in a register of trials.")
    doi: Text = fact("Its DOI.")
    funder: Text = fact("Who paid for it.")
    interests: Text = fact("Its authors' interests.")
    protocol: Text = fact("Its protocol.")
    address: str = told("The permanent address of the study's page.")

    @model_validator(mode="before")
    @classmethod
    def _addressed(cls, value, info: ValidationInfo):
        fields = payload_fields(value)
        return fields | {"address": info.context.site.record(fields["record"])}


class Finding(Facts):
    """What a study found."""

    effect: Figure = told("Its effect as readers see it, with its range.")
    pooled_effect: str = told(f"Its effect {POOLED_SCALE}.")
    pooled_variance: str = told(f"The variance of that, {POOLED_SCALE}.")
    weight: str = told("Its weight in the pooled result, in per cent, as text.")
    outcome_reported: Text = fact("The outcome in the study's words.")
    follow_up: Text = fact("How long people were followed.")
    n_1: int | None = fact("How many people got it.")
    n_2: int | None = fact("How many people did not.")
    people: int | None = fact("How many people it is about.")
    given: dict[str, str] = told("The numbers that the study gives, as text, by name.")
    formula: Text = fact("The formula by which its effect was worked out of them.", absent="does_not_apply")
    assumptions: list[str] = told("What had to be assumed.")
    conversions: list[str] = told("What was converted into what.")
    appraisals: list[Appraisal] = fact("How trustworthy it was judged to be.", absent="not_rated", many=True)

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, finding, info: ValidationInfo):
        if not hasattr(finding, "variance"):
            return finding
        return payload_fields(finding) | {
            "effect": effect(info.context, finding.shown),
            "pooled_effect": finding.effect,
            "pooled_variance": finding.variance,
            "people": finding.people,
        }


class StudyInSynthesis(Facts):
    """A study's part in a synthesis."""

    study: Study = told("The study.")
    included: bool = told("Whether it is among those that are pooled.")
    finding: Finding | None = fact("What it found.", absent="withheld")
    reason_left_out: Text = told("Why it was left out; null where it was not.")
    subgroup: Text = told("The subgroup it is in; null where there are none.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, row):
        if not hasattr(row, "reason"):
            return row
        silent = {} if row.included else {"finding": absence("withheld", row.reason)}
        fields = payload_fields(row)
        return fields | {"included": row.included, "reason_left_out": row.reason, "absences": silent}


class Pooled(Facts):
    """The pooled result of the included studies."""

    effect: Figure = told("The effect by the random-effects model, with its range.")
    prediction: Figure | None = fact("Where the effect in a new place may lie.", absent="does_not_apply")
    fixed: Figure = told("The effect by the fixed-effect model, for comparison.")
    k: int = told("How many studies are pooled.")
    people: int | None = fact("How many people they are about, of the studies that record it.")
    people_not_recorded: int = told("How many of the studies do not record how many people.")
    estimate: str = told(f"The effect {POOLED_SCALE}.")
    se: str = told(f"Its standard error {POOLED_SCALE}.")
    p: Text = fact("The p value of its test, as text.", absent="does_not_apply")
    tau2: str = told(f"The variance between studies {POOLED_SCALE}.")
    tau2_low: Text = fact("The lower end of its range.", absent="does_not_apply")
    tau2_high: Text = fact("The upper end of its range.", absent="does_not_apply")
    i2: str = told("The share of variation that is between studies, in per cent, as text.")
    q: str = told("Cochran's Q, as text.")
    q_df: int = told("The degrees of freedom of Q.")
    q_p: Text = fact("The p value of Q, as text.", absent="does_not_apply")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, pooled, info: ValidationInfo):
        if not hasattr(pooled, "tau2_low"):
            return pooled
        return payload_fields(pooled) | {
            "effect": effect(info.context, pooled.shown),
            "prediction": effect(info.context, pooled.prediction),
            "fixed": effect(info.context, pooled.fixed),
        }


class Without(Shape):
    """The pooled effect without one study, or after the studies up to this one by year."""

    study: int = told("The record number of the study.")
    label: str = told("Its short name.")
    shown: str = told("The pooled effect as readers see it, as text.")
    year: int | None = told("The year of the study, where they are in the order of years; else null.")


class Subgroup(Shape):
    """The pooled effect of one subgroup."""

    name: str = told("Its name.")
    k: int = told("How many studies it has.")
    effect: Figure | None = told("The pooled effect of its studies; null where it has none.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, group, info: ValidationInfo):
        if not hasattr(group, "shown"):
            return group
        return payload_fields(group) | {"effect": effect(info.context, group.shown)}


class Subgroups(Shape):
    """Subgroups, and the test whether they differ."""

    groups: list[Subgroup] = told("The subgroups.")
    statistic: Text = told("The statistic of the test, as text; null where it is not defined.")
    p: Text = told("Its p value, as text; null where it is not defined.")


class Bias(Shape):
    """Signs that small studies with other results are missing."""

    egger_statistic: Text = told("The statistic of Egger's test, as text; null where it is not defined.")
    egger_p: Text = told("Its p value, as text; null where it is not defined.")
    filled: int = told("How many studies trim and fill adds.")
    side: Text = told("On which side; null where it adds none.")
    filled_effect: Figure | None = told("The pooled effect with them.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, bias, info: ValidationInfo):
        if not hasattr(bias, "filled_shown"):
            return bias
        return payload_fields(bias) | {"filled_effect": effect(info.context, bias.filled_shown)}


class Plain(Facts):
    """The result in a unit that people use, with how it was made."""

    key: str = told("Which unit, by its stable name.")
    figure: Figure | None = fact("The number.", absent="withheld")
    unit: str = told("The unit.")
    rule: str = told("How it was converted.")
    assumptions: list[str] = told("What had to be assumed.")
    source: Source = told("Where the rule is from.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, number, info: ValidationInfo):
        if not hasattr(number, "withheld"):
            return number
        silent = {} if number.value else {"figure": absence("withheld", number.withheld)}
        return payload_fields(number) | {
            "figure": figure(info.context, number.value, number.unit, number.low, number.high),
            "absences": silent,
        }


class Synthesis(Facts):
    """A synthesis of studies: every study, the pooled result, and what that hangs on."""

    kind: Literal["synthesis"] = told("The kind of document.")
    name: str = told("Its name.")
    question: str = told("Its question.")
    illustrative: bool = told("True where the network pooled it to show the numbers; it is no centre's work.")
    interventions: list[LinkTo] = told("The interventions it is about.")
    outcome: Term | None = fact("The outcome, by the shared list.")
    outcome_measured: str = told("The outcome as it was measured.")
    comparison: Text = fact("What it is compared with.")
    metric: str = told("The metric of its effects.")
    unit: Text = fact("The unit of its effects.", absent="does_not_apply")
    better: str = told("Which direction is better.")
    method: str = told("How the variance between studies is estimated.")
    test: str = told("How the range is worked out.")
    prediction: str = told("How the prediction range is worked out.")
    pooled: Pooled | None = fact("The pooled result.", absent="explained")
    plain: list[Plain] = told("The result in units that people use.")
    subgroups: Subgroups | None = fact("Subgroups.", absent="does_not_apply")
    leave_one_out: list[Without] = told("The pooled effect without each study.")
    cumulative: list[Without] = told("The pooled effect as it was after each year.")
    bias: Bias | None = fact("Signs that studies are missing.", absent="does_not_apply")
    base_rate: Text = fact("How many have the outcome anyway, as text.", absent="does_not_apply")
    base_rate_source: Text = told("Where that is from; null where there is none.")
    criteria: list[str] = fact("Which studies it takes in.", many=True)
    last_searched: datetime.date | None = fact("Until when studies were searched for.")
    note_html: Text = told("What else is said of it, as safe HTML; null where nothing is.")
    citation: Text = fact("How it is cited.")
    source: Source | None = fact("Where it is from.")
    studies: list[StudyInSynthesis] = told("Every study that was looked at: pooled, or left out for a reason.")

    @model_validator(mode="before")
    @classmethod
    def _from_payload(cls, document):
        if not hasattr(document, "unpooled"):
            return document
        code = "explained" if document.included else "no_studies"
        silent = {} if document.pooled else {"pooled": absence(code, document.unpooled)}
        return payload_fields(document) | {"kind": "synthesis", "studies": document.rows, "absences": silent}
