"""Interventions, what they are rated, what they are about, and which are the same idea."""

from django.utils.translation import gettext_lazy as _

from toolkits.public.open_data.columns import Column, Table, day, key, number, several, text, whole, yes
from toolkits.public.open_data.tables.common import published, record, source


def _intervention():
    return key(
        "intervention", _("The record number of the intervention."), lambda at: at.page.record, to="interventions"
    )


def _version():
    return key("version", _("The version of the intervention that says so."), lambda at: at.page.version)


INTERVENTIONS = Table(
    "interventions",
    _("Interventions"),
    _("One row for each intervention in a centre's toolkit. The same idea in two toolkits is two rows."),
    ("record",),
    (
        record(_("The permanent record number of the intervention; never used again.")),
        text("name", _("The name its centre gives it."), lambda at: at.document.name),
        text("summary", _("What it is, in a sentence."), lambda at: at.document.summary),
        text(
            "status", _("What the centre says of its page, such as active or retired."), lambda at: at.document.status
        ),
        whole("centre", _("The centre that owns it."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), lambda at: at.document.centre.name),
        whole("toolkit", _("The toolkit it is in."), lambda at: at.link("toolkit", at.document.toolkit), to="toolkits"),
        text("toolkit_name", _("The name of that toolkit."), lambda at: at.document.toolkit.name),
        whole(
            "studies_count",
            _("On how many studies the centre says it rests; empty: not recorded, which is not none."),
            lambda at: at.document.studies_count,
        ),
        number("headline_value", _("The centre's headline figure."), lambda at: at.document.headline_value),
        text("headline_unit", _("The unit of that figure."), lambda at: at.document.headline_unit),
        text("headline_text", _("The headline in the centre's words."), lambda at: at.document.headline_text),
        text(
            "finding_as_published",
            _("The finding in the centre's words, where it gave words and no rating."),
            lambda at: at.document.finding_as_published,
        ),
        text("authors", _("Who assessed it; several are parted by “; ”."), lambda at: several(at.document.authors)),
        text("interests", _("Their interests, as declared."), lambda at: at.document.interests),
        day("last_searched", _("When studies were last searched for."), lambda at: at.document.last_searched),
        day("next_review", _("When it is to be looked at again."), lambda at: at.document.next_review),
        *source(lambda at: at.document.source),
        *published(),
    ),
)

RATINGS = Table(
    "ratings",
    _("Ratings"),
    _(
        "One row for each rating of an intervention, on the centre's own scale. Ratings of different scales are never to "
        "be averaged or ranked against each other."
    ),
    ("intervention", "place"),
    (
        _intervention(),
        key("place", _("Which of its ratings it is, in the centre's order."), lambda at: at.place),
        _version(),
        text("axis", _("What kind of thing is rated: impact, strength, cost and others."), lambda at: at.part.axis),
        whole("scheme", _("The scale."), lambda at: at.link("method", at.part.scheme), to="schemes"),
        text("scheme_name", _("The name of the scale."), lambda at: at.part.scheme.name),
        text("scheme_version", _("The version of the scale, as its centre numbers it."), lambda at: at.part.version),
        Column(
            "level_id",
            "string",
            _("The level, in the table of levels."),
            lambda at: at.level(at.part.scheme.record, at.part.level),
            to="levels",
        ),
        text("level", _("The key of the level on its scale."), lambda at: at.part.level),
        text("level_name", _("The level in the centre's words."), lambda at: at.part.name),
        whole(
            "rank",
            _("Which step of the scale it is, counted from 1; empty: the level stands off the scale."),
            lambda at: at.part.rank,
        ),
        whole("steps", _("How many steps the scale has."), lambda at: at.part.steps),
        text("off_scale", _("Why the level is off the scale, where it is."), lambda at: at.part.off_scale),
        text("shared_band", _("The network's coarse band; not the centre's."), lambda at: at.part.band),
        text("shared_band_reason", _("Why there is no band, or which rule gave it."), lambda at: at.part.band_reason),
        number("value", _("The number behind the level, as published."), lambda at: at.part.value),
        number("range_low", _("The lower end of its range; empty: not recorded."), lambda at: at.part.range_low),
        number("range_high", _("The upper end of its range; empty: not recorded."), lambda at: at.part.range_high),
        text("unit", _("The unit of the number."), lambda at: at.part.unit),
        text("outcome", _("The outcome that is rated, where the centre names one."), lambda at: at.part.outcome),
        text("aspect", _("The aspect that is rated, where the centre names one."), lambda at: at.part.aspect),
        text("what_is_graded", _("What the scale grades."), lambda at: at.part.what_is_graded),
        text("reason", _("Why it has this level, in words."), lambda at: at.part.reason),
        yes(
            "by_network",
            _("true: the network's reading of a finding in words; false: the centre's own rating."),
            lambda at: at.part.by_network,
        ),
        day("rated_on", _("When the centre rated it."), lambda at: at.part.rated_on),
        whole(
            "synthesis",
            _("The synthesis that the rating rests on, where it is published."),
            lambda at: at.link("synthesis", at.part.basis.synthesis) if at.part.basis else None,
            to="syntheses",
        ),
        *source(lambda at: at.part.source),
    ),
)

