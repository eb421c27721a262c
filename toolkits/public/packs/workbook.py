"""A pack as a workbook: a sheet for the summary, the ratings, the results, the studies and the sources.

Numbers are numbers, with the unit beside them. Text is written as text, so that nothing in it is ever a formula.
"""

import io
import math
import re

import xlsxwriter
from django.utils.translation import gettext as _

from toolkits.public.cost_figures import units
from toolkits.public.packs.body import network, on_axis

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
WIDEST, NARROWEST = 40, 9
WRAPPED = 0.95  # of a digit's width is a letter's, with what a line leaves empty at its end
LINE, HIGHEST = 15, 409  # points; no program takes a higher row
PAGE = 300  # characters across a page on which they can be read


def write(pack):
    """The bytes of the .xlsx of a Pack; the same for the same pack."""
    file = io.BytesIO()
    # Without these, xlsxwriter would make links and formulas of what looks like them.
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    created = pack.dated.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": pack.title[:255], "author": pack.items[0].centre, "created": created})
    formats = _Formats(book)
    for name, head, rows in (
        (_("Summary"), *_summary(pack)),
        (_("Ratings"), *_ratings(pack)),
        (_("Results"), *_results(pack)),
        (_("Studies"), *_studies(pack)),
        (_("Costs"), *_costs(pack)),
        (_("Other centres"), *_others(pack)),
        (_("Sources"), *_sources(pack)),
    ):
        _sheet(book, formats, pack, name, head, rows)
    book.close()
    return file.getvalue()


class _Formats:
    def __init__(self, book):
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"font_color": "#505a5f"})
        # Words stand off the number on their left, and a rule leads the eye along a wide row.
        words = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1}
        rule = {"bottom": 1, "bottom_color": "#b1b4b6"}
        self.head = book.add_format({**words, "bold": True, "bg_color": "#14213d", "font_color": "#ffffff"})
        self.cell = book.add_format({**words, **rule})
        self.integer = book.add_format({"valign": "top", **rule})
        # How a number is shown; what is in the cell is the whole of it.
        self.decimal = book.add_format({"valign": "top", "num_format": "0.00##", **rule})


A3 = 8  # as xlsxwriter numbers paper: the widest sheet is read on it without a glass
FIRST_ROW = 5  # of the table: above it stand the title, the date and the disclaimer


