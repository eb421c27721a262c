"""A local cost sheet as CSV: the result, then every assumption, then what it was made from and when."""

from urllib.parse import urljoin

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence import costing
from toolkits.public.downloads import list_csv

COLUMNS = ("part", "what", "low", "likely", "high", "unit")


def _rows(page, sheet, *, today, base, address):
    result, each = sheet.result, sheet.who
    ends = _("low and high: percentiles %(low)s and %(high)s") % {"low": costing.LOW, "high": costing.HIGH}
    for what, found, unit in (
        (_("for each %(who)s who takes part") % {"who": each}, result.per_person, "£"),
        (_("in total"), result.total, "£"),
        (_("who take part"), result.taking, each),
    ):
        yield "result", what, f"{found.low:.2f}", f"{found.likely:.2f}", f"{found.high:.2f}", unit
    for what, low, likely, high, unit in sheet.assumptions:
        yield "assumption", what, low, likely, high, unit
    for what in sheet.not_counted:
        yield "not counted", what, "", "", "", ""
    permanent = urljoin(base, reverse("public:record_version", args=[page.record, page.version]))
    for what, value in (
        (_("intervention"), page.title),
        (_("version"), page.version),
        (_("permanent address of the version"), permanent),
        (_("address of this sheet"), address),
        (_("made on"), today.isoformat()),
        (_("draws"), costing.DRAWS),
        (_("seed"), sheet.seed),
        (_("distribution"), _("triangular, inputs independent")),
        (_("range"), ends),
    ):
        yield "about", what, "", value, "", ""


def cost_csv(request, page, sheet, today):
    """The answer to `?format=csv` of a sheet with a result."""
    base = request.build_absolute_uri("/")
    query = request.GET.copy()
    query.pop("format", None)
    address = f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
    rows = _rows(page, sheet, today=today, base=base, address=address)
    content = b"".join(list_csv.lines(COLUMNS, lambda row, _base: row, rows, base))
    response = HttpResponse(content, content_type=list_csv.CONTENT_TYPE)
    name = list_csv.file_name(f"{page.toolkit}-{page.document.slug}-cost", [])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
