"""The studies of an evidence trail, or of one synthesis, as rows; those of a synthesis as JSON, with its result."""

from urllib.parse import urljoin

import msgspec
from django.http import JsonResponse
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


def file_stem(page):
    """What the files of the studies of a synthesis are called, without day and ending."""
    return f"{page.document.slug}-v{page.version}-studies"


def synthesis_json(request, page, rows):
    """`rows` (TrailRows) of the page of a synthesis as JSON, with its pooled result; numbers are text."""
    base, document = request.build_absolute_uri("/"), page.document
    content = {
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
        "studies": [dict(zip(COLUMNS, cells(row, base), strict=True)) for row in rows],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = list_csv.file_name(file_stem(page), []).removesuffix(".csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
