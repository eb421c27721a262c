"""A pack as headings, paragraphs, tables and drawings in reading order: what its page, its PDF and its Word document hold.

Blocks and inlines are those of `downloads.parts` and `downloads.html_tree`, with headings below the item's own.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.payloads import MAIN_AXES
from toolkits.public.downloads import parts
from toolkits.public.downloads.rating_words import AXES
from toolkits.public.downloads.synthesis_parts import forest_block
from toolkits.public.synthesis_charts.forest_plot import averages_plot, forest_plot


@dataclass(frozen=True)
class ItemBody:
    """An item with the sections that stand under its name."""

    item: object
    anchor: str
    sections: list


@dataclass(frozen=True)
class Body:
    """A whole pack: its table in front (empty for a pack of one), its items, what stands at its end."""

    front: list
    items: list[ItemBody]
    end: list


def body(pack, forest=forest_block):
    """The Body of a Pack; `forest(synthesis, plot)` gives the block that stands for a ForestPlot."""
    several = len(pack.items) > 1
    front = [parts.section(_("At a glance"), [glance(pack)])] if several else []
    return Body(
        front, [_item(item, forest) for item in pack.items], [parts.section(_("About this pack"), _about(pack))]
    )


def glance(pack):
    """A row an intervention: its ratings in words, each on its own scale."""
    head = [_("Intervention"), _("Impact"), _("Strength of evidence"), _("Cost"), _("Studies")]
    rows = [
        [
            f"{item.name}. {item.centre}.",
            *(on_axis(item, axis) for axis in ("impact", "strength", "cost")),
            item.studies,
        ]
        for item in pack.items
    ]
    return parts.table(head, rows, [5, 6, 4, 4, 3])


def on_axis(item, axis, *, bands=False):
    """The ratings of an Item or Other on an axis in words, with their shared `bands` if need be; or why there is none."""
    said = [
        " ".join(
            filter(
                None,
                [
                    f"{rating.about}:" if rating.about else "",
                    rating.words,
                    rating.band if bands else "",
                    network(rating),
                ],
            )
        )
        for rating in item.ratings
        if rating.axis == axis
    ]
    said += [missing.meaning for missing in item.missing if missing.axis == axis]
    return " ".join(said)


def network(rating):
    """What keeps the network's reading apart from a centre's rating; empty where it is the centre's."""
    return _("This is our reading, not the centre’s rating.") if rating.by_network else ""


def _item(item, forest):
    sections = [
        (_("Key message"), parts.points(item.message) if len(item.message) > 1 else [parts.paragraph(item.message[0])]),
        (_("Ratings"), _ratings(item)),
        (_("What the studies add up to"), _results(item, forest) if item.results else []),
        *item.sections,
        (_("How other centres rate the same idea"), _family(item.family) if item.family else []),
        (_("Not recorded here"), [_silence(item)] if item.silent else []),
        (_("Sources and version"), _version(item)),
    ]
    return ItemBody(
        item, f"record-{item.record}", [parts.section(title, blocks) for title, blocks in sections if blocks]
    )


def _ratings(item):
    rows = [
        [
            rating.name,
            " ".join(filter(None, [rating.words, rating.band, network(rating), rating.older])),
            parts.sentence(rating.meaning) if rating.meaning else _("Not recorded here."),
            rating.scale,
        ]
        for rating in item.ratings
    ]
    rows += [[missing.title, _("No rating shown."), missing.meaning, ""] for missing in item.missing]
    table = parts.table([_("What is rated"), _("Rating"), _("What it means"), _("Scale")], rows, [4, 7, 7, 5])
    facts = [(_("Studies"), [parts.text(item.studies)])]
    if item.headline:
        facts.insert(0, (_("Headline figure"), [parts.text(item.headline)]))
    return [table, parts.facts(facts)]


def _results(item, forest):
    blocks = []
    if any(result.illustrative for result in item.results):
        blocks.append(
            parts.paragraph(
                _(
                    "What is marked as illustrative is from published reviews. It is not the work of the centre, and its "
                    "rating does not rest on it."
                )
            )
        )
    head = [_("Outcome"), _("Average effect"), _("95 % range"), _("In a new place"), _("Studies"), _("People")]
    rows = [
        [
            f"{result.outcome}{_(' (illustrative)') if result.illustrative else ''}",
            f"{parts.sentence(result.figure)} {result.plain}".strip() if result.figure else result.answer,
            result.range,
            result.prediction,
            str(result.k),
            result.people_words,
        ]
        for result in item.results
    ]
    blocks.append(parts.table(head, rows, [4, 5, 3, 3, 2, 2]))
    for result in item.results:
        plot = forest_plot(result.document)
        if plot is not None:
            blocks.append(forest(result.document, averages_plot(result.document) if plot.is_long else plot))
        words = ngettext(
            "Every study, {count}, and every number: ",
            "Every study, all {count}, and every number: ",
            len(result.studies),
        )
        blocks.append(parts.block([parts.text(words.format(count=len(result.studies))), link(result.address)]))
    return blocks


def _family(family):
    head = [_("Centre and intervention"), *(str(AXES[axis]) for axis in MAIN_AXES)]
    rows = [
        [
            [parts.block([parts.strong(parts.sentence(other.name)), parts.text(f" {_whose(other)}")])],
            *([parts.paragraph(on_axis(other, axis, bands=True))] for axis in MAIN_AXES),
        ]
        for other in family.others
    ]
    table = {"kind": "table", "head": head, "widths": [8, 6, 5, 4], "rows": rows}
    return [parts.paragraph(_("Each on its own scale; never averaged.")), table, *family.why]


def _whose(other):
    graded = _("Grades: {what}.").format(what="; ".join(other.graded)) if other.graded else ""
    relation = _("A variant of the idea.") if other.variant else _("The same idea.")
    studies = _("Number of studies not recorded here.") if other.studies_count is None else other.studies
    facts = (f"{other.centre}, {other.toolkit}.", relation, graded, studies, *other.notices)
    return " ".join(filter(None, facts))


def _silence(item):
    return parts.paragraph(_("{items}. The sources below may say more.").format(items="; ".join(item.silent)))


def _version(item):
    rows = [
        (_("Version"), [parts.text(_("{number}, published {date}.").format(number=item.version, date=item.published))]),
        (_("What changed"), [parts.text(item.change)]),
        *((label, [parts.text(parts.sentence(words))]) for label, words in item.dates),
    ]
    address = parts.facts([(_("Permanent address"), [link(item.address)])])
    sources = [inlines for inlines in (parts.source(source) for source in item.sources) if inlines]
    return [*([parts.bullets(sources)] if sources else []), parts.facts(rows, across=2), address]


def _about(pack):
    version = _("Version {number}, published {date}: {address}")
    made_of = [
        [
            parts.text(f"{one.name}. {version.format(number=one.version, date=one.published, address='')}"),
            link(one.address),
        ]
        for one in (*pack.items, *pack.results, *pack.beside)
    ]
    return [
        parts.block([parts.strong(pack.disclaimer)]),
        parts.paragraph(
            _(
                "Every figure is from the versions named here, which never change. The address below shows this pack for "
                "ever, and says what has moved since."
            )
        ),
        parts.block([link(pack.address)]),
        parts.bullets(made_of),
        *map(parts.paragraph, pack.gone),
    ]


def link(address):
    """The inline of an address that leads to itself."""
    return {"kind": "link", "href": address, "content": [parts.text(address)]}
