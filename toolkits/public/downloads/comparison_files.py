"""A comparison as CSV and JSON: the facts of its page, a line for each fact of each intervention, with day and versions."""

from urllib.parse import urljoin

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from toolkits.public.downloads import list_csv

COLUMNS = (
    "compared_on",
    "record",
    "version",
    "permanent_address",
    "intervention",
    "fact",
    "title",
    "words",
    "compared",
    "before_you_compare",
)


def _address(page, base):
    return urljoin(base, reverse("public:record_version", args=[page.record, page.version]))


def _cells(warnings, today):
    def cells(line, base):
        page, fact, cell = line
        known = (today.isoformat(), page.record, page.version, _address(page, base), page.title)
        return [*known, fact.key, fact.title, " | ".join(cell.words), fact.mark, " | ".join(warnings)]

    return cells


def _named(response, pages, ending):
    name = list_csv.file_name("comparison", [("i", page.record) for page in pages]).removesuffix(".csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def as_csv(request, pages, facts, warnings, today):
    """The facts as CSV; every line says what to know before comparing, for lines are read apart from each other."""
    base = request.build_absolute_uri("/")
    lines = [(page, fact, cell) for fact in facts for page, cell in zip(pages, fact.cells, strict=True)]
    body = b"".join(list_csv.lines(COLUMNS, _cells(warnings, today), lines, base))
    return _named(HttpResponse(body, content_type=list_csv.CONTENT_TYPE), pages, "csv")


def as_json(request, pages, facts, warnings, today):
    """The facts as JSON, by intervention, with how each compares."""
    base = request.build_absolute_uri("/")
    content = {
        "compared_on": today.isoformat(),
        "address": request.build_absolute_uri(),
        "before_you_compare": warnings,
        "facts": {fact.key: {"title": fact.title, "compared": fact.mark} for fact in facts},
        "interventions": [
            {
                "record": page.record,
                "version": page.version,
                "permanent_address": _address(page, base),
                "name": page.title,
                "facts": {fact.key: list(fact.cells[place].words) for fact in facts},
            }
            for place, page in enumerate(pages)
        ],
    }
    return _named(JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}), pages, "json")


FILES = {"csv": as_csv, "json": as_json}
