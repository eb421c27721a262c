"""Centres, their memberships and money, toolkits, rating scales, reports, shared lists, and what changed."""

from urllib.parse import urljoin

from django.utils.translation import gettext_lazy as _

from toolkits.public.open_data.columns import Column, Table, day, key, level_id, several, text, whole, yes
from toolkits.public.open_data.tables.common import published, record, source

CENTRES = Table(
    "centres",
    _("Centres"),
    _("One row for each centre that is or was in the network. Dates are as exact as they are known: 2013-03."),
    ("record",),
    (
        record(_("The permanent record number of the centre.")),
        text("slug", _("Its short name in addresses, and in the table of changes."), "document.slug"),
        text("name", _("Its name."), "document.name"),
        text("short_name", _("Its short name."), "document.short_name"),
        text("policy_area", _("What it is about."), "document.policy_area"),
        text("founded", _("When it was founded."), "document.founded"),
        text("closed", _("When it closed."), "document.closed"),
        text("ending", _("How it ended: closed, merged, renamed."), lambda at: getattr(at.document.ending, "kind", "")),
        whole(
            "successor",
            _("The centre that carries on."),
            lambda at: at.link("centre", at.document.ending.successor) if at.document.ending else None,
            to="centres",
        ),
        text("hosts", _("Who hosts it; several are parted by “; ”."), lambda at: several(at.document.hosts)),
        text("constitution", _("What kind of body it is."), "document.constitution"),
        text("website", _("Its own site."), "document.website"),
        text("audience", _("Whom it writes for."), lambda at: several(at.document.audience)),
        *published(),
    ),
)


def _centre():
    return key("centre", _("The centre."), "page.record", to="centres")


MEMBERSHIPS = Table(
    "memberships",
    _("Memberships"),
    _("One row for each spell of a centre in the network."),
    ("centre", "place"),
    (
        _centre(),
        key("place", _("Which of its spells it is."), "place"),
        text("tier", _("centre, affiliate or associate."), "part.tier"),
        text("started", _("When it began, as known."), "part.started"),
        text("ended", _("When it ended, as known; empty: it has not."), "part.ended"),
        day("first_day", _("The first day it is counted."), "part.first_day"),
        day("last_day", _("The last day it is counted."), "part.last_day"),
        text("basis", _("What that is known from."), "part.basis"),
    ),
)

AWARDS = Table(
    "awards",
    _("Funding"),
    _("One row for each award to a centre that is known. What is not here is not recorded, and not nothing."),
    ("centre", "place"),
    (
        _centre(),
        key("place", _("Which of its awards it is."), "place"),
        text("funder", _("Who gave it."), "part.funder"),
        text("what", _("What for."), "part.what"),
        whole("amount_gbp", _("How much, in whole pounds; empty: no figure is known."), "part.amount_gbp"),
        text("started", _("From when, as known."), "part.started"),
        text("ended", _("Until when, as known."), "part.ended"),
        text("sources", _("Where that was seen."), lambda at: several(one.url or one.note for one in at.part.sources)),
    ),
)

TOOLKITS = Table(
    "toolkits",
    _("Toolkits"),
    _("One row for each toolkit of a centre."),
    ("record",),
    (
        record(_("The permanent record number of the toolkit.")),
        text("name", _("Its name."), "document.name"),
        whole("centre", _("The centre that owns it."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), "document.centre.name"),
        *published(),
    ),
)

SCHEMES = Table(
    "schemes",
    _("Rating scales"),
    _("One row for each version of a rating scale."),
    ("record",),
    (
        record(_("The permanent record number of this version of the scale.")),
        text("name", _("Its name."), "document.name"),
        text("axis", _("What kind of thing it rates."), "document.axis"),
        whole(
            "centre",
            _("The centre whose scale it is; empty: the network's."),
            lambda at: at.link("centre", at.document.centre),
            to="centres",
        ),
        text("scheme_version", _("Which version it is, as its centre numbers them."), "document.version"),
        whole(
            "takes_the_place_of",
            _("The earlier version, where there is one."),
            lambda at: at.link("method", at.document.succeeds),
            to="schemes",
        ),
        text("unit", _("The unit of its numbers."), "document.unit"),
        text("what_is_graded", _("What it grades."), "document.what_is_graded"),
        text("measures", _("size or direction, where it measures an effect."), "document.measures"),
        yes("numeric", _("Whether its levels stand for numbers."), "document.numeric"),
        text("note", _("What has to be known of it."), "document.note"),
        *source(lambda at: at.document.source),
        *published(),
    ),
)

