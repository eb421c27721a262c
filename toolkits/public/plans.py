"""What each list offers: one toolkit, all interventions, the reports."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.bands import FACET_ORDER
from toolkits.payloads import MAIN_AXES
from toolkits.public.index import NONE
from toolkits.public.listing import FacetPlan, Plan
from toolkits.public.older import with_successors


def facet_titles():
    """The name of every facet and field of a query, in words."""
    return {
        "outcome": _("Outcome"),
        "age": _("Age"),
        "setting": _("Setting"),
        "impact": _("Impact"),
        "strength": _("Strength of evidence"),
        "cost": _("Cost"),
        "centre": _("Centre"),
        "toolkit": _("Toolkit"),
        "kind": _("Kind of report"),
        "year_from": _("From year"),
        "year_to": _("To year"),
    }


def band_labels(axis):
    """The shared bands of an axis in words, in the order a reader looks for them."""
    words = {
        "impact": {
            "benefit": _("Benefit"),
            "mixed": _("Mixed"),
            "no effect": _("No effect"),
            "harm": _("Harm"),
            "unknown": _("Unknown"),
        },
        "strength": {
            "very high": _("Very high"),
            "high": _("High"),
            "moderate": _("Moderate"),
            "low": _("Low"),
            "very low": _("Very low"),
            "unknown": _("Unknown"),
        },
        "cost": {"lower": _("Lower"), "middle": _("Middle"), "higher": _("Higher")},
    }
    return {band: words[axis][band] for band in FACET_ORDER[axis]}


def _views(**more):
    return {"list": _("List"), "table": _("Table"), **more}


def _choices(labels, in_use, silence):
    """`labels`, then any other value in use under its own name, then the words for nothing recorded."""
    others = {value: value for value in in_use if value not in labels and value != NONE}
    return {**labels, **others, NONE: silence}


def _of_centres(name, title, choices, **more):
    """A FacetPlan whose values are named by centres and the network's lists, in English; what is silent is ours."""
    return FacetPlan(name, title, choices, languages=dict.fromkeys(choices.keys() - {NONE}, "en"), **more)


def _subjects(names, index):
    titles = facet_titles()
    return [
        _of_centres(facet, titles[facet], _choices(names[facet], index.bits[facet], _("Not recorded here")))
        for facet in ("outcome", "age", "setting")
    ]


def _by_label(names):
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _name_order():
    return _("Name"), _("Sorted by name.")


def _changed_order():
    return _("Last changed"), _("Sorted by when it last changed here, the latest first.")


def relevance_order():
    """The label and note of the order that a list with words has."""
    return _("Relevance"), _(
        "Sorted by how well the words fit: the title counts most, then the summary and the findings."
    )


def network_plan(snapshot):
    """*Find what works*: every toolkit in one list, with the shared bands, which are never sorted by."""
    titles = facet_titles()
    notes = {
        "impact": _(
            "The network's shared band, by direction only. It stands second to the centre's own scale, and takes in "
            "the network's own reading of a finding where the centre gives no rating."
        ),
        "strength": _("The network's shared band. It stands second to the centre's own scale."),
        "cost": _("The network's shared band. It stands second to the centre's own scale."),
    }
    unrated = _("No rating recorded")
    axes = [
        FacetPlan(axis, titles[axis], {**band_labels(axis), NONE: unrated}, note=notes[axis], whole=True)
        for axis in MAIN_AXES
    ]
    owners = [_of_centres(name, titles[name], _by_label(snapshot.names[name])) for name in ("centre", "toolkit")]
    name_label, name_note = _name_order()
    return Plan(
        scope="network",
        path=reverse("public:interventions"),
        index=snapshot.network,
        facets=[*_subjects(snapshot.names, snapshot.network), *axes, *owners],
        orders={
            "name": (
                name_label,
                name_note + " " + _("Centres rate on different scales, so this list is not sorted by a rating."),
            ),
            "changed": _changed_order(),
        },
        default_order="name",
        views=_views(**{"by-outcome": _("By outcome"), "by-family": _("By idea")}),
    )


