"""Syntheses in print: the outcomes table and the forest plot, as blocks that `typst/tree.typ` lays out.

The block `forest` has a title, a key, the words of its head, rows (a group, a study, a pooled effect or a
prediction, each with its words in place of its strip), and the scale.
"""

from dataclasses import asdict
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from toolkits.public.downloads import parts
from toolkits.public.downloads.rating_words import quantity
from toolkits.public.synthesis_charts.forest_plot import averages_plot, forest_plot
from toolkits.public.synthesis_numbers import amount, settled, side
from toolkits.public.synthesis_words import outcome_row, words_of_side


def synthesis_sections(pages, ratings, *, base):
    """The sections that show the live syntheses of an intervention: the centre's own, and illustrative ones apart."""
    own = [page for page in pages if not page.document.illustrative]
    illustrative = [page for page in pages if page.document.illustrative]
    sections = []
    if own:
        blocks = [_outcomes(own, ratings), *_plots(own, base)]
        sections.append(parts.section(_("What the studies add up to"), blocks))
    if illustrative:
        notice = [
            parts.strong(_("Not the centre’s own.")),
            parts.text(
                _(
                    " These are from published reviews, to show the numbers. They are not the work of the centre, and its "
                    "rating does not rest on them."
                )
            ),
        ]
        blocks = [parts.block(notice), outcomes_table(illustrative), *_plots(illustrative, base)]
        sections.append(parts.section(_("Illustrative syntheses"), blocks))
    return sections


def outcomes_table(pages):
    """Each synthesis as a row: outcome, average effect with its plain words, range, new place, studies, people."""
    return parts.table(_outcome_head(), _outcome_cells(pages), [4, 5, 3, 3, 2, 2])


def _outcome_head():
    return [_("Outcome"), _("Average effect"), _("95 % range"), _("In a new place"), _("Studies"), _("People")]


def _outcome_cells(pages):
    cells = []
    for page in pages:
        row, document = outcome_row(page.document), page.document
        if document.pooled:
            found = f"{parts.sentence(amount(document, document.pooled.shown.value))} {row['plain']}".strip()
        else:
            found = row["answer"]
        numbers = [row["range"] or _("none"), row["prediction"] or _("none"), str(row["k"])]
        cells.append([row["outcome"], found, *numbers, row["people"] or _("not recorded")])
    return cells


def _outcomes(pages, ratings):
    """The outcomes table with the ratings that rest on each synthesis."""
    head, rows = _outcome_head(), _outcome_cells(pages)
    for page, row in zip(pages, rows, strict=True):
        resting = [rating for rating in ratings if rating.basis and rating.basis.synthesis.record == page.record]
        row.insert(1, "; ".join(map(_rated, resting)) or _("none rests on it"))
    return parts.table([head[0], _("Rating"), *head[1:]], rows, [4, 4, 5, 3, 3, 2, 2])


def _rated(rating):
    return f"{rating.label}, {quantity(rating.value, rating.unit)}" if rating.value else rating.label


def _plots(pages, base):
    blocks = []
    for page in pages:
        address = urljoin(base, page.path)
        blocks.append({"kind": "heading", "level": 1, "content": [parts.text(page.title)]})
        plot = forest_plot(page.document)
        if plot is None:
            blocks.append(parts.paragraph(outcome_row(page.document)["answer"]))
        else:
            blocks.append(forest_block(page.document, averages_plot(page.document) if plot.is_long else plot))
        link = {"kind": "link", "href": address, "content": [parts.text(address)]}
        blocks.append(parts.block([parts.text(_("Every study and every number: ")), link]))
    return blocks


def forest_block(document, plot):
    """The block of a ForestPlot of a synthesis (payloads.Synthesis)."""
    return {
        "kind": "forest",
        "title": outcome_row(document)["answer"],
        "key": _("The diamond is an average with its 95 % range; the bar is where a new study is expected.")
        if not plot.k
        else _(
            "The larger the square, the more the study weighs; the line is its 95 % range; the diamond is the average. "
            "An arrow says that a range goes on."
        ),
        "head": {
            "study": _("Study") if plot.k else _("Studies"),
            "lower": f"← {plot.lower}",
            "higher": f"{plot.higher} →",
            "value": _("Effect and 95 % range"),
            "weight": _("Weight, %") if plot.k else "",
        },
        "rows": _rows(document, plot),
        "ticks": [asdict(tick) for tick in plot.ticks],
        "nothing": plot.nothing,
        "nothing_words": plot.nothing_words,
        "nothing_label": asdict(plot.nothing_label),
        "axis_alt": _("The scale: {numbers}.").format(numbers=", ".join(tick.text for tick in plot.ticks)),
        "width": plot.width,
        "height": plot.height,
    }


def _rows(document, plot):
    rows = []
    for block in plot.blocks:
        if block.name and plot.k:
            rows.append({"kind": "group", "name": block.name})
        rows += [_row(document, "study", line) for line in block.lines]
        if block.pooled:
            rows.append(_row(document, "pooled", block.pooled, name=block.pooled.name if plot.k else block.name))
    rows.append(_row(document, "pooled", plot.pooled))
    if plot.prediction:
        rows.append(_row(document, "prediction", plot.prediction) | {"value": plot.prediction.range})
    return rows


def _row(document, kind, line, name=""):
    return {
        "kind": kind,
        "name": name or line.name,
        "value": f"{line.value} ({line.range})" if line.range else line.value,
        "weight": line.weight,
        "alt": _in_words(document, kind, line.interval),
        "strip": asdict(line.strip),
    }


def _in_words(document, kind, interval):
    """What a strip shows, for those who do not see it; the numbers stand beside it."""
    if kind == "prediction":
        ends = [words_of_side(document, side(document, end)) for end in (interval.low, interval.high)]
        return _("From {low} to {high}").format(low=ends[0], high=ends[1])
    found = words_of_side(document, side(document, interval.value))
    if settled(document, interval):
        return _("{side}, clear of the line of no difference").format(side=found.capitalize())
    if settled(document, interval) is None:
        return _("{side}, without a range").format(side=found.capitalize())
    return _("{side}, across the line of no difference").format(side=found.capitalize())
