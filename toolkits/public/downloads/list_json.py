"""Lists as JSON: the columns of the CSV as keys, under what was chosen and when."""

import json

from toolkits.public.terms import disclaimer, licence

CONTENT_TYPE = "application/json; charset=utf-8"


def parts(about, columns, cells, pages, base):
    """The file as chunks of text: an About, then an object for each of `pages`. Text stays as it was published."""
    head = {
        "title": about.title,
        "chosen": about.chosen,
        "sorted_by": about.order,
        "date": about.day.isoformat(),
        "publication": about.publication,
        "address": about.address,
        "licence": licence(),
        "disclaimer": disclaimer(),
        "count": about.count,
    }
    yield f'{_json(head)[:-1]}, "rows": ['
    for place, page in enumerate(pages):
        yield f"{',' if place else ''}\n{_json(dict(zip(columns, cells(page, base), strict=True)))}"
    yield "\n]}\n"


def _json(value):
    return json.dumps(value, ensure_ascii=False)
