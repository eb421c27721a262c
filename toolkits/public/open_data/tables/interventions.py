"""Interventions, what they are rated, what they are about, and which are the same idea."""

from django.utils.translation import gettext_lazy as _

from toolkits.public.open_data.columns import Column, Table, day, key, number, several, text, whole, yes
from toolkits.public.open_data.tables.common import published, record, source


def _intervention():
    return key("intervention", _("The record number of the intervention."), "page.record", to="interventions")


def _version():
    return key("version", _("The version of the intervention that says so."), "page.version")


INTERVENTIONS = Table(
    "interventions",
    _("Interventions"),
    _("One row for each intervention in a centre's toolkit. The same idea in two toolkits is two rows."),
    ("record",),
    (
        record(_("The permanent record number of the intervention; never used again.")),
        text("name", _("The name its centre gives it."), "document.name"),
        text("summary", _("What it is, in a sentence."), "document.summary"),
        text("status", _("What the centre says of its page, such as active or retired."), "document.status"),
        whole("centre", _("The centre that owns it."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), "document.centre.name"),
        whole("toolkit", _("The toolkit it is in."), lambda at: at.link("toolkit", at.document.toolkit), to="toolkits"),
        text("toolkit_name", _("The name of that toolkit."), "document.toolkit.name"),
        whole(
            "studies_count",
            _("On how many studies the centre says it rests; empty: not recorded, which is not none."),
            "document.studies_count",
        ),
        number("headline_value", _("The centre's headline figure."), "document.headline_value"),
        text("headline_unit", _("The unit of that figure."), "document.headline_unit"),
        text("headline_text", _("The headline in the centre's words."), "document.headline_text"),
        text(
            "finding_as_published",
            _("The finding in the centre's words, where it gave words and no rating."),
            "document.finding_as_published",
        ),
        text("authors", _("Who assessed it; several are parted by “; ”."), lambda at: several(at.document.authors)),
        text("interests", _("Their interests, as declared."), "document.interests"),
        day("last_searched", _("When studies were last searched for."), "document.last_searched"),
        day("next_review", _("When it is to be looked at again."), "document.next_review"),
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
        key("place", _("Which of its ratings it is, in the centre's order."), "place"),
        _version(),
        text("axis", _("What kind of thing is rated: impact, strength, cost and others."), "part.axis"),
        whole("scheme", _("The scale."), lambda at: at.link("method", at.part.scheme), to="schemes"),
        text("scheme_name", _("The name of the scale."), "part.scheme.name"),
        text("scheme_version", _("The version of the scale, as its centre numbers it."), "part.version"),
        Column(
            "level_id",
            "string",
            _("The level, in the table of levels."),
            lambda at: at.level(at.part.scheme.record, at.part.level),
            to="levels",
        ),
        text("level", _("The key of the level on its scale."), "part.level"),
        text("level_name", _("The level in the centre's words."), "part.name"),
        whole(
            "rank",
            _("Which step of the scale it is, counted from 1; empty: the level stands off the scale."),
            "part.rank",
        ),
        whole("steps", _("How many steps the scale has."), "part.steps"),
        text("off_scale", _("Why the level is off the scale, where it is."), "part.off_scale"),
        text("shared_band", _("The network's coarse band; not the centre's."), "part.band"),
        text("shared_band_reason", _("Why there is no band, or which rule gave it."), "part.band_reason"),
        number("value", _("The number behind the level, as published."), "part.value"),
        number("range_low", _("The lower end of its range; empty: not recorded."), "part.range_low"),
        number("range_high", _("The upper end of its range; empty: not recorded."), "part.range_high"),
        text("unit", _("The unit of the number."), "part.unit"),
        text("outcome", _("The outcome that is rated, where the centre names one."), "part.outcome"),
        text("aspect", _("The aspect that is rated, where the centre names one."), "part.aspect"),
        text("what_is_graded", _("What the scale grades."), "part.what_is_graded"),
        text("reason", _("Why it has this level, in words."), "part.reason"),
        yes(
            "by_network",
            _("true: the network's reading of a finding in words; false: the centre's own rating."),
            "part.by_network",
        ),
        day("rated_on", _("When the centre rated it."), "part.rated_on"),
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
        key("axis", _("The axis."), "part.axis", type="string"),
        _version(),
        text("meaning", _("What it means that there is no rating."), "part.meaning"),
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
        key("place", _("Which of its costs it is, in the centre's order."), "place"),
        _version(),
        text("label", _("What is paid for."), "part.label"),
        number("amount", _("The amount, or the lower end of a range."), "part.amount"),
        number("amount_to", _("The upper end of a range; empty: one figure."), "part.amount_to"),
        text("currency", _("The currency."), "part.currency"),
        text("unit", _("For what one amount is: pupil, person, family, place or group."), "part.unit"),
        text("timing", _("once or yearly."), "part.timing"),
        text(
            "price_year",
            _("In whose prices: a financial year such as 2023-24, or a calendar year; empty: not recorded."),
            "part.price_year",
        ),
        text("includes", _("What is in the figure, and what is not."), "part.includes"),
        text("paid_by", _("Who pays; empty: not recorded."), "part.paid_by"),
        text("confidence", _("How sure it is: high, medium or low."), "part.confidence"),
        text("confidence_reason", _("Why so sure, or so little."), "part.confidence_reason"),
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
        key("list", _("The shared list: outcomes, settings or age-bands."), "inside", type="string"),
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
        text("name", _("The idea."), "document.name"),
        *published(),
    ),
)


def _family():
    return key("family", _("The record number of the family."), "page.record", to="families")


FAMILY_MEMBERS = Table(
    "family_members",
    _("Members of families"),
    _("One row for each published intervention of a family."),
    ("family", "intervention"),
    (
        _family(),
        key("intervention", _("The intervention."), "part.record", to="interventions"),
        text("relation", _("same: the same idea; variant: a variant of it."), "part.relation"),
    ),
)

FAMILY_DIFFERENCES = Table(
    "family_differences",
    _("Why members of families are rated differently"),
    _("One row for each reason that the editors of both centres agreed on."),
    ("family", "place"),
    (
        _family(),
        key("place", _("Which of the family's reasons it is."), "place"),
        key("first", _("One of the two interventions."), "part.first", to="interventions"),
        key("second", _("The other one."), "part.second", to="interventions"),
        text("cause", _("The kind of cause."), "part.cause"),
        text("text", _("The reason in words."), "part.text"),
        day("agreed_on", _("When both agreed."), "part.agreed_on"),
    ),
)
