"""The tables of toolkits, interventions, ratings, families and reports."""

from evidence.models import Cost, FamilyMember, Intervention, Rating, Report
from evidence.models.costs import PRICE_YEAR
from toolkits.models import Toolkit, ToolkitAxis
from toolkits.networks.cells import (
    Address,
    Choice,
    Day,
    Flag,
    Number,
    Pattern,
    Points,
    Reference,
    References,
    Text,
    Whole,
)
from toolkits.networks.tables.base import (
    WELSH_MADE,
    Table,
    axis_column,
    centre_column,
    id_column,
    intervention_column,
    slug_column,
    toolkit_column,
)


def _terms(name, about, to, **more):
    return References(name=name, about=f"{about} Several with ; between them, without spaces.", to=(to, "slug"), **more)


TOOLKITS = Table(
    name="toolkits",
    about="One row is a toolkit.",
    model=Toolkit,
    columns=(
        id_column(Toolkit),
        slug_column("The last part of the toolkit's address."),
        centre_column(),
        Text(name="name", required=True, about="Its name."),
        Text(name="introduction", optional=True, about="What it covers, in two sentences. Markdown."),
        Text(name="name_cy", optional=True, about="Its name in Welsh."),
        Text(name="introduction_cy", optional=True, about="What it covers, in Welsh. Markdown."),
        *WELSH_MADE,
    ),
    key=("slug",),
    unique=("id",),
    kind="toolkit",
    owner=("slug",),
    needs_rows=True,
)

TOOLKIT_AXES = Table(
    name="toolkit_axes",
    about="One row says what a missing rating on an axis means in a toolkit.",
    model=ToolkitAxis,
    columns=(
        toolkit_column(),
        axis_column(),
        Text(name="absent_means", required=True, about="What its absence means, in words."),
    ),
    key=("toolkit", "axis"),
    kind="toolkit",
    owner=("toolkit",),
)

INTERVENTIONS = Table(
    name="interventions",
    about="One row is an intervention in a toolkit.",
    model=Intervention,
    columns=(
        id_column(Intervention),
        toolkit_column("entry.toolkit.slug"),
        slug_column("The last part of its address, unique in its toolkit.", source="entry.slug", limit=80),
        centre_column("Whose assessment it is."),
        Choice(name="status", required=True, words=tuple(Intervention.Status.values), about="Whether it still stands."),
        Text(name="name", required=True, about="What it is called."),
        Text(name="summary", required=True, about="What it is, in one or two sentences."),
        _terms("outcomes", "What it is meant to change.", "outcomes"),
        Text(name="outcome_as_published", about="The source's own words."),
        _terms("settings", "Where it happens.", "settings"),
        Text(name="setting_as_published", about="The source's own words."),
        _terms("age_bands", "Whom it is for, by age.", "age_bands"),
        Text(name="age_as_published", about="The source's own words."),
        Whole(name="studies_count", about="How many studies the assessment rests on."),
        Number(name="headline_value", about="The centre's own headline figure, where it is a number."),
        Text(name="headline_unit", about="What that number counts."),
        Text(name="headline_text", about="The headline figure in words, such as 7 of 9."),
        Text(name="finding_as_published", about="The source's own short finding."),
        Points(name="key_findings", source="key_messages", about="What the evidence says; points with ; between them."),
        Points(name="implementation", about="Putting it in place; points with ; between them."),
        Points(name="cautions", about="Harms and cautions; points with ; between them."),
        Text(name="version_or_date", about="As the source dates itself."),
        Address(name="source_url", required=True, about="The page where these facts were seen."),
        Text(name="other_sources", about="Further sources, with ; between them."),
        Text(name="compiler_note", private=True, about="For editors only; never published."),
        Text(name="how_it_works", optional=True, about="What people do, and why it should help. Markdown."),
        Text(name="how_sure", optional=True, about="How sure the assessment is, and why. Markdown."),
        Text(name="for_whom", optional=True, about="For whom and where it was tested. Markdown."),
        Text(name="costs", optional=True, about="What it costs. Markdown."),
        Text(name="gaps", optional=True, about="Gaps and trials under way. Markdown."),
        _terms("unrated_outcomes", "What was looked at and is not rated.", "outcomes", optional=True),
        Points(name="authors", optional=True, about="Who assessed the evidence; with ; between them."),
        Text(name="interests", optional=True, about="What the authors declared that might sway them."),
        Day(name="last_searched", optional=True, about="When studies were last looked for."),
        Day(name="next_review", optional=True, about="When it will be reviewed."),
        Choice(
            name="language",
            optional=True,
            words=("en", "cy"),
            default="en",
            about="The language of the text; empty: English.",
        ),
        Text(name="name_cy", optional=True, about="Its name in Welsh."),
        Text(name="summary_cy", optional=True, about="Its summary in Welsh."),
        Points(
            name="key_findings_cy",
            source="key_messages_cy",
            optional=True,
            about="What the evidence says, in Welsh; points with ; between them.",
        ),
        *WELSH_MADE,
    ),
    key=("toolkit", "slug"),
    unique=("id",),
    kind="intervention",
    owner=("toolkit", "slug"),
    needs_rows=True,
)

