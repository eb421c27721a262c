"""The tables of syntheses, the studies in them, how those were appraised, and the published rules of rating scales.

A folder may leave them out.
"""

from evidence.metrics import METRICS
from evidence.models import Appraisal, Estimate, Inclusion, RatingRule, Study, Synthesis
from toolkits.networks.cells import (
    Address,
    Choice,
    Column,
    Day,
    Figure,
    Flag,
    Json,
    Number,
    Place,
    Places,
    Points,
    Reference,
    Text,
    Whole,
)
from toolkits.networks.tables.base import Table, centre_column, id_column, slug_column

# The columns that say what a study is, and what it found: the same wherever the same one is named.
FACTS = [
    "label",
    "title",
    "citation",
    "year",
    "country",
    "uk_nation",
    "design",
    "setting",
    "ages",
    "participants",
    "missing_people",
    "registration",
    "doi",
    "funder",
    "interests",
    "protocol",
]
# The columns that tell one result of a study from another.
RESULT = ("study_id", "entered_by", "intervention", "outcome", "outcome_reported", "follow_up", "metric")
KEPT_AS_THEY_ARE = [
    "metric",
    "outcome_reported",
    "follow_up",
    "effect",
    "variance",
    "n_1",
    "n_2",
    "n_total",
    "given",
    "formula",
    "assumptions",
    "conversions",
]


def _limit(model, name):
    return model._meta.get_field(name).max_length


def _fact(name, about, kind=Text, **more):
    return kind(name=name, source=f"study.{name}", about=about, limit=_limit(Study, name), **more)


def _found(name, about, kind=Text, **more):
    return kind(name=name, source=f"estimate.{name}", about=about, limit=_limit(Estimate, name), **more)


def _outcome(source):
    return Reference(
        name="outcome", source=source, about="The outcome, where it is a shared one.", to=("outcomes", "slug")
    )


def _synthesis(source):
    return Reference(name="synthesis", source=source, required=True, about="The synthesis.", to=("syntheses", "slug"))


def _entered_by():
    about = "Who entered the result; empty: the network."
    return centre_column(about, name="entered_by", source="estimate.centre.slug", required=False)


def _intervention():
    return Place(
        name="intervention",
        source="estimate.intervention",
        about="What the study tried, as toolkit/slug; empty: no intervention of this network's toolkits.",
        to=("interventions", "toolkit", "slug"),
    )


def _words(choices):
    return tuple(value for value in choices.values if value)


SYNTHESES = Table(
    name="syntheses",
    about="One row is a question that studies answer, and how they are pooled.",
    model=Synthesis,
    columns=(
        id_column(Synthesis),
        slug_column("The last part of the synthesis's address."),
        centre_column("Whose it is; empty: the network's.", required=False),
        Flag(name="illustrative", about="Yes where it is from a published review, and not the work of a centre."),
        Text(name="title", required=True, about="Its title."),
        Text(name="question", required=True, about="What it answers, in one or two sentences."),
        Places(
            name="interventions",
            about="On whose pages it is shown: toolkit/slug, several with ; between them, without spaces.",
            to=("interventions", "toolkit", "slug"),
        ),
        _outcome("outcome.slug"),
        Text(name="outcome_measured", required=True, about="What was measured, in plain words."),
        Text(name="comparison", about="What the others got."),
        Choice(name="metric", required=True, words=tuple(METRICS), about="The scale that effects are pooled on."),
        Text(name="unit", about="Of a mean difference, such as days."),
        Choice(name="better", required=True, words=_words(Synthesis.Better), about="Which side is the better one."),
        Choice(name="method", required=True, words=_words(Synthesis.Method), about="The model."),
        Choice(name="test", required=True, words=_words(Synthesis.Test), about="How its interval is made."),
        Choice(
            name="prediction",
            required=True,
            words=_words(Synthesis.Prediction),
            about="Degrees of freedom of the prediction interval: k - 1, or k - 2 (riley).",
        ),
        Number(name="base_rate", about="How many in a hundred have the outcome without the intervention."),
        Text(name="base_rate_source", about="Where that figure is from."),
        Points(name="criteria", about="What was included, with ; between the rules."),
        Day(name="last_searched", about="When studies were last searched for."),
        Text(name="note", about="How the numbers were made. Markdown."),
        Text(name="citation", about="The review that the studies are from, if any."),
        Address(name="source_url", about="Where that review can be read."),
    ),
    key=("slug",),
    unique=("id",),
    kind="synthesis",
    owner=("slug",),
    optional=True,
)

