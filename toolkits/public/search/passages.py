"""The texts of a page that search looks in beside title and summary, each under the name its reader knows it by."""

from django.utils.translation import gettext as _

from toolkits.words import from_html


def _other_language(document):
    """What it says in the language of the two that it is not read in."""
    if document.in_english:
        yield _("In English"), document.in_english
    elif document.welsh and not document.said_in:
        yield _("In Welsh"), document.welsh.texts, "cy"


def _intervention(document):
    yield _("Key messages"), document.key_messages, document.languages["key_messages"]
    yield _("Finding"), [document.headline_text, document.finding_as_published]
    yield _("Outcomes"), [*(term.name for term in document.outcomes), *document.outcome_as_published]
    yield _("For whom"), [*(term.name for term in document.ages), *document.age_as_published]
    yield _("Settings"), [*(term.name for term in document.settings), *document.setting_as_published]
    yield _("Toolkit"), [document.toolkit.name]
    yield _("Centre"), [document.centre.name, document.centre.short_name]
    yield _("How it works"), [from_html(document.how_it_works_html)]
    yield _("How sure we are, and why"), [from_html(document.how_sure_html)]
    yield _("For whom, and where it was tested"), [from_html(document.for_whom_html)]
    yield _("Harms and cautions"), document.cautions
    yield _("Putting it in place"), document.implementation
    figures = [f"{cost.label} {cost.includes}" for cost in document.cost_figures]
    yield _("What it costs"), [from_html(document.costs_html), *figures]
    yield _("Gaps, and trials under way"), [from_html(document.gaps_html)]
    yield _("Status"), [document.status]
    yield _("Why this rating"), [f"{rating.reason} {rating.outcome} {rating.aspect}" for rating in document.ratings]
    yield from _other_language(document)


def _report(document):
    yield _("Topic"), [document.topic]
    yield _("Kind of report"), [document.type]
    yield _("Centre"), [document.centre.name, document.centre.short_name]
    yield _("Authors"), document.authors
    yield _("Citation"), [document.citation]
    yield from _other_language(document)


def _centre(document):
    yield _("Short name"), [document.short_name]
    yield _("Policy area"), [document.policy_area]
    yield _("For whom it writes"), document.audience
    yield _("Hosts"), document.hosts
    yield _("Constitution"), [document.constitution]
    yield _("Funding"), [*document.funding_note, *(award.funder for award in document.awards)]
    yield from _other_language(document)


def _method(document):
    yield _("What is graded"), [document.what_is_graded]
    yield _("Unit"), [document.unit]
    if document.centre:
        yield _("Centre"), [document.centre.name, document.centre.short_name]
    for level in document.levels:
        yield _("Levels"), [level.label], level.label_in
        yield _("Levels"), [level.meaning], level.meaning_in
    yield _("Note"), [document.note]


def _toolkit(document):
    yield _("Introduction"), [from_html(document.introduction_html)], document.languages["introduction_html"]
    yield _("Centre"), [document.centre.name, document.centre.short_name]
    yield from _other_language(document)


KINDS = {"intervention": _intervention, "report": _report, "centre": _centre, "method": _method, "toolkit": _toolkit}


def passages(kind, document):
    """(name of the place, text, its language) of every text of a typed document, in the order in which a reader meets them."""
    for label, texts, *language in KINDS[kind](document) if kind in KINDS else ():
        for text in texts:
            if text.strip():
                yield label, text, language[0] if language else "en"