NOT_RATED = Table(
    "not_rated",
    _("Axes without a rating"),
    _("One row for each axis of its toolkit on which an intervention has no rating, and what that means."),
    ("intervention", "axis"),
    (
        _intervention(),
        key("axis", _("The axis."), lambda at: at.part.axis, type="string"),
        _version(),
        text("meaning", _("What it means that there is no rating."), lambda at: at.part.meaning),
    ),
)

COSTS = Table(
    "costs",
    _("Costs"),
    _(
        "One row for each figure of what an intervention costs, as somebody published it. Nothing is converted to other "
        "prices. An intervention that is not here has no figure recorded, which is not nothing."
    ),
    ("intervention", "place"),
    (
        _intervention(),
        key("place", _("Which of its costs it is, in the centre's order."), lambda at: at.place),
        _version(),
        text("label", _("What is paid for."), lambda at: at.part.label),
        number("amount", _("The amount, or the lower end of a range."), lambda at: at.part.amount),
        number("amount_to", _("The upper end of a range; empty: one figure."), lambda at: at.part.amount_to),
        text("currency", _("The currency."), lambda at: at.part.currency),
        text("unit", _("For what one amount is: pupil, person, family, place or group."), lambda at: at.part.unit),
        text("timing", _("once or yearly."), lambda at: at.part.timing),
        text(
            "price_year",
            _("In whose prices: a financial year such as 2023-24, or a calendar year; empty: not recorded."),
            lambda at: at.part.price_year,
        ),
        text("includes", _("What is in the figure, and what is not."), lambda at: at.part.includes),
        text("paid_by", _("Who pays; empty: not recorded."), lambda at: at.part.paid_by),
        text("confidence", _("How sure it is: high, medium or low."), lambda at: at.part.confidence),
        text("confidence_reason", _("Why so sure, or so little."), lambda at: at.part.confidence_reason),
        *source(lambda at: at.part.source),
    ),
)

INTERVENTION_TERMS = Table(
    "intervention_terms",
    _("Outcomes, settings and ages of interventions"),
    _("One row for each word of a shared list that an intervention is filed under."),
    ("intervention", "list", "term"),
    (
        _intervention(),
        key("list", _("The shared list: outcomes, settings or age-bands."), lambda at: at.inside, type="string"),
        key("term", _("The word's key in that list."), lambda at: at.part[0].slug, type="string"),
        text("name", _("The word."), lambda at: at.part[0].name),
        yes(
            "rated",
            _("false: an outcome that the page names, and that nothing is rated for."),
            lambda at: at.part[1],
        ),
        _version(),
    ),
)

FAMILIES = Table(
    "families",
    _("Families"),
    _("One row for each idea that stands in several toolkits."),
    ("record",),
    (
        record(_("The permanent record number of the family.")),
        text("name", _("The idea."), lambda at: at.document.name),
        *published(),
    ),
)


def _family():
    return key("family", _("The record number of the family."), lambda at: at.page.record, to="families")


FAMILY_MEMBERS = Table(
    "family_members",
    _("Members of families"),
    _("One row for each published intervention of a family."),
    ("family", "intervention"),
    (
        _family(),
        key("intervention", _("The intervention."), lambda at: at.part.record, to="interventions"),
        text("relation", _("same: the same idea; variant: a variant of it."), lambda at: at.part.relation),
    ),
)

FAMILY_DIFFERENCES = Table(
    "family_differences",
    _("Why members of families are rated differently"),
    _("One row for each reason that the editors of both centres agreed on."),
    ("family", "place"),
    (
        _family(),
        key("place", _("Which of the family's reasons it is."), lambda at: at.place),
        key("first", _("One of the two interventions."), lambda at: at.part.first, to="interventions"),
        key("second", _("The other one."), lambda at: at.part.second, to="interventions"),
        text("cause", _("The kind of cause."), lambda at: at.part.cause),
        text("text", _("The reason in words."), lambda at: at.part.text),
        day("agreed_on", _("When both agreed."), lambda at: at.part.agreed_on),
    ),
)
