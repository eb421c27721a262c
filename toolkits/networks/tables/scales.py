"""The tables of shared words and of rating scales."""

from evidence.bands import ALL_BANDS
from evidence.models import AgeBand, Outcome, RatingLevel, RatingScheme, Setting
from toolkits.networks.cells import Choice, Flag, Reference, Text, Whole
from toolkits.networks.tables.base import Table, axis_column, centre_column, slug_column


def _vocabulary(name, slug, about, model, *more):
    return Table(
        name=name,
        about=about,
        model=model,
        columns=(
            slug_column("The term's short name."),
            Text(name="name", required=True, about="The term as readers see it."),
            *more,
        ),
        key=("slug",),
        unique=("name",),
        kind="vocabulary",
        owner=slug,
        needs_rows=name == "outcomes",
    )


OUTCOMES = _vocabulary("outcomes", "outcomes", "One row is an outcome that interventions are meant to change.", Outcome)
SETTINGS = _vocabulary("settings", "settings", "One row is a place or service where interventions happen.", Setting)
AGE_BANDS = _vocabulary(
    "age_bands",
    "age-bands",
    "One row is a band of ages.",
    AgeBand,
    Whole(name="from_age", required=True, maximum=150, about="The youngest, in whole years."),
    Whole(name="to_age", required=True, maximum=150, about="The oldest, in whole years."),
)

RATING_SCHEMES = Table(
    name="rating_schemes",
    about="One row is a rating scale on one axis.",
    model=RatingScheme,
    columns=(
        slug_column("The scheme's short name and the last part of its address.", name="scheme", source="slug"),
        centre_column(
            "Who rates by it; empty: the network itself, and it is never shown as a centre's rating.", required=False
        ),
        axis_column(),
        Text(name="name", required=True, about="The scheme's name."),
        Text(name="version", about="Which version of the scheme."),
        Text(name="unit", about="What a level's number counts, where it has one."),
        Text(name="what_is_graded", about="An approach, a programme, one study…"),
        Choice(name="measures", words=tuple(RatingScheme.Measures.values), about="What an impact scale measures."),
        Flag(name="numeric", required=True, no="no", about="Whether a level stands for a number."),
        Text(name="source_url", about="Where the scheme was seen."),
        Text(name="note", about="What else there is to say."),
        Reference(
            name="succeeds",
            source="succeeds.slug",
            optional=True,
            about="The version of the scale that this one takes the place of.",
            to=("rating_schemes", "scheme"),
        ),
    ),
    key=("scheme",),
    kind="method",
    owner=("scheme",),
    needs_rows=True,
)

RATING_LEVELS = Table(
    name="rating_levels",
    about="One row is a level of a scheme.",
    model=RatingLevel,
    columns=(
        Reference(
            name="scheme", source="scheme.slug", required=True, about="The scheme.", to=("rating_schemes", "scheme")
        ),
        Whole(
            name="order",
            maximum=32_767,
            about="Rises with better, stronger or dearer; empty for a level off the scale.",
        ),
        Text(name="level", source="key", required=True, about="The level's short name in its scheme."),
        Text(name="label", required=True, about="The centre's own word."),
        Text(name="meaning", about="What it says, in words."),
        Choice(name="off_scale", words=tuple(RatingLevel.OffScale.values), about="Why it has no place on the scale."),
        Choice(
            name="shared_band",
            words=ALL_BANDS,
            about="The network's coarse common reading, on impact, strength and cost.",
        ),
        Text(name="band_reason", about="Why this band."),
        Text(name="label_cy", optional=True, about="The centre's own word in Welsh."),
        Text(name="meaning_cy", optional=True, about="What it says, in Welsh."),
    ),
    key=("scheme", "level"),
    kind="method",
    owner=("scheme",),
    needs_rows=True,
)
