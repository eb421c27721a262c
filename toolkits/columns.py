"""The columns lists are filtered and sorted by, derived from the payload in one place."""

import unicodedata

from django.urls import reverse

from toolkits import payloads


def sort_name(title):
    """A key that sorts names as a reader expects: without case, accents or leading quotes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return plain.casefold().lstrip("\"'(") or title.casefold()


def path(kind, document):
    """The human address of a document; empty for a shared list, which has no page of its own."""
    if kind == "vocabulary":
        return ""
    if kind == "intervention":
        return reverse("public:intervention", args=[document.toolkit.slug, document.slug])
    return reverse(f"public:{kind}", args=[document.slug])


def title(kind, document):
    """What a document is called in lists."""
    return document.title if kind == "report" else document.name


def _links(kind, document):
    if kind == "family":
        return [member.record for member in document.members]
    if kind == "centre":
        endings = [document.ending] if document.ending else []
        return [end.successor.record for end in endings if end.successor] + [
            origin.predecessor.record for origin in document.origins
        ]
    return []


def _by_axis(ratings, value):
    """`axis:value` for every rating on a main axis, and `axis:none` for an axis without any."""
    found = []
    for axis in payloads.MAIN_AXES:
        own = [rating for rating in ratings if rating.axis == axis]
        found += [f"{axis}:{value(rating)}" for rating in own if value(rating)] if own else [f"{axis}:none"]
    return list(dict.fromkeys(found))


def _ranks(document, axis):
    return [rating.rank for rating in document.on(axis) if not rating.by_network and rating.rank is not None]


def columns(kind, document):
    """The index columns of PublishedPage for a typed document, as keyword arguments."""
    centre = document.slug if kind == "centre" else getattr(getattr(document, "centre", None), "slug", "")
    found = {
        "title": title(kind, document),
        "sort_name": sort_name(title(kind, document)),
        "path": path(kind, document),
        "centre": centre,
        "links": _links(kind, document),
    }
    if kind == "toolkit":
        found["toolkit"] = document.slug
    if kind == "report":
        found |= {"summary": document.finding, "status": document.type}
    if kind == "intervention":
        impact, strength, cost = (_ranks(document, axis) for axis in payloads.MAIN_AXES)
        found |= {
            "summary": document.summary,
            "language": document.language,
            "toolkit": document.toolkit.slug,
            "status": document.status,
            "outcomes": [term.slug for term in document.outcomes],
            "settings": [term.slug for term in document.settings],
            "ages": [term.slug for term in document.ages],
            "levels": _by_axis(document.ratings, lambda rating: rating.level),
            "bands": _by_axis(document.ratings, lambda rating: rating.band),
            "sort_impact": max(impact, default=None),
            "sort_strength": max(strength, default=None),
            "sort_cost": min(cost, default=None),
        }
    return found
