"""Whether interventions differ in a fact, in words; and what a reader has to know before comparing. Pure."""

from django.utils.translation import gettext as _

from toolkits.public.downloads.rating_words import AXES
from toolkits.public.older import full_name


def mark(values):
    """How the facts of several interventions compare: None is a fact that is not recorded, which is no difference."""
    known = [value for value in values if value is not None]
    if not known:
        return _("not recorded for any")
    if any(value != known[0] for value in known):
        return _("differs")
    return _("the same") if len(known) == len(values) else _("not recorded for all")


def mark_ratings(documents, axis):
    """How ratings on an axis compare: levels of different scales, or of two versions of one, do not."""
    rated = [own(document, axis) for document in documents]
    scales = {frozenset(rating.scheme.record for rating in ratings) for ratings in rated if ratings}
    if len(scales) > 1:
        return _("differs: not on one scale")
    return mark([tuple((r.outcome, r.aspect, r.level, r.value) for r in ratings) or None for ratings in rated])


def own(document, axis):
    """The centre's own ratings of a document on an axis."""
    return [rating for rating in document.on(axis) if not rating.by_network]


def graded(document):
    """What the ratings of a document grade, each thing named once; empty where that is not recorded."""
    return "; ".join(dict.fromkeys(rating.what_is_graded for rating in document.ratings if rating.what_is_graded))


def warnings(documents):
    """What makes these interventions hard to compare, each as a sentence."""
    return [
        words for words in (_things(documents), _outcomes(documents), _scales(documents), _versions(documents)) if words
    ]


def _each(documents, value):
    return "; ".join(f"{document.name}: {value(document)}" for document in documents)


def _things(documents):
    if len({graded(document) for document in documents}) < 2:
        return ""
    named = _each(documents, lambda document: graded(document) or _("not recorded here"))
    return _("Different things are graded. %(each)s.") % {"each": named}


def _outcomes(documents):
    sets = [frozenset(term.slug for term in document.outcomes) for document in documents]
    if len(set(sets)) < 2:
        return ""
    shared = [term.name for term in documents[0].outcomes if all(term.slug in slugs for slugs in sets)]
    if shared:
        return _("They are for different outcomes; all of them share only: %(shared)s.") % {"shared": ", ".join(shared)}
    return _("They are for different outcomes, and share none.")


def _scales(documents):
    apart = []
    for axis in ("impact", "strength", "cost"):
        used = {rating.scheme.name for document in documents for rating in own(document, axis)}
        if len(used) > 1:
            apart.append(AXES[axis])
    if not apart:
        return ""
    return _(
        "They are rated on different scales, so levels do not compare: %(axes)s. The shared bands are coarser."
    ) % {"axes": ", ".join(str(name).lower() for name in apart)}


def _versions(documents):
    """Sentence on scales that are used here in more than one version."""
    versions = {}
    for document in documents:
        for rating in document.ratings:
            current = rating.superseded_by.record if rating.superseded_by else rating.scheme.record
            versions.setdefault(current, {})[rating.scheme.record] = full_name(rating.scheme.name, rating.version)
    mixed = [" / ".join(names.values()) for names in versions.values() if len(names) > 1]
    if not mixed:
        return ""
    return _("Not all are rated by the same version of a scale: %(scales)s.") % {"scales": "; ".join(mixed)}
