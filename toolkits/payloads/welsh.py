"""A document as it is read in Welsh: what its centre says in Welsh stands in the place of the English. Pure."""

import html
import re

from msgspec import to_builtins
from msgspec.structs import replace

from toolkits import words
from toolkits.payloads.documents import Centre, Intervention, Method, Report, Toolkit

# {text of a document: where its Welsh is} of each kind that its centre can say in Welsh too.
IN_WELSH = {
    Intervention: {"name": "name", "summary": "summary", "key_messages": "key_messages"},
    Toolkit: {"name": "name", "introduction_html": "summary_html"},
    Report: {"title": "name", "finding": "summary"},
    Centre: {"name": "name", "policy_area": "summary"},
}
# What is no text of a document, or Welsh.
CODES = {"slug", "url", "accent", "key", "axis", "kind", "cause", "relation", "status", "off_scale", "band", "level"}
CODES |= {"measures", "language", "metric", "better", "state", "tool", "said_in", "label_cy", "meaning_cy", "welsh"}
SHORTEST = 3  # letters of a text that is known again


def _each(said):
    """A text, or a list of them, as a list."""
    return [said] if isinstance(said, str) else said


def _level(part, key):
    """A level, or a rating at one, with its label and meaning in Welsh where there are any."""
    found = {}
    if part.label_cy:
        found |= {"label": part.label_cy, "label_in": "cy"}
        found["name"] = f"{part.label_cy}: {key}" if part.name.endswith(f": {key}") else part.label_cy
    if part.meaning_cy:
        found |= {"meaning": part.meaning_cy, "meaning_in": "cy"}
    return replace(part, **found) if found else part


def _method(method):
    return replace(method, levels=[_level(level, level.key) for level in method.levels])


def _own(document):
    """What is to be put into `document` of what its centre says in Welsh."""
    welsh = document.welsh
    own = {text: getattr(welsh, said) for text, said in IN_WELSH[type(document)].items() if welsh}
    own = {text: said for text, said in own.items() if said}
    in_english = [words.from_html(english).strip() for text in own for english in _each(getattr(document, text))]
    return {**own, "said_in": dict.fromkeys(own, "cy"), "in_english": in_english}


def in_welsh(document):
    """`document` with what there is of it in Welsh; the rest of it stays as it is, and nothing is made up."""
    if isinstance(document, Method):
        return _method(document)
    if type(document) not in IN_WELSH:
        return document
    found = _own(document)
    if isinstance(document, Intervention):
        found["ratings"] = [_level(rating, rating.level) for rating in document.ratings]
    if isinstance(document, Toolkit):
        found["methods"] = [_method(method) for method in document.methods]
    return replace(document, **found)


def _texts(value, name=""):
    if isinstance(value, str):
        said = re.split(r"<[^>]*>", value) if name.endswith("_html") else [value]
        yield from (html.unescape(" ".join(text.split())) for text in said)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in CODES:
                yield from _texts(one, key)


def english_texts(document):
    """Every text of `document` that is in English, as it may stand within sentences and lists of ours."""
    in_welsh = {*document.welsh.texts} if getattr(document, "welsh", None) else set()
    levels = [*getattr(document, "ratings", ()), *getattr(document, "levels", ())]
    in_welsh |= {text for level in levels for text in (level.label_cy, level.meaning_cy)}
    found = {text for text in _texts(to_builtins(document)) if sum(map(str.isalpha, text)) >= SHORTEST}
    return found - in_welsh
