"""A list as a file: everything that is chosen, in its order, as CSV, XLSX, JSON or PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from toolkits.payloads import MAIN_AXES
from toolkits.public.downloads import list_csv, list_json, list_xlsx
from toolkits.public.rows import absence_of

FORMS = ("csv", "xlsx", "json", "pdf")
LIST_COLUMNS = ("list_chosen", "list_date")


@dataclass(frozen=True)
class Kind:
    """What a list is of: the `columns` of its files, `cells(page, base)` in their order, and for paper, where there is
    room for few, `shown` as (heading, width) with `words(page)`."""

    columns: tuple[str, ...]
    cells: Callable
    shown: Callable
    words: Callable


def _rating(rating):
    figure = " ".join([rating.value, rating.unit]).strip() if rating.value else ""
    about, spread = rating.outcome or rating.aspect, _("range not recorded here")
    if rating.range_low:
        spread = _("%(low)s to %(high)s") % {"low": rating.range_low, "high": rating.range_high}
    words = f"{about}: {rating.name}" if about else rating.name
    words += f" ({figure}, {spread})" if figure else ""
    return _("%(words)s [the network's reading]") % {"words": words} if rating.by_network else words


def _ratings(document, axis):
    """What a document is rated on an axis, each figure with its range; where nothing, what that means."""
    found = document.on(axis)
    return "; ".join(map(_rating, found)) if found else str(absence_of(document, axis))


def _intervention_words(page):
    document = page.document
    where = f"{document.centre.short_name or document.centre.name}, {document.toolkit.name}"
    studies = _("not recorded") if document.studies_count is None else str(document.studies_count)
    return [f"{document.name} ({where})", *(_ratings(document, axis) for axis in MAIN_AXES), studies]


def _report_words(page):
    document = page.document
    year = _("not recorded") if document.year is None else str(document.year)
    return [document.title, document.centre.short_name or document.centre.name, year, document.finding]


INTERVENTIONS = Kind(
    list_csv.INTERVENTION_COLUMNS,
    list_csv.intervention_cells,
    lambda: [
        (_("Intervention"), 7),
        (_("Impact"), 6),
        (_("Strength of evidence"), 6),
        (_("Cost"), 6),
        (_("Studies"), 3),
    ],
    _intervention_words,
)
REPORTS = Kind(
    list_csv.REPORT_COLUMNS,
    list_csv.report_cells,
    lambda: [(_("Report"), 5), (_("Centre"), 2), (_("Year"), 2), (_("Finding"), 6)],
    _report_words,
)


def _self_telling(kind, about):
    """The columns and cells of `kind` for a file that has nothing but rows: each says what was chosen, and when."""
    told = ["; ".join(about.chosen), about.day.isoformat()]
    return (*kind.columns, *LIST_COLUMNS), lambda page, base: [*kind.cells(page, base), *told]


def answer(request, form, kind, about, pages, name):
    """The response that gives `pages` (an iterator) as a file of one of FORMS, called `name` without its ending."""
    base = request.build_absolute_uri("/")
    if form == "csv":
        lines = list_csv.lines(*_self_telling(kind, about), pages, base)
        response = StreamingHttpResponse(lines, content_type=list_csv.CONTENT_TYPE)
    elif form == "json":
        text = list_json.parts(about, kind.columns, kind.cells, pages, base)
        response = StreamingHttpResponse(text, content_type=list_json.CONTENT_TYPE)
    elif form == "xlsx":
        file = list_xlsx.workbook(about, kind.columns, kind.cells, pages, base)
        response = FileResponse(file, content_type=list_xlsx.CONTENT_TYPE)
    else:
        # Loading the typesetter costs every process that never makes a PDF.
        from toolkits.public.downloads import list_pdf

        rows = [kind.words(page) for page in islice(pages, list_pdf.MOST_ROWS)]
        response = HttpResponse(list_pdf.list_pdf(about, kind.shown(), rows), content_type=list_pdf.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Link"] = f'<{about.address}>; rel="describedby"; type="text/html"'
    return response
