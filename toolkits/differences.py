"""What differs between two payloads, field by field and rating by rating. Pure: no database."""

from dataclasses import dataclass

# How an element of a list is recognised on both sides; elements of other lists compare as a whole.
_IDENTITY = {
    "ratings": ("axis", "scheme.slug", "outcome", "aspect"),
    "absences": ("axis",),
    "levels": ("key",),
    "methods": ("slug",),
    "members": ("record",),
    "axes": ("axis",),
    "terms": ("slug",),
    "facts": ("key",),
    "memberships": ("centre.slug", "tier", "started"),
    "endings": ("predecessor.slug",),
}


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
        return ", ".join(f"{key}: {_words(item)}" for key, item in value.items() if item not in (None, "", []))
    return str(value)


def differences(before, after, trail=()):
    """The Differences between two payloads (dicts), in the order of the fields."""
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        here = (*trail, name.replace("_html", "").replace("_", " "))
        if name in _IDENTITY:
            old, new = old or [], new or []
        if isinstance(old, list) and isinstance(new, list):
            keyed = _keyed(name, old), _keyed(name, new)
            if None not in keyed:
                old, new = keyed
        if isinstance(old, dict) and isinstance(new, dict):
            found += differences(old, new, here)
        else:
            found.append(Difference(" › ".join(here), _words(old), _words(new)))
    return found
