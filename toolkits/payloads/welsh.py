"""A document as it is read in Welsh: what its centre says in Welsh stands in the place of the English. Pure."""

from msgspec.structs import replace

from toolkits.payloads.documents import Intervention, Method, Toolkit

TEXTS = ("name", "summary", "key_messages")


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


def in_welsh(document):
    """`document` with what there is of it in Welsh; the rest of it stays as it is, and nothing is made up."""
    if isinstance(document, Intervention):
        own = {text: getattr(document.welsh, text) for text in TEXTS if document.welsh}
        own = {text: said for text, said in own.items() if said}
        ratings = [_level(rating, rating.level) for rating in document.ratings]
        in_english = [english for text in own for english in _each(getattr(document, text))]
        return replace(document, **own, ratings=ratings, said_in=dict.fromkeys(own, "cy"), in_english=in_english)
    if isinstance(document, Method):
        return _method(document)
    if isinstance(document, Toolkit):
        return replace(document, methods=[_method(method) for method in document.methods])
    return document