STUDY_RESULTS = Table(
    name="study_results",
    about="One row is a study found for a synthesis: its facts, what it found, or why it was left out.",
    model=Inclusion,
    columns=(
        _synthesis("synthesis.slug"),
        Whole(
            name="study_id",
            source="study.pk",
            required=True,
            minimum=Study.FIRST_NUMBER,
            about=f"The study's permanent number, from {Study.FIRST_NUMBER}; the same study has it in every row.",
        ),
        centre_column(
            "Who keeps the study; empty: the network.", name="kept_by", source="study.centre.slug", required=False
        ),
        _fact("label", "What tables and charts call the study.", required=True),
        _fact("title", "Its title."),
        _fact("citation", "How it is cited."),
        _fact("year", "When it came out.", Whole, minimum=1500, maximum=2200),
        _fact("country", "Where it was done, as the source has it."),
        _fact("uk_nation", "The nation of the UK, where the source says it.", Choice, words=_words(Study.Nation)),
        _fact("design", "As the source names it, such as RCT."),
        _fact("setting", "Where people took part."),
        _fact("ages", "How old they were."),
        _fact("participants", "Who was studied."),
        _fact("missing_people", "Who was left out or lost."),
        _fact("registration", "Such as ISRCTN12345678."),
        _fact("doi", "Such as 10.1002/14651858.CD002796.pub2."),
        _fact("funder", "Who paid."),
        _fact("interests", "What its authors declared."),
        _fact("protocol", "The address of its protocol."),
        Flag(name="included", required=True, no="no", about="No where the study was left out."),
        Text(name="reason", about="Why it was left out."),
        Text(name="subgroup", about="The group it is shown in."),
        _entered_by(),
        _intervention(),
        _outcome("estimate.outcome.slug"),
        _found("outcome_reported", "What the study measured."),
        _found("follow_up", "Such as: 12 months after."),
        _found("metric", "The scale of effect and variance.", Choice, words=tuple(METRICS)),
        _found("effect", "The effect, above 0 where there is more of the outcome with the intervention.", Figure),
        _found("variance", "Its sampling variance, on the same scale.", Figure),
        _found("n_1", "People with the intervention.", Whole),
        _found("n_2", "People in the comparison.", Whole),
        _found("n_total", "People in all.", Whole),
        _found("given", "The numbers that the study gives, by name, as a JSON object.", Json, type=dict),
        _found("formula", "How effect and variance follow from them."),
        _found("assumptions", "What that assumes, as a JSON list of texts.", Json, type=list),
        _found("conversions", "Each step, such as a sign reversed, as a JSON list of texts.", Json, type=list),
    ),
    key=("synthesis", *RESULT),
    kind="synthesis",
    owner=("synthesis",),
    optional=True,
)

APPRAISALS = Table(
    name="appraisals",
    about=(
        "One row is a judgement of a result by one tool on one of its domains; the result is told by the same cells as in"
        " study_results.csv, and judged alike in every synthesis that it is in."
    ),
    model=Appraisal,
    columns=(
        _synthesis("synthesis_slug"),
        Whole(
            name="study_id",
            source="estimate.study_id",
            required=True,
            minimum=Study.FIRST_NUMBER,
            about="The study's permanent number.",
        ),
        _entered_by(),
        _intervention(),
        _outcome("estimate.outcome.slug"),
        _found("outcome_reported", "What the study measured."),
        _found("follow_up", "Such as: 12 months after."),
        _found("metric", "The scale of the result.", Choice, words=tuple(METRICS), required=True),
        Choice(name="tool", required=True, words=_words(Appraisal.Tool), about="The tool, with its words."),
        Text(name="domain", required=True, about="One of the tool's domains, named as in this portal."),
        Text(name="judgement", required=True, about="In the tool's words, such as Low."),
        Text(name="reason", about="What in the report led to it; needed for what both readers agreed on."),
        Choice(
            name="reading",
            required=True,
            words=_words(Appraisal.Reading),
            about="Whether it is the first reader's, the second's, or what both agreed on.",
        ),
        Text(
            name="reader",
            source="reader_name",
            private=True,
            limit=_limit(Appraisal, "reader"),
            about="Who read; for editors only, never published.",
        ),
    ),
    key=("synthesis", *RESULT, "tool", "domain", "reading"),
    kind="synthesis",
    owner=("synthesis",),
    optional=True,
)

RATING_RULES = Table(
    name="rating_rules",
    about="One row is a published rule: a quantity from one value and below another gives a level.",
    model=RatingRule,
    columns=(
        Reference(
            name="scheme", source="scheme.slug", required=True, about="The scheme.", to=("rating_schemes", "scheme")
        ),
        Column(name="level", source="level.key", required=True, about="The level that the rule gives."),
        Choice(
            name="quantity",
            required=True,
            words=_words(RatingRule.Quantity),
            about="What is looked at. A scheme's first quantity gives the starting level, another the most it allows.",
        ),
        Number(name="from", source="from_value", about="The smallest value; empty: no smallest."),
        Number(name="below", about="The value at which it no longer holds; empty: no largest."),
        Text(name="edition", about="Which edition of the rule, with its date."),
        Text(name="source", required=True, about="Where the rule is published."),
        Text(name="note", about="What else there is to say, such as of the edges."),
    ),
    key=("scheme", "level", "quantity", "edition"),
    kind="method",
    owner=("scheme",),
    optional=True,
)