RATINGS = Table(
    name="ratings",
    about="One row is a rating of an intervention on an axis.",
    model=Rating,
    columns=(
        toolkit_column("intervention.entry.toolkit.slug"),
        intervention_column("intervention.entry.slug"),
        axis_column(source="level.scheme.axis"),
        Reference(
            name="scheme",
            source="level.scheme.slug",
            required=True,
            about="The scheme.",
            to=("rating_schemes", "scheme"),
        ),
        Text(name="level", source="level.key", required=True, about="The level, by its short name in the scheme."),
        Number(name="value", about="The number behind the level, where there is one."),
        Reference(
            name="outcome", source="outcome.slug", about="The outcome rated; empty: overall.", to=("outcomes", "slug")
        ),
        Text(name="aspect", about="Where a centre rates two aspects apart."),
        Text(name="label_as_published", about="The centre's word, where it differs from the level's."),
        Number(name="range_low", optional=True, about="The lower end of the range round the value."),
        Number(name="range_high", optional=True, about="The upper end of the range round the value."),
        Text(name="reason", optional=True, about="Why this level."),
        Address(name="source", optional=True, about="Where this rating is published."),
        Day(name="rated_on", optional=True, about="When it was rated."),
    ),
    key=("toolkit", "intervention", "scheme", "level", "outcome", "aspect"),
    kind="intervention",
    owner=("toolkit", "intervention"),
)

COSTS = Table(
    name="costs",
    about="One row is what an intervention costs, as somebody published it.",
    model=Cost,
    columns=(
        toolkit_column("intervention.entry.toolkit.slug"),
        intervention_column("intervention.entry.slug"),
        Text(name="label", required=True, about="What is paid for."),
        Number(name="amount", required=True, about="The figure as published, or the lower end of a range."),
        Number(name="amount_to", about="The upper end of a range; empty: a single figure."),
        Choice(name="currency", required=True, words=tuple(Cost.Currency.values), about="Its currency."),
        Choice(name="unit", required=True, words=tuple(Cost.Unit.values), about="For each of what."),
        Choice(name="timing", required=True, words=tuple(Cost.Timing.values), about="Once, or every year."),
        Pattern(
            name="price_year",
            pattern=PRICE_YEAR,
            form="a financial year such as 2023-24 or a year such as 2023",
            about="In whose prices; empty: not known.",
        ),
        Text(name="includes", required=True, about="What is in the figure, and what is not."),
        Text(name="paid_by", about="Who pays."),
        Text(name="source", required=True, about="Where it is published: an address, and words after it."),
        Choice(name="confidence", required=True, words=tuple(Cost.Confidence.values), about="How sure the figure is."),
        Text(name="confidence_reason", required=True, about="Why so sure, or so little."),
    ),
    key=("toolkit", "intervention", "label"),
    kind="intervention",
    owner=("toolkit", "intervention"),
    optional=True,
)

FAMILIES = Table(
    name="families",
    about="One row is an intervention's place in a family: the same idea as several toolkits rate it.",
    model=FamilyMember,
    columns=(
        slug_column(
            "The family's short name and the last part of its address.", name="family", source="family.slug", limit=60
        ),
        Text(
            name="family_name",
            source="family.name",
            required=True,
            limit=120,
            about="The family's name; the same in all its rows.",
        ),
        toolkit_column("intervention.entry.toolkit.slug"),
        intervention_column("intervention.entry.slug"),
        Choice(
            name="relation",
            required=True,
            words=tuple(FamilyMember.Relation.values),
            about="The same idea, or a variant.",
        ),
    ),
    key=("toolkit", "intervention"),
    kind="family",
    owner=("family",),
)

REPORTS = Table(
    name="reports",
    about="One row is a synthesis report, review or guideline.",
    model=Report,
    columns=(
        id_column(Report),
        slug_column("The last part of the report's address."),
        centre_column("Who made or commissioned it."),
        Text(name="title", required=True, about="Its title."),
        Flag(name="title_is_descriptive", about="Yes where the exact title was not seen and this describes it."),
        Whole(name="year", minimum=1900, maximum=2100, about="When it came out."),
        Choice(name="kind", source="type", required=True, words=tuple(Report.Type.values), about="What it is."),
        Text(name="topic", about="What it is about."),
        Text(name="authors", about="Who wrote it, with ; between them."),
        Address(name="url", about="Where it can be read; perhaps a copy on another site."),
        Text(name="citation", about="How it is cited."),
        Text(name="finding", about="The main finding, in one sentence."),
        Text(name="title_cy", optional=True, about="Its title in Welsh."),
        Text(name="finding_cy", optional=True, about="The main finding, in Welsh."),
        *WELSH_MADE,
    ),
    key=("slug",),
    unique=("id",),
    kind="report",
    owner=("slug",),
)
