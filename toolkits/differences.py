"""What differs between two payloads, field by field and rating by rating. Pure: no database."""

import html
import re
from dataclasses import dataclass

# How an element of a list is recognised on both sides; elements of other lists compare as a whole.
_IDENTITY = {
    "ratings": ("axis", "scheme.slug", "outcome", "aspect"),
    "absences": ("axis",),
    "cost_figures": ("label",),
    "levels": ("key",),
    "methods": ("slug",),
    "members": ("record",),
    "differences": ("first", "second", "cause"),
    "axes": ("axis",),
    "terms": ("slug",),
    "facts": ("key",),
    "memberships": ("centre.slug", "tier", "started"),
    "endings": ("predecessor.slug",),
}
# What is only a name: a term of a vocabulary, another record; and where something was seen.
_NAMED = {"name", "slug", "record", "short_name", "accent"}
_SOURCE = ("url", "note", "copy_on")
# What follows from the level of a rating: where its symbol is drawn.
_DERIVED = {"rank", "steps", "position", "harm_steps", "benefit_steps"}
_LINE_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Difference:
    """A field (`ratings › impact › level`) with its text before and after; empty where it was not there."""

    field: str
    before: str
    after: str


def _dig(value, path):
    for step in path.split("."):
        value = value.get(step, "")
    return str(value)


def _keyed(name, items):
    """A list as a dictionary by what identifies its elements; None where nothing does."""
    if name not in _IDENTITY or not all(isinstance(item, dict) for item in items):
        return None
    return {" · ".join(filter(None, (_dig(item, path) for path in _IDENTITY[name]))): item for item in items}


def _words(value):
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return "\n".join(_words(item) for item in value)
    if isinstance(value, dict):
        said = {
            key: item
            for key, item in value.items()
            if key not in _DERIVED and item is not False and item not in (None, "", [])
        }
        if said.keys() <= _NAMED:
            return _words(said.get("name", ""))
        if said.keys() <= set(_SOURCE):
            return " ".join(said[key] if key == "url" else f"({said[key]})" for key in _SOURCE if key in said)
        return "\n".join(f"{key.replace('_', ' ')}: {_words(item)}" for key, item in said.items())
    return str(value)


def _both(old, new):
    """Two values in words; spelled out where the words are the same, as for two things of one name."""
    words = _words(old), _words(new)
    return words if words[0] != words[1] else (str(old), str(new))


def _read(text):
    """Safe HTML as it reads: a line a paragraph, no tags."""
    lines = _TAG.sub("", _LINE_END.sub("\n", text)).splitlines()
    return "\n".join(" ".join(html.unescape(line).split()) for line in lines if line.strip())


def _as_read(old, new):
    """Two pieces of HTML as they read; as they are where only the markup differs, such as where a link leads."""
    read = _read(old or ""), _read(new or "")
    return read if read[0] != read[1] else (old, new)


def differences(before, after, trail=()):
    """The Differences between two payloads (dicts), in the order of the fields."""
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new or name in _DERIVED:
            continue
        here = (*trail, name.replace("_html", "").replace("_", " "))
        if name.endswith("_html"):
            old, new = _as_read(old, new)
        if name in _IDENTITY:
            old, new = old or [], new or []
        if isinstance(old, list) and isinstance(new, list):
            keyed = _keyed(name, old), _keyed(name, new)
            if None not in keyed:
                old, new = keyed
        if isinstance(old, dict) and isinstance(new, dict):
            found += differences(old, new, here)
        else:
            found.append(Difference(" › ".join(here), *_both(old, new)))
    return found
