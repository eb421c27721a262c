"""The columns lists are filtered and sorted by, derived from the payload in one place."""

import unicodedata

from django.urls import reverse

from toolkits import payloads, words
from toolkits.languages import stored


def sort_name(title):
    """A key that sorts names as a reader expects: without case, accents or leading quotes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return plain.casefold().lstrip("\"'(") or title.casefold()


def path(kind, document):
    """The human address of a document, as it is stored; empty for a shared list, which has no page of its own."""
    if kind == "vocabulary":
        return ""
    if kind == "intervention":
        return stored(reverse("public:intervention", args=[document.toolkit.slug, document.slug]))
    return stored(reverse(f"public:{kind}", args=[document.slug]))


def title(kind, document):
    """What a document is called in lists."""
    return document.title if kind == "report" else document.name


def _links(kind, document):
    if kind == "family":
        return [member.record for member in document.members]
    if kind == "synthesis":
        return [intervention.record for intervention in document.interventions]
    if kind == "method":
        return [document.succeeds.record] if document.succeeds else []
    if kind == "centre":
        endings = [document.ending] if document.ending else []
        return [end.successor.record for end in endings if end.successor] + [
            origin.predecessor.record for origin in document.origins
        ]
    return []


def _cites(kind, document):
    """The records whose content this document rests on: when one changes, somebody should look at this one again."""
    if kind == "intervention":
        bases = [rating.basis.synthesis.record for rating in document.ratings if rating.basis]
        return list(dict.fromkeys([*(rating.scheme.record for rating in document.ratings), *bases]))
    if kind == "synthesis":
        # A second copy that was merged into a study is found where that study is.
        return list(dict.fromkeys(number for row in document.rows for number in (row.study.record, *row.study.copies)))
    if kind == "family":
        return [member.record for member in document.members]
    if kind == "toolkit":
        return [method.record for method in document.methods]
    return []


def _by_axis(ratings, value):
    """`axis:value` for every rating on a main axis, and `axis:none` for an axis without any."""
    found = []
    for axis in payloads.MAIN_AXES:
        own = [rating for rating in ratings if rating.axis == axis]
        found += [f"{axis}:{value(rating)}" for rating in own if value(rating)] if own else [f"{axis}:none"]
    return list(dict.fromkeys(found))


def _ranks(ratings, axis):
    return [
        rating.rank for rating in ratings if rating.axis == axis and not rating.by_network and rating.rank is not None
    ]


def _titles(kind, document):
    return [title(kind, document), document.short_name if kind == "centre" else ""]


def _key_texts(kind, document):
    """What it is and says, in short."""
    if kind == "intervention":
        return [document.summary, *document.key_messages, document.headline_text, document.finding_as_published]
    if kind == "toolkit":
        return [words.from_html(document.introduction_html)]
    if kind == "report":
        return [document.topic, document.finding]
    if kind == "synthesis":
        return [document.question, document.outcome_measured]
    if kind == "centre":
        return [document.policy_area, *document.audience]
    return [document.what_is_graded, document.unit] if kind == "method" else []


def _names(kind, document):
    """The names it is filed under."""
    if kind == "intervention":
        terms = [*document.outcomes, *document.settings, *document.ages]
        published = [*document.outcome_as_published, *document.setting_as_published, *document.age_as_published]
        return [
            *(term.name for term in terms),
            *published,
            document.toolkit.name,
            document.centre.name,
            document.centre.short_name,
            document.status if document.status != "current" else "",
        ]
    if kind == "centre":
        return document.hosts
    if kind == "synthesis":
        outcome = [document.outcome.name] if document.outcome else []
        return [*outcome, *(intervention.name for intervention in document.interventions)]
    if kind in ("report", "toolkit", "method") and document.centre:
        type_ = document.type if kind == "report" else ""
        return [document.centre.name, document.centre.short_name, type_]
    return []


def _body(kind, document):
    """Everything else that its page says in words."""
    if kind == "intervention":
        rich = [document.how_it_works_html, document.how_sure_html, document.for_whom_html]
        rich += [document.costs_html, document.gaps_html]
        reasons = [f"{rating.reason} {rating.outcome} {rating.aspect}" for rating in document.ratings]
        return [*map(words.from_html, rich), *document.cautions, *document.implementation, *reasons]
    if kind == "report":
        return [*document.authors, document.citation]
    if kind == "synthesis":
        return [document.citation, *(f"{row.study.label} {row.study.title}" for row in document.rows)]
    if kind == "centre":
        return [document.constitution, *document.funding_note, *(award.funder for award in document.awards)]
    if kind == "method":
        return [document.note, *(f"{level.label} {level.meaning}" for level in document.levels)]
    return []


def _welsh_titles(_kind, document):
    return [document.welsh.name] if getattr(document, "welsh", None) else []


def _welsh_texts(kind, document):
    """What else it says in Welsh."""
    if kind == "method":
        return [text for level in document.levels for text in (level.label_cy, level.meaning_cy)]
    welsh = getattr(document, "welsh", None)
    return [welsh.summary, words.from_html(welsh.summary_html), *welsh.key_messages] if welsh else []


def search_texts(kind, document):
    """The columns that search is made of, as plain words: four in the language of the document, two in Welsh."""
    parts = {"search_title": _titles, "search_key": _key_texts, "search_names": _names, "search_body": _body}
    parts |= {"search_title_cy": _welsh_titles, "search_texts_cy": _welsh_texts}
    return {column: words.plain(*texts(kind, document)) for column, texts in parts.items()}


def columns(kind, document):
    """The index columns of PublishedPage for a typed document, as keyword arguments."""
    centre = document.slug if kind == "centre" else getattr(getattr(document, "centre", None), "slug", "")
    found = {
        "title": title(kind, document),
        "sort_name": sort_name(title(kind, document)),
        "path": path(kind, document),
        "centre": centre,
        "links": _links(kind, document),
        "cites": _cites(kind, document),
        **search_texts(kind, document),
    }
    if kind == "toolkit":
        found["toolkit"] = document.slug
    if kind == "report":
        found |= {"summary": document.finding, "status": document.type}
    if kind == "synthesis":
        found |= {"summary": document.question, "status": "illustrative" if document.illustrative else ""}
    if kind == "intervention":
        # Where both versions of a scale stand on a page, lists go by the newer one.
        ratings = document.newest_ratings
        impact, strength, cost = (_ranks(ratings, axis) for axis in payloads.MAIN_AXES)
        found |= {
            "summary": document.summary,
            "language": document.language,
            "toolkit": document.toolkit.slug,
            "status": document.status,
            "outcomes": [term.slug for term in document.outcomes],
            "settings": [term.slug for term in document.settings],
            "ages": [term.slug for term in document.ages],
            "levels": _by_axis(ratings, lambda rating: rating.level),
            "bands": _by_axis(ratings, lambda rating: rating.band),
            "sort_impact": max(impact, default=None),
            "sort_strength": max(strength, default=None),
            "sort_cost": min(cost, default=None),
            "last_searched": document.last_searched,
            "next_review": document.next_review,
        }
    return found