def _sheet(book, formats, pack, name, head, rows):
    """A sheet: what it is and how old, then a table with a head that stays in sight."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{pack.title}: {name}", formats.title)
    for number, words in enumerate([pack.as_of, pack.disclaimer, *pack.gone[:1]], 1):
        sheet.write_string(number, 0, words, formats.note)
    for place, words in enumerate(head):
        sheet.write_string(FIRST_ROW, place, words, formats.head)
    widths = [_width([words, *(row[place] for row in rows)]) for place, words in enumerate(head)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(FIRST_ROW, _height(head, widths))
    for number, row in enumerate(rows, FIRST_ROW + 1):
        # Not every program finds out by itself how high a row of wrapped words is.
        sheet.set_row(number, _height(row, widths))
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    if not rows:
        sheet.write_string(FIRST_ROW + 1, 0, _("Nothing is in this list."), formats.note)
    else:
        sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + len(rows), len(head) - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    # As many pages wide as it takes to be read, each with what its rows are about.
    sheet.fit_to_pages(math.ceil(sum(widths) / PAGE) if rows else 1, 0)
    sheet.repeat_columns(0, 1)
    sheet.repeat_rows(FIRST_ROW)


def _width(values):
    """The width of a column, in characters."""
    longest = max(len(str(value)) for value in values if value is not None)
    return min(max(longest, NARROWEST), WIDEST) + 3


def _height(row, widths):
    """The height of a row, in points, in which its longest cell is seen whole."""
    cells = ("" if value is None else str(value) for value in row)
    lines = max(
        sum(math.ceil(max(len(line), 1) * WRAPPED / width) for line in words.split("\n"))
        for words, width in zip(cells, widths, strict=True)
    )
    return min(LINE * lines, HIGHEST)


def _write(sheet, row, place, value, formats):
    if value is None or value == "":
        sheet.write_blank(row, place, None, formats.cell)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, formats.decimal if isinstance(value, float) else formats.integer)
    else:
        sheet.write_string(row, place, str(value), formats.cell)


def number(text):
    """A published number as a number; what is none, such as words, stays text."""
    if not NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text or "e" in text.lower() else int(text)


def _summary(pack):
    head = [
        *(_("Record"), _("Version"), _("Intervention"), _("Centre"), _("Toolkit"), _("Key message")),
        *(_("Impact"), _("Strength of evidence"), _("Cost"), _("Headline figure"), _("Studies"), _("Published")),
        *(_("Notice"), _("Permanent address")),
    ]
    rows = [
        [
            *(item.record, item.version, item.name, item.centre, item.toolkit, " ".join(item.message)),
            *(on_axis(item, axis) for axis in ("impact", "strength", "cost")),
            *(item.headline, item.studies if item.studies_count is None else item.studies_count, item.published),
            *(" ".join(item.notices), item.address),
        ]
        for item in pack.items
    ]
    return head, rows


def _ratings(pack):
    head = [
        *(_("Record"), _("Intervention"), _("What is rated"), _("About"), _("Rating"), _("Place on its scale")),
        *(
            _("Figure"),
            _("Unit"),
            _("Range from"),
            _("Range to"),
            _("Range in words"),
            _("Certainty"),
            _("Shared band"),
        ),
        *(_("Meaning"), _("Scale"), _("What the scale grades"), _("Rated by"), _("Version address")),
    ]
    rows = []
    for item in pack.items:
        for rating in item.ratings:
            rows.append(
                [
                    *(item.record, item.name, rating.title, rating.about, rating.label, rating.place),
                    *(number(rating.value), rating.unit, number(rating.low), number(rating.high), rating.range),
                    *(rating.certainty, rating.band, rating.meaning, rating.scale, rating.graded),
                    *(network(rating) or item.centre, item.address),
                ]
            )
        for missing in item.missing:
            rows.append(
                [item.record, item.name, missing.title, "", _("No rating shown."), *[""] * 8, missing.meaning]
                + ["", "", "", item.address]
            )
    return head, rows


def _results(pack):
    head = [
        *(_("Record"), _("Version"), _("Synthesis"), _("Outcome"), _("Illustrative"), _("Answer"), _("Average effect")),
        *(_("Unit"), _("Range from"), _("Range to"), _("New place from"), _("New place to"), _("Studies"), _("People")),
        *(_("In plain words"), _("Permanent address")),
    ]
    rows = [
        [
            *(result.record, result.version, result.name, result.outcome, _("yes") if result.illustrative else _("no")),
            *(result.answer, number(result.value), result.unit, number(result.low), number(result.high)),
            *(number(result.prediction_low), number(result.prediction_high), result.k),
            *(_("not recorded") if result.people is None else result.people, result.plain, result.address),
        ]
        for result in pack.results
    ]
    return head, rows


def _studies(pack):
    head = [
        *(
            _("Study"),
            _("Name"),
            _("Year"),
            _("Country"),
            _("Design"),
            _("Synthesis"),
            _("Included"),
            _("Why left out"),
        ),
        *(_("Effect"), _("Unit"), _("Range from"), _("Range to"), _("Weight, %"), _("People"), _("Risk of bias")),
        _("Address"),
    ]
    rows = [
        [
            *(study.record, study.label, study.year, study.country, study.design, result.name),
            *(_("yes") if study.included else _("no"), study.reason, number(study.value), result.unit),
            *(number(study.low), number(study.high), number(study.weight), study.people, study.bias, study.address),
        ]
        for result in pack.results
        for study in result.studies
    ]
    return head, rows


def _costs(pack):
    head = [
        *(_("Record"), _("Intervention"), _("What is paid for"), _("Amount from"), _("Amount to"), _("Currency")),
        *(
            _("Unit"),
            _("How often"),
            _("In prices of"),
            _("Converted from"),
            _("Converted to"),
            _("Converted to prices of"),
        ),
        *(_("Why not converted"), _("What is in it"), _("Who pays"), _("How sure"), _("Why so sure"), _("Source")),
        _("Version address"),
    ]
    rows = [
        [
            *(item.record, item.name, cost.label, number(cost.amount), number(cost.amount_to), cost.currency),
            *(units()[cost.unit], _("once") if cost.timing == "once" else _("every year")),
            *(cost.price_year or _("not recorded here"), None if figure.why_not else figure.low, figure.high),
            *(figure.year, str(figure.why_not), cost.includes),
            *(cost.paid_by or _("not recorded here"), cost.confidence, cost.confidence_reason),
            *(" ".join(filter(None, [cost.source.url, cost.source.note])), item.address),
        ]
        for item in pack.items
        if item.prices
        for cost, figure in zip(item.document.cost_figures, item.prices.figures, strict=True)
    ]
    return head, rows


def _others(pack):
    """A row for each rating of another member of a family, beside each intervention of the pack that it belongs to."""
    head = [
        *(_("Record"), _("Intervention"), _("Family"), _("Other record"), _("Other intervention"), _("Centre")),
        *(_("Relation"), _("What is rated"), _("About"), _("Rating"), _("Place on its scale"), _("Figure"), _("Unit")),
        *(_("Range from"), _("Range to"), _("Certainty"), _("Shared band"), _("Meaning"), _("Scale"), _("Rated by")),
        *(_("Notice"), _("Version address")),
    ]
    rows = []
    for item in pack.items:
        for other in item.family.others if item.family else []:
            relation = _("a variant of the idea") if other.variant else _("the same idea")
            whose = [item.record, item.name, item.family.name, other.record, other.name, other.centre, relation]
            end = [" ".join(other.notices), other.address]
            for rating in other.ratings:
                rows.append(
                    [
                        *(*whose, rating.title, rating.about, rating.label, rating.place, number(rating.value)),
                        *(rating.unit, number(rating.low), number(rating.high), rating.certainty, rating.band),
                        *(rating.meaning, rating.scale, network(rating) or other.centre, *end),
                    ]
                )
            for missing in other.missing:
                said = [missing.title, "", _("No rating shown."), *[""] * 7, missing.meaning, "", ""]
                rows.append([*whose, *said, *end])
    return head, rows


def _sources(pack):
    head = [_("Record"), _("What it is a source of"), _("Address"), _("Copy on"), _("Note"), _("Version address")]
    rows = [
        [item.record, item.name, source.url, source.copy_on, source.note, item.address]
        for item in pack.items
        for source in item.sources
    ]
    rows += [
        [result.record, result.name, result.source.url, result.source.copy_on, result.source.note, result.address]
        for result in pack.results
        if result.source
    ]
    return head, rows