LEVELS = Table(
    "levels",
    _("Levels of rating scales"),
    _("One row for each level of a scale, in its order: from best to worst, then those off the scale."),
    ("level_id",),
    (
        key(
            "level_id",
            _("The scale's record number and the level's key."),
            lambda at: level_id(at.page.record, at.part.key),
            type="string",
        ),
        key("scheme", _("The scale."), "page.record", to="schemes"),
        key("place", _("Its place among the levels, from 1."), "place"),
        text("key", _("Its key on the scale."), "part.key"),
        text("label", _("The centre's words."), "part.label"),
        text("name", _("The same, told from a namesake."), "part.name"),
        text("meaning", _("What it means."), "part.meaning"),
        whole("order", _("Its order on the scale; empty: off the scale."), "part.order"),
        text("off_scale", _("Why it stands off the scale, where it does."), "part.off_scale"),
        text("shared_band", _("The network's coarse band for it."), "part.band"),
        text("shared_band_reason", _("Why there is no band, or which rule gave it."), "part.band_reason"),
    ),
)

REPORTS = Table(
    "reports",
    _("Reports"),
    _("One row for each report of a centre."),
    ("record",),
    (
        record(_("The permanent record number of the report.")),
        text("title", _("Its title."), "document.title"),
        yes(
            "title_is_descriptive",
            _("true: the title was not seen, and this one describes the report."),
            "document.title_is_descriptive",
        ),
        whole("centre", _("The centre."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), "document.centre.name"),
        whole("year", _("When it came out; empty: not recorded."), "document.year"),
        text("kind", _("What kind of report it is."), "document.type"),
        text("topic", _("What it is about."), "document.topic"),
        text("authors", _("Who wrote it; several are parted by “; ”."), lambda at: several(at.document.authors)),
        text("finding", _("What it found."), "document.finding"),
        text("citation", _("How it is cited."), "document.citation"),
        *source(lambda at: at.document.source),
        *published(),
    ),
)

TERMS = Table(
    "terms",
    _("Shared lists"),
    _("One row for each word of a shared list: outcomes, settings and age bands."),
    ("list", "term"),
    (
        key("list", _("The shared list."), "inside", type="string"),
        key("term", _("The word's key."), "part.slug", type="string"),
        text("name", _("The word."), "part.name"),
        whole("from_age", _("The youngest age in years, where the list is of ages."), "part.from_age"),
        whole("to_age", _("The oldest age in years, where the list is of ages."), "part.to_age"),
    ),
)

CHANGES = Table(
    "changes",
    _("What changed"),
    _("One row for each thing that happened in public, the earliest first."),
    ("event",),
    (
        key("event", _("Its own number, which never changes."), "part.id"),
        key(
            "publication",
            _("The publication number it came with: ask for what came after the last one you have."),
            "part.publication",
        ),
        Column("at", "datetime", _("When (UTC)."), "part.at", required=True),
        key("record", _("The record."), "part.record"),
        text("kind", _("What kind of record it is."), "part.kind"),
        text("verb", _("published, restored, withdrawn, removed or merged."), "part.verb"),
        whole("version", _("The version that was made, or that it happened to."), "part.version"),
        text("title", _("The record's title then."), "part.title"),
        text("centre", _("The slug of the centre; empty: the network."), "part.centre"),
        text("change", _("Why: first, study, method, correction or wording."), "part.change"),
        text("reason", _("What changed, in words."), "part.reason"),
        Column(
            "permanent_address",
            "uri",
            _("The address of the version that was made, or of the record."),
            lambda at: urljoin(at.base, at.part.address),
        ),
    ),
)
