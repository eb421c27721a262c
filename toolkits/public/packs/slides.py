"""A pack as slides: one an intervention, and a few around them. Every slide has a title, and its sources as notes."""

from django.utils.translation import gettext as _

from toolkits.payloads import MAIN_AXES
from toolkits.public.cost_figures import as_published
from toolkits.public.downloads import parts
from toolkits.public.downloads.cost_parts import converted_words, rule_words
from toolkits.public.downloads.rating_words import AXES
from toolkits.public.downloads.synthesis_parts import forest_block
from toolkits.public.packs.body import network, on_axis
from toolkits.public.packs.deck import Deck
from toolkits.public.packs.forest_picture import forest_picture, words_of
from toolkits.public.packs.slide_xml import short
from toolkits.public.synthesis_charts.forest_plot import averages_plot, forest_plot

LONGEST = 260  # characters of a sentence on a slide; the page and the document have it whole
MOST_RESULTS = 7
MOST_RATINGS = 8
MOST_PLOTS = 4


def write(pack):
    """The bytes of the .pptx of a Pack; the same for the same pack."""
    deck = Deck(pack)
    _cover(deck, pack)
    if len(pack.items) > 1:
        _glance(deck, pack)
    for item in pack.items:
        _item(deck, item)
    if pack.results:
        _results(deck, pack)
        _plots(deck, pack)
    _costs(deck, pack)
    _others(deck, pack)
    _gaps(deck, pack)
    _about(deck, pack)
    return deck.file(subject=_("Evidence pack, {date}").format(date=pack.date))


def _cover(deck, pack):
    lead = pack.items[0].summary if len(pack.items) == 1 else "; ".join(item.name for item in pack.items)
    deck.cover(pack.title, [short(lead, 2 * LONGEST), pack.as_of, *pack.gone], notes=[pack.disclaimer, pack.address])


def _glance(deck, pack):
    head = [_("Intervention"), _("Impact"), _("Strength of evidence"), _("Cost")]
    rows = [
        [item.name, *(short(on_axis(item, axis), LONGEST) for axis in ("impact", "strength", "cost"))]
        for item in pack.items
    ]
    slide = deck.slide(_("At a glance"))
    slide.table(head, rows, [4, 6, 4, 4], _("Each intervention with its ratings in words"))
    slide.notes(
        _("Each is rated on its own centre’s scale. Ratings on different scales cannot be ranked."), pack.address
    )


def _item(deck, item):
    slide = deck.slide(item.name)
    main = [rating for rating in item.ratings if rating.axis in MAIN_AXES]
    shown = [*main, *(rating for rating in item.ratings if rating.axis not in MAIN_AXES)][:MOST_RATINGS]
    rows = [[rating.name, short(" ".join(filter(None, [rating.words, network(rating)])), LONGEST)] for rating in shown]
    rows += [[missing.title, missing.meaning] for missing in item.missing]
    rows.append([_("Studies"), item.studies])
    if item.headline:
        rows.append([_("Headline figure"), item.headline])
    slide.text([*item.notices, *(short(words, LONGEST) for words in item.message[:2])], 16)
    left = len(item.ratings) - len(shown)
    more = [_("{count} more ratings are in the document.").format(count=left)] if left > 0 else []
    version = _("Version {number}, published {date}: {address}").format(
        number=item.version, date=item.published, address=item.address
    )
    slide.foot(*more, version)
    slide.table([_("What is rated"), _("Rating")], rows, [4, 12], _("Ratings of {name}").format(name=item.name))
    sources = [" ".join(filter(None, [source.url, source.note])) for source in item.sources]
    slide.notes(item.centre, item.address, *sources)


def _results(deck, pack):
    head = [_("Outcome"), _("Average effect"), _("95 % range"), _("In a new place"), _("Studies")]
    rows = [
        [
            f"{result.outcome}{_(' (illustrative)') if result.illustrative else ''}",
            result.figure or short(result.answer, 120),
            result.range,
            result.prediction,
            str(result.k),
        ]
        for result in pack.results[:MOST_RESULTS]
    ]
    slide = deck.slide(_("What the studies add up to"))
    left = len(pack.results) - len(rows)
    if left > 0:
        slide.foot(_("{count} more results are in the document.").format(count=left))
    if any(result.illustrative for result in pack.results):
        slide.foot(_("Illustrative: from published reviews, not the work of the centre."))
    slide.table(head, rows, [5, 5, 3, 3, 2], _("Pooled results with their ranges"))
    slide.notes(*(f"{result.name}: {result.address}" for result in pack.results))


