"""JSON-LD inside a page: one data block, which no browser executes and no policy of ours need allow."""

import json

from django.utils.safestring import mark_safe

# As Django's own `json_script`: nothing in a name may end the block or begin a comment in it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def compact(value):
    """`value` without what is empty: nothing is said of what is not recorded."""
    if isinstance(value, dict):
        found = {name: compact(item) for name, item in value.items()}
        return {name: item for name, item in found.items() if item not in ("", None, [], {})}
    if isinstance(value, list):
        return [item for item in map(compact, value) if item not in ("", None, [], {})]
    return value


def embed(*things):
    """The content of the data block with `things` (schema.org, as dictionaries), safe inside HTML."""
    graph = {"@context": "https://schema.org", "@graph": [compact(thing) for thing in things]}
    return mark_safe(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))
