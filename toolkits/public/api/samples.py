"""An example of every call, made by calling it: real records of this network, cut to what shows the shape."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import resolve

LONGEST_TEXT = 160
MOST_ABSENCES = 2


@dataclass(frozen=True)
class Sample:
    """A call and what it answered; `path` are the values in its path."""

    address: str
    path: dict[str, int]
    answer: Any


def abridged(value, key=""):
    """An answer cut short: the first of a list, the beginning of a text, some of what is absent."""
    if isinstance(value, dict):
        pairs = list(value.items())[: MOST_ABSENCES if key == "absences" else None]
        return {name: abridged(part, name) for name, part in pairs}
    if isinstance(value, list):
        return [abridged(part) for part in value[:1]]
    if isinstance(value, str) and len(value) > LONGEST_TEXT and not value.startswith(("http:", "https:")):
        return f"{value[:LONGEST_TEXT]}…"
    return value


def _ask(request, address):
    """What `address` answers to whoever sends `request`; None where it does not."""
    path, _mark, query = address.partition("?")
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info, asked.GET = "GET", path, path, QueryDict(query)
    asked.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_IF_")}
    asked.META["QUERY_STRING"] = query
    match = resolve(path)
    response = match.func(asked, **match.kwargs)
    return json.loads(response.content) if response.status_code == 200 else None


def take(request, prefix):
    """{path of a call: its Sample}; without those for which nothing is published yet."""
    found = {}

    def sample(path, query="", **names):
        if None in names.values():
            return None
        address = f"/{prefix}{path.format(**names)}{query}"
        answer = _ask(request, address)
        if answer is not None:
            found[f"/{prefix}{path}"] = Sample(address=address, path=names, answer=abridged(answer))
        return answer

    sample("")
    first = {}
    for name in ("interventions", "toolkits", "centres", "schemes", "families", "syntheses", "reports", "vocabularies"):
        query = "?q=mentoring&impact=benefit&limit=1" if name == "interventions" else "?limit=1"
        answer = sample(f"{name}/", query)
        first[name] = answer["data"][0] if answer and answer["data"] else None
    record = first["interventions"] and first["interventions"]["record"]
    toolkit = first["toolkits"] and first["toolkits"]["record"]
    synthesis = first["syntheses"] and first["syntheses"]["document"]
    about = synthesis["interventions"][0]["record"] if synthesis and synthesis["interventions"] else record
    study = synthesis["studies"][0]["study"]["record"] if synthesis and synthesis["studies"] else None
    sample("toolkits/{record}/interventions/", "?sort=name&limit=1", record=toolkit)
    sample("records/{record}/", record=record)
    sample("records/{record}/versions/", record=record)
    sample("records/{record}/versions/{version}/", record=record, version=record and 1)
    sample("interventions/{record}/studies/", "?part=included&limit=1", record=about)
    sample("studies/{study}/", study=study)
    sample("changes/", "?since=2020-01-01&limit=1")
    return found
