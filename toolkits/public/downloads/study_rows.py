"""The studies of an evidence trail, or of one synthesis, as CSV and JSON: exactly the rows that a page shows."""

from urllib.parse import urljoin

import msgspec
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


def _named(response, name, given, ending):
    named = list_csv.file_name(name, given.items())
    response.headers["Content-Disposition"] = f'attachment; filename="{named.removesuffix(".csv")}.{ending}"'
    return response


def _csv(request, name, rows, given):
    lines = list_csv.lines(COLUMNS, cells, rows, request.build_absolute_uri("/"))
    return _named(HttpResponse(b"".join(lines), content_type=list_csv.CONTENT_TYPE), name, given, "csv")


def _json(request, name, rows, given, about):
    base = request.build_absolute_uri("/")
    content = about | {"studies": [dict(zip(COLUMNS, cells(row, base), strict=True)) for row in rows]}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _named(response, name, given, "json")


def _trail_name(page):
    return f"{page.toolkit}-{page.document.slug}-studies"


def as_csv(request, page, trail):
    """The rows of `trail` as CSV; a cell that a spreadsheet would take for a formula is made text."""
    return _csv(request, _trail_name(page), trail.rows, trail.given)


def as_json(request, page, trail):
    """The rows of `trail` as JSON, with what was chosen; numbers are text, as they are stored."""
    about = {
        "intervention": page.title,
        "address": urljoin(request.build_absolute_uri("/"), page.path),
        "chosen": trail.given,
    }
    return _json(request, _trail_name(page), trail.rows, trail.given, about)


def _synthesis_name(page):
    return f"{page.document.slug}-v{page.version}-studies"


def synthesis_csv(request, page, rows):
    """`rows` (TrailRows) of the page of a synthesis as CSV."""
    return _csv(request, _synthesis_name(page), rows, {})


def synthesis_json(request, page, rows):
    """`rows` (TrailRows) of the page of a synthesis as JSON, with its pooled result; numbers are text."""
    base, document = request.build_absolute_uri("/"), page.document
    about = {
        "synthesis": page.title,
        "address": urljoin(base, page.path),
        "version": page.version,
        "version_address": urljoin(base, reverse("public:record_version", args=[page.record, page.version])),
        "metric": document.metric,
        "method": document.method,
        "test": document.test,
        "pooled": msgspec.to_builtins(document.pooled),
        "subgroups": msgspec.to_builtins(document.subgroups),
        "why_not_pooled": document.unpooled,
    }
    return _json(request, _synthesis_name(page), rows, {}, about)
