"""Lists as CSV: RFC 4180, UTF-8 with a byte order mark, as spreadsheets expect.

One header row with stable names, one row an intervention or report. A cell that a spreadsheet would
take for a formula gets an apostrophe; plain numbers stay numbers. Silence is written out in words.
"""

import csv
import io
import re
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from toolkits.payloads import MAIN_AXES
from toolkits.public.cost_figures import in_words
from toolkits.public.older import full_name
from toolkits.public.rows import absence_of

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
LONGEST_NAME = 120
RATING_COLUMNS = (
    *("scale", "rating", "value", "unit", "range_low", "range_high"),
    *("shared_band", "rated_by", "not_rated", "older_method"),
)

INTERVENTION_COLUMNS = (
    "record",
    "version",
    "last_changed",
    "name",
    "summary",
    "toolkit",
    "centre",
    "status",
    "outcomes",
    "settings",
    "ages",
    *(f"{axis}_{column}" for axis in MAIN_AXES for column in RATING_COLUMNS),
    "cost_figures",
    "studies",
    "headline",
    "finding_as_published",
    "source",
    "permanent_address",
    "address",
)

REPORT_COLUMNS = (
    "record",
    "version",
    "last_changed",
    "title",
    "title_is_descriptive",
    "centre",
    "year",
    "kind",
    "topic",
    "authors",
    "finding",
    "citation",
    "source",
    "source_is_copy_on",
    "permanent_address",
    "address",
)


def neutral(cell):
    """`cell` as text that no spreadsheet takes for a formula; a plain number stays as it is."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def _several(ratings, value):
    """A value of each rating; where there are several, each with the outcome or aspect it is about."""
    if len(ratings) == 1:
        return value(ratings[0])
    about = [(rating.outcome or rating.aspect, value(rating)) for rating in ratings]
    return "; ".join(f"{what}: {found}" if what else found for what, found in about if found)


def _range(ratings, end):
    """An end of the range of each rating; where a number has no range the cell says so."""
    return _several(ratings, end) or (_("not recorded here") if any(rating.value for rating in ratings) else "")


def _older_method(rating, base):
    scheme, newer = rating.scheme, rating.superseded_by
    return _("%(old)s (%(old_address)s), which %(new)s (%(new_address)s) has taken the place of") % {
        "old": full_name(scheme.name, rating.version),
        "old_address": urljoin(base, reverse("public:record", args=[scheme.record])),
        "new": newer.name,
        "new_address": urljoin(base, reverse("public:record", args=[newer.record])),
    }


def _rating_cells(document, axis, base):
    ratings = document.on(axis)
    by_network = any(rating.by_network for rating in ratings)
    own = any(not rating.by_network for rating in ratings)
    rated_by = _("the network's reading of the finding, not the centre's rating") if by_network else _("the centre")
    return [
        "; ".join(dict.fromkeys(rating.scheme.name for rating in ratings)),
        _several(ratings, lambda rating: rating.name),
        _several(ratings, lambda rating: rating.value),
        "; ".join(dict.fromkeys(rating.unit for rating in ratings if rating.unit)),
        _range(ratings, lambda rating: rating.range_low),
        _range(ratings, lambda rating: rating.range_high),
        _several(ratings, lambda rating: rating.band),
        rated_by if ratings else "",
        "" if own else absence_of(document, axis),
        "; ".join(dict.fromkeys(_older_method(rating, base) for rating in ratings if rating.superseded_by)),
    ]


def _sources(document):
    return document.source.url or document.source.note if document.source else _("not recorded here")


def permanent(page, base):
    """The whole address of exactly the version of a page (or of a correction of it)."""
    return urljoin(base, reverse("public:record_version", args=[page.record, page.version]))


def yes(value):
    """Whether `value` holds, in a word."""
    return _("yes") if value else _("no")


def changed(page):
    """The day on which readers were last told of a change of a page, as ISO."""
    return timezone.localdate(page.published_at).isoformat()


def intervention_cells(page, base):
    """The cells of an intervention, in the order of INTERVENTION_COLUMNS."""
    document = page.document
    silent = _("not recorded here")
    axes = [cell for axis in MAIN_AXES for cell in _rating_cells(document, axis, base)]
    headline = document.headline_text or " ".join(filter(None, [document.headline_value, document.headline_unit]))
    return [
        page.record,
        page.version,
        changed(page),
        document.name,
        document.summary,
        document.toolkit.name,
        document.centre.short_name or document.centre.name,
        document.status,
        "; ".join(term.name for term in document.outcomes) or silent,
        "; ".join(term.name for term in document.settings) or silent,
        "; ".join(term.name for term in document.ages) or silent,
        *axes,
        "; ".join(map(in_words, document.cost_figures)) or silent,
        silent if document.studies_count is None else document.studies_count,
        headline or silent,
        document.finding_as_published or silent,
        _sources(document),
        permanent(page, base),
        urljoin(base, page.path),
    ]


def report_cells(page, base):
    """The cells of a report, in the order of REPORT_COLUMNS."""
    document = page.document
    silent = _("not recorded here")
    return [
        page.record,
        page.version,
        changed(page),
        document.title,
        yes(document.title_is_descriptive),
        document.centre.short_name or document.centre.name,
        silent if document.year is None else document.year,
        document.type,
        document.topic,
        "; ".join(document.authors) or silent,
        document.finding or silent,
        document.citation,
        _sources(document),
        document.source.copy_on if document.source else "",
        permanent(page, base),
        urljoin(base, page.path),
    ]


def lines(columns, cells, pages, base):
    """The file as chunks of bytes: the header, then a line for each of `pages`.

    `cells(page, base)` gives a page's cells; `base` is the address of this site, for whole addresses.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(columns)
    for page in pages:
        writer.writerow([neutral(cell) for cell in cells(page, base)])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue().encode()


def file_name(stem, pairs):
    """A file name that says what was chosen, and the day: `crime-reduction_impact-mixed_2026-11-23.csv`."""
    chosen = [slugify(f"{name}-{value}").replace("_", "-") for name, value in pairs]
    return f"{'_'.join([slugify(stem), *chosen])[:LONGEST_NAME]}_{timezone.localdate().isoformat()}.csv"
