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
        text("slug", _("Its short name in addresses, and in the table of changes."), lambda at: at.document.slug),
        text("name", _("Its name."), lambda at: at.document.name),
        text("short_name", _("Its short name."), lambda at: at.document.short_name),
        text("policy_area", _("What it is about."), lambda at: at.document.policy_area),
        text("founded", _("When it was founded."), lambda at: at.document.founded),
        text("closed", _("When it closed."), lambda at: at.document.closed),
        text("ending", _("How it ended: closed, merged, renamed."), lambda at: getattr(at.document.ending, "kind", "")),
        whole(
            "successor",
            _("The centre that carries on."),
            lambda at: at.link("centre", at.document.ending.successor) if at.document.ending else None,
            to="centres",
        ),
        text("hosts", _("Who hosts it; several are parted by “; ”."), lambda at: several(at.document.hosts)),
        text("constitution", _("What kind of body it is."), lambda at: at.document.constitution),
        text("website", _("Its own site."), lambda at: at.document.website),
        text("audience", _("Whom it writes for."), lambda at: several(at.document.audience)),
        *published(),
    ),
)


def _centre():
    return key("centre", _("The centre."), lambda at: at.page.record, to="centres")


MEMBERSHIPS = Table(
    "memberships",
    _("Memberships"),
    _("One row for each spell of a centre in the network."),
    ("centre", "place"),
    (
        _centre(),
        key("place", _("Which of its spells it is."), lambda at: at.place),
        text("tier", _("centre, affiliate or associate."), lambda at: at.part.tier),
        text("started", _("When it began, as known."), lambda at: at.part.started),
        text("ended", _("When it ended, as known; empty: it has not."), lambda at: at.part.ended),
        day("first_day", _("The first day it is counted."), lambda at: at.part.first_day),
        day("last_day", _("The last day it is counted."), lambda at: at.part.last_day),
        text("basis", _("What that is known from."), lambda at: at.part.basis),
    ),
)

AWARDS = Table(
    "awards",
    _("Funding"),
    _("One row for each award to a centre that is known. What is not here is not recorded, and not nothing."),
    ("centre", "place"),
    (
        _centre(),
        key("place", _("Which of its awards it is."), lambda at: at.place),
        text("funder", _("Who gave it."), lambda at: at.part.funder),
        text("what", _("What for."), lambda at: at.part.what),
        whole("amount_gbp", _("How much, in whole pounds; empty: no figure is known."), lambda at: at.part.amount_gbp),
        text("started", _("From when, as known."), lambda at: at.part.started),
        text("ended", _("Until when, as known."), lambda at: at.part.ended),
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
        text("name", _("Its name."), lambda at: at.document.name),
        whole("centre", _("The centre that owns it."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), lambda at: at.document.centre.name),
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
        text("name", _("Its name."), lambda at: at.document.name),
        text("axis", _("What kind of thing it rates."), lambda at: at.document.axis),
        whole(
            "centre",
            _("The centre whose scale it is; empty: the network's."),
            lambda at: at.link("centre", at.document.centre),
            to="centres",
        ),
        text("scheme_version", _("Which version it is, as its centre numbers them."), lambda at: at.document.version),
        whole(
            "takes_the_place_of",
            _("The earlier version, where there is one."),
            lambda at: at.link("method", at.document.succeeds),
            to="schemes",
        ),
        text("unit", _("The unit of its numbers."), lambda at: at.document.unit),
        text("what_is_graded", _("What it grades."), lambda at: at.document.what_is_graded),
        text("measures", _("size or direction, where it measures an effect."), lambda at: at.document.measures),
        yes("numeric", _("Whether its levels stand for numbers."), lambda at: at.document.numeric),
        text("note", _("What has to be known of it."), lambda at: at.document.note),
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
        key("scheme", _("The scale."), lambda at: at.page.record, to="schemes"),
        key("place", _("Its place among the levels, from 1."), lambda at: at.place),
        text("key", _("Its key on the scale."), lambda at: at.part.key),
        text("label", _("The centre's words."), lambda at: at.part.label),
        text("name", _("The same, told from a namesake."), lambda at: at.part.name),
        text("meaning", _("What it means."), lambda at: at.part.meaning),
        whole("order", _("Its order on the scale; empty: off the scale."), lambda at: at.part.order),
        text("off_scale", _("Why it stands off the scale, where it does."), lambda at: at.part.off_scale),
        text("shared_band", _("The network's coarse band for it."), lambda at: at.part.band),
        text("shared_band_reason", _("Why there is no band, or which rule gave it."), lambda at: at.part.band_reason),
    ),
)

REPORTS = Table(
    "reports",
    _("Reports"),
    _("One row for each report of a centre."),
    ("record",),
    (
        record(_("The permanent record number of the report.")),
        text("title", _("Its title."), lambda at: at.document.title),
        yes(
            "title_is_descriptive",
            _("true: the title was not seen, and this one describes the report."),
            lambda at: at.document.title_is_descriptive,
        ),
        whole("centre", _("The centre."), lambda at: at.link("centre", at.document.centre), to="centres"),
        text("centre_name", _("The name of that centre."), lambda at: at.document.centre.name),
        whole("year", _("When it came out; empty: not recorded."), lambda at: at.document.year),
        text("kind", _("What kind of report it is."), lambda at: at.document.type),
        text("topic", _("What it is about."), lambda at: at.document.topic),
        text("authors", _("Who wrote it; several are parted by “; ”."), lambda at: several(at.document.authors)),
        text("finding", _("What it found."), lambda at: at.document.finding),
        text("citation", _("How it is cited."), lambda at: at.document.citation),
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
        key("list", _("The shared list."), lambda at: at.inside, type="string"),
        key("term", _("The word's key."), lambda at: at.part.slug, type="string"),
        text("name", _("The word."), lambda at: at.part.name),
        whole("from_age", _("The youngest age in years, where the list is of ages."), lambda at: at.part.from_age),
        whole("to_age", _("The oldest age in years, where the list is of ages."), lambda at: at.part.to_age),
    ),
)

CHANGES = Table(
    "changes",
    _("What changed"),
    _("One row for each thing that happened in public, the earliest first."),
    ("event",),
    (
        key("event", _("Its own number, which never changes."), lambda at: at.part.id),
        key(
            "publication",
            _("The publication number it came with: ask for what came after the last one you have."),
            lambda at: at.part.publication,
        ),
        Column("at", "datetime", _("When (UTC)."), lambda at: at.part.at, required=True),
        key("record", _("The record."), lambda at: at.part.record),
        text("kind", _("What kind of record it is."), lambda at: at.part.kind),
        text("verb", _("published, restored, withdrawn, removed or merged."), lambda at: at.part.verb),
        whole("version", _("The version that was made, or that it happened to."), lambda at: at.part.version),
        text("title", _("The record's title then."), lambda at: at.part.title),
        text("centre", _("The slug of the centre; empty: the network."), lambda at: at.part.centre),
        text("change", _("Why: first, study, method, correction or wording."), lambda at: at.part.change),
        text("reason", _("What changed, in words."), lambda at: at.part.reason),
        Column(
            "permanent_address",
            "uri",
            _("The address of the version that was made, or of the record."),
            lambda at: urljoin(at.base, at.part.address),
        ),
    ),
)