def _plots(deck, pack):
    """A slide for each of the first results that can be drawn."""
    drawn = [(result, plot) for result in pack.results if (plot := forest_plot(result.document))]
    for result, plot in drawn[:MOST_PLOTS]:
        block = forest_block(result.document, averages_plot(result.document) if plot.is_long else plot)
        slide = deck.slide(f"{result.outcome}{_(' (illustrative)') if result.illustrative else ''}")
        slide.text([result.answer, block["key"]], 14)
        slide.foot(_("Every study and every number: {address}").format(address=result.address))
        slide.picture(forest_picture(block), words_of(block))
        slide.notes(result.name, result.address)


def _costs(deck, pack):
    rows = [
        [item.name, cost.label, f"{as_published(cost)}.", converted_words(figure), _sure(cost)]
        for item in pack.items
        if item.prices
        for cost, figure in zip(item.document.cost_figures, item.prices.figures, strict=True)
    ]
    if not rows:
        return
    prices = next(item.prices for item in pack.items if item.prices)
    slide = deck.slide(_("What it costs, as published"))
    head = [_("Intervention"), _("What is paid for"), _("Figure, as published"), _("In later prices"), _("How sure")]
    slide.foot(rule_words(prices))
    slide.table(head, rows, [3, 3, 4, 3, 5], _("Costs in figures"))
    slide.notes(*(item.address for item in pack.items if item.prices))


def _sure(cost):
    return f"{parts.sentence(cost.confidence)} {parts.sentence(cost.confidence_reason)}"


def _others(deck, pack):
    """The other members of each family, once: they stand beside the first intervention of the pack that they belong to."""
    rows, addresses, own = [], {}, {item.record for item in pack.items}
    for item in pack.items:
        for other in item.family.others if item.family else []:
            if other.record not in own and other.record not in addresses:
                addresses[other.record] = other.address
                whose = f"{other.name}. {other.centre}. {' '.join(other.notices)}".strip()
                rows.append([item.name, whose, *(on_axis(other, axis) for axis in MAIN_AXES)])
    if not rows:
        return
    slide = deck.slide(_("How other centres rate the same idea"))
    axes = [str(AXES[axis]) for axis in MAIN_AXES]
    slide.foot(_("Each on its own scale; never averaged. Why they differ, as far as it is known, is in the document."))
    head, widths = [_("Intervention"), _("Another centre’s"), *axes], [4, 5, 5, 4, 4]
    if len(own) == 1:
        head, widths, rows = head[1:], widths[1:], [row[1:] for row in rows]
    shown = slide.table(head, rows, widths, _("Ratings of other centres"))
    left = len(rows) - shown
    more = [_("{count} more are in the document.").format(count=left)] if left else []
    slide.notes(*more, *addresses.values())


def _gaps(deck, pack):
    """What is not known is said as plainly as what is."""
    slide = deck.slide(_("Cautions and gaps"))
    head = [_("Intervention"), _("Harms and cautions"), _("Not recorded here")]
    rows = [
        [
            item.name,
            short("; ".join(item.document.cautions), LONGEST) or _("Not recorded here."),
            short("; ".join(item.silent), LONGEST) or _("Nothing of what a pack holds."),
        ]
        for item in pack.items
    ]
    slide.table(head, rows, [4, 7, 7], _("Cautions and gaps of each intervention"))
    slide.notes(pack.address)


def _about(deck, pack):
    slide = deck.slide(_("Sources and versions"))
    rows = [[item.name, str(item.version), item.published, item.address] for item in pack.items]
    head = [_("Intervention"), _("Version"), _("Published"), _("Permanent address")]
    slide.foot(pack.disclaimer)
    slide.table(head, rows, [6, 2, 3, 7], _("The versions that this pack is made of"))
    slide.notes(pack.as_of)
