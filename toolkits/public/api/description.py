"""The OpenAPI 3.1 description: what django-ninja makes of the calls, with the values that this network has."""

import copy
import json
from functools import cache

from django.utils.translation import gettext as _

from toolkits.public import plans, trail
from toolkits.public.api import problems
from toolkits.public.api.calls import PREFIX, TAGS, api
from toolkits.public.api.operations import lists, records  # noqa: F401  (importing them registers their calls)
from toolkits.public.api.shapes.answers import Problem
from toolkits.public.query import RELEVANCE

LARGEST = 2**31 - 1
IN_PATH = {
    "record": "The permanent record number.",
    "version": "The number of the version, from 1.",
    "study": "The permanent record number of the study.",
}


def _without_titles(schema):
    """A JSON schema without the titles that pydantic makes of names: they say nothing that the names do not."""
    if isinstance(schema, list):
        return [_without_titles(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _without_titles(part) for name, part in value.items()}
        if key in {"properties", "schemas", "$defs"}
        else _without_titles(value)
        for key, value in schema.items()
        if key != "title" or not isinstance(value, str)
    }


@cache
def bare():
    """The description as the calls give it, without anything that depends on what is published."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
    # What parameters are made of is said where they stand; only shapes of answers have a name.
    text = json.dumps(schema)
    shapes = schema["components"]["schemas"]
    schema["components"]["schemas"] = {
        name: shape for name, shape in shapes.items() if f'"#/components/schemas/{name}"' in text or name == "Problem"
    }
    info = schema["info"]
    schema = _without_titles(schema)
    schema["info"] = info
    schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    schema["components"]["headers"] = {
        "ETag": {"description": "The tag of this answer, for If-None-Match.", "schema": {"type": "string"}}
    }
    schema["components"]["responses"] = {"Unchanged": {"description": "The reader has this answer already."}} | {
        kind.name: {
            "description": f"{kind.title}: {kind.about}",
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for kind in problems.kinds().values()
    }
    for path, item in schema["paths"].items():
        _complete(path, item["get"])
    return schema


def _complete(path, call):
    """Say of a call what django-ninja does not know: a summary, its errors, what is in its path."""
    call["summary"], _blank, rest = call["description"].partition("\n\n")
    call["description"] = " ".join(rest.split())
    call["responses"] = {str(status): answer for status, answer in call["responses"].items()}
    call["responses"]["200"]["description"] = _("The answer.")
    call["responses"]["200"]["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
    names = {"304": "Unchanged", "400": "wrong-value", "404": "not-found", "410": "expired-cursor"}
    names |= {"429": "too-many-requests", "500": "error"}
    walked = any(it["name"] == "cursor" for it in call["parameters"])
    if "{" not in path and not walked:
        del names["404"]
    if "{" not in path and (not walked or path.endswith("/changes/")):
        del names["410"]
    call["responses"] |= {status: {"$ref": f"#/components/responses/{name}"} for status, name in names.items()}
    for parameter in call["parameters"]:
        schema = parameter["schema"]
        if {"type": "null"} in schema.get("anyOf", []):  # what is not given is left out; an address knows no null
            (real,) = (part for part in schema.pop("anyOf") if part != {"type": "null"})
            schema |= real
        if parameter["in"] == "path":
            parameter["description"] = IN_PATH[parameter["name"]]
            parameter["schema"] |= {"minimum": 1, "maximum": LARGEST}


def parameters_of(path):
    """{name: whether it may be repeated} of the query parameters of a call."""
    return {
        it["name"]: it["schema"].get("type") == "array"
        for it in bare()["paths"][path]["get"]["parameters"]
        if it["in"] == "query"
    }


def _values(snapshot):
    """{path: {parameter: its possible values}} where that is known beforehand."""
    network, reports = plans.network_plan(snapshot), plans.reports_plan(snapshot)
    found = {
        f"/{PREFIX}{name}/": {facet.name: list(facet.choices) for facet in plan.facets}
        | {"sort": [RELEVANCE, *plan.orders]}
        for name, plan in (("interventions", network), ("reports", reports))
    }
    found[f"/{PREFIX}toolkits/{{record}}/interventions/"] = {
        name: values
        for name, values in found[f"/{PREFIX}interventions/"].items()
        if name in {"outcome", "age", "setting"}
    } | {"sort": [RELEVANCE, "name", "changed", "impact", "strength", "cost"]}
    found[f"/{PREFIX}interventions/{{record}}/studies/"] = {
        name: values for name, values in trail.possible_values().items() if name != "design"
    }
    return found


def describe(site, snapshot, samples=None):
    """The whole description; `samples` are those of `samples.take`."""
    schema = copy.deepcopy(bare())
    schema["servers"] = [{"url": site.base.rstrip("/")}]
    values = _values(snapshot)
    for path, item in schema["paths"].items():
        call = item["get"]
        for parameter in call["parameters"]:
            possible = values.get(path, {}).get(parameter["name"])
            if possible:
                _limit(parameter["schema"], possible)
            sample = samples and samples.get(path)
            if sample and parameter["name"] in sample.path:
                parameter["example"] = sample.path[parameter["name"]]
        if samples and path in samples:
            call["responses"]["200"]["content"]["application/json"]["example"] = samples[path].answer
    return schema


def _limit(schema, possible):
    """Say which values are possible; the empty one, which forms send, chooses nothing."""
    single = schema["items"] if schema.get("type") == "array" else schema
    single["enum"] = ["", *possible]
