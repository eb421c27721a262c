"""What the files of lists of the network hold: toolkits, centres, families and their members, scales, search results."""

from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.public.downloads.list_csv import changed, permanent, yes
from toolkits.public.downloads.list_files import INTERVENTIONS, Kind
from toolkits.public.older import full_name

RECORD = ("record", "version", "last_changed")
ADDRESSES = ("permanent_address", "address")


def _record(page):
    return [page.record, page.version, changed(page)]


def _addresses(page, base):
    return [permanent(page, base), urljoin(base, page.path)]


def _short(centre):
    return centre.short_name or centre.name if centre else _("the network")


def _toolkit_cells(entry, base):
    page = entry["page"]
    owner = [_short(page.document.centre), yes(entry["kept_up"]), entry["count"]]
    return [*_record(page), page.title, page.summary, *owner, *_addresses(page, base)]


TOOLKITS = Kind(
    (*RECORD, "name", "summary", "centre", "kept_up", "interventions", *ADDRESSES),
    _toolkit_cells,
    lambda: [(_("Toolkit"), 6), (_("Centre"), 4), (_("Kept up today"), 2), (_("Interventions"), 3)],
    lambda entry: [
        entry["page"].title,
        _short(entry["page"].document.centre),
        yes(entry["kept_up"]),
        str(entry["count"]),
    ],
)


def _family_cells(entry, base):
    page = entry["page"]
    return [*_record(page), page.title, entry["count"], *_addresses(page, base)]


FAMILIES = Kind(
    (*RECORD, "name", "interventions", *ADDRESSES),
    _family_cells,
    lambda: [(_("Idea"), 8), (_("Interventions"), 3)],
    lambda entry: [entry["page"].title, str(entry["count"])],
)


def _relation(other):
    return _("A variant of the idea") if other.relation == "variant" else _("The same idea")


# The members of a family, each an intervention with how it belongs to the idea.
MEMBERS = Kind(
    (*INTERVENTIONS.columns, "relation"),
    lambda other, base: [*INTERVENTIONS.cells(other.page, base), other.relation],
    lambda: [*INTERVENTIONS.shown(), (_("Relation"), 2)],
    lambda other: [*INTERVENTIONS.words(other.page), _relation(other)],
)


def _centre_cells(entry, base):
    spell, page, ended = entry["spell"], entry["page"], entry["former"]
    member = [spell.tier, spell.started, spell.ended] if spell else ["", "", ""]
    ending = [ended.kind, ended.date_text, ended.successor.title if ended.successor else ""] if ended else ["", "", ""]
    if page is None:
        return [spell.centre.record, "", "", spell.centre.name, "", *member, *ending, "", ""]
    return [*_record(page), page.title, page.document.policy_area, *member, *ending, *_addresses(page, base)]


def _centre_words(entry):
    spell, ended = entry["spell"], entry["former"]
    name = entry["page"].title if entry["page"] else spell.centre.name
    if ended:
        carried_on = ended.successor.title if ended.successor else ""
        return [name, _("former"), f"{ended.kind}, {ended.date_text}", carried_on]
    return [name, spell.tier, f"{spell.started} – {spell.ended}" if spell.ended else spell.started, ""]


CENTRES = Kind(
    (
        *(*RECORD, "name", "policy_area", "tier", "member_from", "member_until"),
        *("ending", "ended", "carried_on_by", *ADDRESSES),
    ),
    _centre_cells,
    lambda: [
        (_("Centre"), 6),
        (_("Part in the network"), 3),
        (_("Since, or how it ended"), 4),
        (_("Carried on by"), 4),
    ],
    _centre_words,
)


def _method_cells(entry, base):
    page, newer = entry["page"], entry["successor"]
    document = page.document
    return [
        *_record(page),
        *(document.axis, page.title, document.version, _short(document.centre), document.what_is_graded),
        "; ".join(level.name for level in document.levels),
        *([newer.title, urljoin(base, reverse("public:record", args=[newer.record]))] if newer else ["", ""]),
        *_addresses(page, base),
    ]


def _method_words(entry):
    document = entry["page"].document
    levels = "; ".join(level.name for level in document.levels)
    return [full_name(entry["page"].title, document.version), entry["axis_label"], _short(document.centre), levels]


METHODS = Kind(
    (
        *(*RECORD, "axis", "name", "scheme_version", "centre", "what_is_graded", "levels"),
        *("replaced_by", "replaced_by_address", *ADDRESSES),
    ),
    _method_cells,
    lambda: [(_("Scale"), 4), (_("Rates"), 3), (_("Centre"), 3), (_("Levels"), 6)],
    _method_words,
)


def _centre_of(page):
    centre = getattr(page.document, "centre", None)
    return _short(centre) if centre else ""


# A result is (search.groups.Group, listing.Row): the kind says how many of it were found.
RESULTS = Kind(
    ("kind", "found_of_kind", *RECORD, "title", "summary", "centre", *ADDRESSES),
    lambda result, base: [
        *(result[0].kind, result[0].count, *_record(result[1].page), result[1].page.title, result[1].page.summary),
        *(_centre_of(result[1].page), *_addresses(result[1].page, base)),
    ],
    lambda: [(_("Kind"), 3), (_("Title"), 5), (_("Centre"), 3), (_("Summary"), 6)],
    lambda result: [
        result[0].title,
        *(result[1].page.title, _centre_of(result[1].page), result[1].page.summary),
    ],
)

# What is picked: (listing.Row, its fit.Notes).
SHORTLIST = Kind(
    (*INTERVENTIONS.columns, "fit_to_place"),
    lambda entry, base: [*INTERVENTIONS.cells(entry["row"].page, base), _notes(entry)],
    lambda: [*INTERVENTIONS.shown(), (_("Fit to my place"), 4)],
    lambda entry: [*INTERVENTIONS.words(entry["row"].page), _notes(entry)],
)


def _notes(entry):
    said = {"met": _("Fits:"), "unmet": _("Caution:"), "unknown": _("Not known:")}
    return " ".join(f"{said[note.state]} {note.words}" for note in entry["notes"])
