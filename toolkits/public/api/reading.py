"""The description as people read it: calls by subject, shapes with their fields, types in words."""

import json
import re

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from toolkits.public.api import problems
from toolkits.public.api.calls import TAGS

SIMPLE = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
FORMATS = {"date": "day", "date-time": "moment"}
REF = "#/components/schemas/"
MOST_VALUES = 12
FIRST = "/api/v1/interventions/?q=mentoring&limit=2"  # the call to begin with


def with_code(text):
    """A text of the description as safe HTML: what stands between backticks is code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def _named(schema):
    return [schema["$ref"].removeprefix(REF)] if "$ref" in schema else []


def refers_to(schema):
    """The names of the shapes that a JSON schema names, in their order."""
    found = _named(schema)
    for key in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(key, []):
            found += refers_to(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            found += refers_to(schema[key])
    return list(dict.fromkeys(found))


def type_words(schema):
    """A JSON schema in a few words: `text or null`, `list of Rating`."""
    if "$ref" in schema:
        return schema["$ref"].removeprefix(REF)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema and "type" not in schema:
            return " or ".join(dict.fromkeys(type_words(part) for part in schema[key]))
    if "const" in schema:
        return f"“{schema['const']}”"
    if schema.get("type") == "array":
        return f"list of {type_words(schema['items'])}"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"{type_words(inner)} by name" if isinstance(inner, dict) else "object"
    return FORMATS.get(schema.get("format"), SIMPLE.get(schema.get("type"), "anything"))


def _values(schema):
    """The possible values of a JSON schema, in words; empty where there are none to name."""
    values = [value for value in schema.get("enum", schema.get("items", {}).get("enum", [])) if value != ""]
    if len(values) > MOST_VALUES:
        return _("%(some)s and %(more)s more, which the description has") % {
            "some": ", ".join(map(str, values[:MOST_VALUES])),
            "more": len(values) - MOST_VALUES,
        }
    return ", ".join(map(str, values))


def _parameter(parameter):
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "in_path": parameter["in"] == "path",
        "type": type_words(schema),
        "about": with_code(parameter.get("description", "")),
        "values": _values(schema),
        "default": schema.get("default") if schema.get("default") not in ("", [], None) else None,
    }


def _curl(server, address):
    return f"curl '{server}{address}'"


def _call(path, call, sample, server):
    answer = call["responses"]["200"]["content"]["application/json"]["schema"]
    return {
        "id": call["operationId"],
        "path": f"GET {path}",
        "summary": call["summary"],
        "about": with_code(call["description"]),
        "parameters": [_parameter(parameter) for parameter in call["parameters"]],
        "answer": refers_to(answer) or [type_words(answer)],
        "problems": [status for status in call["responses"] if status >= "400"],
        "command": _curl(server, sample.address) if sample else "",
        "sample_answer": json.dumps(sample.answer, ensure_ascii=False, indent=1) if sample else "",
    }


def _shape(name, schema):
    return {
        "name": name,
        "about": with_code(schema.get("description", "")),
        "fields": [
            {
                "name": field,
                "type": type_words(part),
                "shapes": refers_to(part),
                "about": with_code(part.get("description", "")),
                "absent": part.get("x-absent", ""),
            }
            for field, part in schema["properties"].items()
        ],
    }


def context(schema, samples):
    """What the page of the API shows of an OpenAPI description and the samples of its calls."""
    server = schema["servers"][0]["url"]
    calls = [(path, item["get"]) for path, item in schema["paths"].items()]
    return {
        "subjects": [
            {
                "name": tag,
                "about": about,
                "calls": [_call(path, call, samples.get(path), server) for path, call in calls if tag in call["tags"]],
            }
            for tag, about in TAGS.items()
        ],
        "shapes": [_shape(name, part) for name, part in sorted(schema["components"]["schemas"].items())],
        "problems": list(problems.kinds().values()),
        "calls_a_minute": settings.API_CALLS_A_MINUTE,
        "first_command": _curl(server, FIRST),
    }