def _levels(methods):
    """{key: label} of the levels of an axis's scales, in their order; a key of two scales has both labels."""
    found = {}
    for method in methods:
        for level in method.levels:
            labels = found.setdefault(level.key, [])
            if level.name not in labels:
                labels.append(level.name)
    return {key: " / ".join(labels) for key, labels in found.items()}


def _is_used(method, index):
    """Whether any row has one of the scale's levels: a toolkit brings all scales of its centre with it."""
    return any(level.key in index.bits[method.axis] for level in method.levels)


def _reading_note(methods):
    by_network = [method.centre is None for method in methods]
    if by_network and all(by_network):
        return _("The network's reading of the finding in words, not a rating by the centre.")
    if any(by_network):
        return _("Some of these are the network's reading of a finding, not a rating by the centre.")
    return ""


def _toolkit_orders(sortable, older):
    """The orders of a toolkit, by the axes in `sortable`; in `older` are those with ranks of two methods."""
    name = _name_order()
    last = _("Those without a place on the scale come last, by name: mixed, too little evidence, not rated.")
    own = {
        "impact": (_("Impact"), _("Sorted by the centre's own impact rating, the best first.")),
        "strength": (
            _("Strength of evidence"),
            _("Sorted by the centre's own strength of evidence, the strongest first."),
        ),
        "cost": (_("Cost"), _("Sorted by the centre's own cost rating, the cheapest first.")),
    }
    older_last = _("What is rated by an older method stands behind what is rated by the newer one.")
    orders = {
        axis: (label, f"{note} {older_last} {last}" if axis in older else f"{note} {last}")
        for axis, (label, note) in own.items()
        if axis in sortable
    }
    orders["name"] = (
        name
        if "impact" in sortable
        else (name[0], name[1] + " " + _("This toolkit has no impact rating of its centre's own to sort by."))
    )
    return orders | {"changed": _changed_order()}


def toolkit_plan(snapshot, page):
    """A toolkit's list, with the levels of its own scales; sorted by its own impact where it has one."""
    index, titles = snapshot.toolkit(page.toolkit), facet_titles()
    methods, axes = with_successors(page.document.methods, snapshot.successors), []
    for axis in MAIN_AXES:
        used = [method for method in methods if method.axis == axis and _is_used(method, index)]
        choices = _choices(_levels(used), index.bits[axis], _("No rating recorded"))
        languages = {level.key: level.label_in for method in used for level in method.levels}
        note = _reading_note(used)
        axes.append(FacetPlan(axis, titles[axis], choices, languages=languages, note=note, whole=True))
    sortable = snapshot.sortable.get(page.toolkit, frozenset())
    return Plan(
        scope="toolkit",
        path=page.path,
        index=index,
        facets=[*_subjects(snapshot.names, index), *axes],
        orders=_toolkit_orders(sortable, snapshot.older.get(page.toolkit, frozenset())),
        default_order="impact" if "impact" in sortable else "name",
        # Only where the centre rates both on scales of its own.
        views=_views(**{"chart": _("Chart")} if {"impact", "cost"} <= sortable else {}),
    )


def reports_plan(snapshot):
    """All reports, the newest first."""
    index, titles = snapshot.reports, facet_titles()
    kinds = {kind: kind[:1].upper() + kind[1:] for kind in sorted(index.bits["kind"])}
    return Plan(
        scope="reports",
        kind="report",
        path=reverse("public:reports"),
        index=index,
        facets=[
            _of_centres("kind", titles["kind"], kinds),
            _of_centres("centre", titles["centre"], _by_label(snapshot.names["centre"])),
        ],
        orders={
            "year": (_("Year"), _("Sorted by year, the newest first; those without a year come last.")),
            "name": (_("Title"), _("Sorted by title.")),
        },
        default_order="year",
        views={"list": _("List")},
        fields={name: titles[name] for name in ("year_from", "year_to")},
    )
