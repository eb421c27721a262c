"""The studies of an evidence trail as CSV and JSON: exactly the rows that a page shows."""

from urllib.parse import urljoin

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from toolkits.public.downloads import list_csv

COLUMNS = (
    *("study", "label", "title", "citation", "year", "country", "uk_nation", "design", "setting", "doi"),
    *("synthesis", "synthesis_version", "synthesis_address", "illustrative", "included", "reason_left_out"),
    *("subgroup", "outcome_measured", "outcome_reported", "follow_up", "metric", "effect", "variance"),
    *("shown", "shown_low", "shown_high", "weight_per_cent", "people", "risk_of_bias", "formula", "study_address"),
)


def _yes(value):
    return "yes" if value else "no"


def cells(row, base):
    """The cells of a TrailRow, in the order of COLUMNS; what is not recorded is empty. `base`: this site's address."""
    study, finding, page = row.study, row.row.finding, row.page
    document = page.document
    known = [
        *(study.record, study.label, study.title, study.citation, study.year, study.country, study.uk_nation),
        *(study.design, study.setting, study.doi),
        *(document.name, page.version, urljoin(base, page.path), _yes(document.illustrative)),
        *(_yes(row.row.included), row.row.reason, row.row.subgroup, document.outcome_measured),
    ]
    if finding is None:
        found = ["", "", document.metric, "", "", "", "", "", "", "", "", ""]
    else:
        found = [
            *(finding.outcome_reported, finding.follow_up, document.metric, finding.effect, finding.variance),
            *(finding.shown.value, finding.shown.low, finding.shown.high, finding.weight, finding.people),
            *(row.values["bias"], finding.formula),
        ]
    return [*known, *found, urljoin(base, reverse("public:study", args=[study.record]))]


def _named(response, page, trail, ending):
    name = list_csv.file_name(f"{page.toolkit}-{page.document.slug}-studies", trail.given.items())
    response.headers["Content-Disposition"] = f'attachment; filename="{name.removesuffix(".csv")}.{ending}"'
    return response


def as_csv(request, page, trail):
    """The rows of `trail` as CSV; a cell that a spreadsheet would take for a formula is made text."""
    lines = list_csv.lines(COLUMNS, cells, trail.rows, request.build_absolute_uri("/"))
    return _named(HttpResponse(b"".join(lines), content_type=list_csv.CONTENT_TYPE), page, trail, "csv")


def as_json(request, page, trail):
    """The rows of `trail` as JSON, with what was chosen; numbers are text, as they are stored."""
    base = request.build_absolute_uri("/")
    studies = [dict(zip(COLUMNS, cells(row, base), strict=True)) for row in trail.rows]
    content = {
        "intervention": page.title,
        "address": urljoin(base, page.path),
        "chosen": trail.given,
        "studies": studies,
    }
    return _named(JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}), page, trail, "json")
