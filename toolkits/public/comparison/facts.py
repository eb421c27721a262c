"""The rows of a comparison: one fact a row, one intervention a cell, each in words that page and files share."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from toolkits.payloads import MAIN_AXES
from toolkits.public.comparison import fit
from toolkits.public.comparison.marks import graded, mark, mark_ratings, own
from toolkits.public.comparison.plain_units import in_one_unit
from toolkits.public.downloads.parts import english_in
from toolkits.public.downloads.rating_words import AXES, quantity, ranked_label
from toolkits.public.rows import absence_of
from toolkits.public.synthesis_words import outcome_row


@dataclass(frozen=True)
class Cell:
    """A fact of one intervention: `words` say all of it; the page shows `ratings`, `html` or `links` where there are any.

    `links` are (address, words, what follows); `notes` the fit.Notes; `absence` what it means that there is no rating.
    """

    words: tuple[str, ...]
    ratings: tuple = ()
    html: str = ""
    links: tuple = ()
    notes: tuple = ()
    absence: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Fact:
    """A row: its name, what it is called, its cells in the reader's order, and how they compare (empty: prose)."""

    key: str
    title: str
    cells: tuple[Cell, ...]
    mark: str = ""
    help: str = ""


def silent():
    """The words for what is not recorded."""
    return _("not recorded here")


def studies_of(syntheses):
    """The studies (payloads.StudyFacts) that some syntheses rest on, each once."""
    return list({row.study.record: row.study for page in syntheses for row in page.document.included}.values())


def written_by(pages, syntheses):
    """What centres wrote in English of what is compared, as it may stand in sentences and lists of another language."""
    of_pages = [page.document for page in pages]
    found = english_in(*of_pages, *(one.document for of_page in syntheses.values() for one in of_page))
    lists = [
        ", ".join(said)
        for document in of_pages
        for said in (document.outcome_as_published, document.age_as_published, document.setting_as_published)
    ]
    return found.union(lists, map(graded, of_pages)) if found else found


def facts(pages, syntheses, place, names):
    """The Facts of interventions `pages`; `syntheses` are {record: the live pages of its syntheses}."""
    documents = [page.document for page in pages]
    found = [_fits(pages, syntheses, place, names)] if place.pairs() else []
    found += [
        _texts("graded", _("What is graded"), [graded(document) for document in documents]),
        _terms("outcomes", _("Outcomes"), documents, "outcomes", "outcome_as_published"),
        *(_rated(documents, axis) for axis in _axes(documents)),
        *_effects(pages, syntheses),
        _terms("ages", _("Ages"), documents, "ages", "age_as_published"),
        _terms("settings", _("Settings"), documents, "settings", "setting_as_published"),
        _texts("studies", _("Number of studies"), [_number(document.studies_count) for document in documents]),
        _uk(pages, syntheses),
        _texts("searched", _("Evidence last searched"), [_day(document.last_searched) for document in documents]),
        _points("cautions", _("Harms and cautions"), documents),
        _ready(documents),
        _prose("costs", _("What it costs, in the centre's words"), documents, "costs_html"),
        _prose("gaps", _("Gaps, and trials under way"), documents, "gaps_html"),
        _texts("changed", _("Last changed here"), [_day(localdate(page.published_at)) for page in pages]),
        _versions(pages),
    ]
    return found


def _number(count):
    return "" if count is None else str(count)


def _day(day):
    return date_format(day, "j F Y") if day else ""


def _texts(key, title, texts):
    return Fact(key, title, tuple(Cell((text or silent(),)) for text in texts), mark([text or None for text in texts]))


def _terms(key, title, documents, terms, as_published):
    cells, values = [], []
    for document in documents:
        names = [term.name for term in getattr(document, terms)]
        said = getattr(document, as_published)
        words = [", ".join(names) or silent()]
        words += [_("The centre says: %(words)s") % {"words": ", ".join(said)}] if said else []
        cells.append(Cell(tuple(words)))
        values.append(frozenset(names) or None)
    return Fact(key, title, tuple(cells), mark(values))


def _axes(documents):
    """The axes to show: the main ones, then whatever any of the interventions is rated on."""
    return list(dict.fromkeys([*MAIN_AXES, *(r.axis for document in documents for r in document.ratings)]))


def rating_words(rating):
    """A rating in one line: its level, its number with its range, the scale, then the shared band."""
    about = ", ".join(filter(None, [rating.outcome, rating.aspect]))
    parts = [f"{about}: {ranked_label(rating)}" if about else ranked_label(rating)]
    if rating.value and not rating.off_scale:
        parts.append(quantity(rating.value, rating.unit))
        between = _("likely between %(low)s and %(high)s") % {"low": rating.range_low, "high": rating.range_high}
        parts.append(between if rating.range_low and rating.range_high else _("range not recorded here"))
    parts.append(_("scale: %(name)s") % {"name": " ".join(filter(None, [rating.scheme.name, rating.version]))})
    if rating.by_network:
        parts.append(_("our reading of the finding, not the centre's rating"))
    if rating.superseded_by:
        parts.append(_("older method"))
    if rating.band:
        parts.append(_("shared band: %(band)s") % {"band": rating.band})
    return "; ".join(parts)


def _rated(documents, axis):
    cells = []
    for document in documents:
        ratings = tuple(document.on(axis))
        absence = "" if own(document, axis) else absence_of(document, axis)
        words = [rating_words(rating) for rating in ratings]
        words += [_("No rating of the centre's own: %(meaning)s") % {"meaning": absence}] if absence else []
        cells.append(Cell(tuple(words), ratings=ratings, absence=absence, axis=axis))
    return Fact(axis, str(AXES[axis]), tuple(cells), mark_ratings(documents, axis))


def _headline(document):
    if not document.headline_value and not document.headline_text:
        return silent()
    value = quantity(document.headline_value, document.headline_unit) if document.headline_value else ""
    strength = own(document, "strength")
    sure = (
        _("strength of evidence: %(words)s") % {"words": ", ".join(ranked_label(rating) for rating in strength)}
        if strength
        else _("certainty not rated")
    )
    said = ". ".join(filter(None, [value, document.headline_text.rstrip(".")]))
    return f"{said} ({_('range not recorded here')}; {sure})"


def _effects(pages, syntheses):
    """The centre's headline, the pooled effects in their own units, and those in one plain unit where that is honest."""
    documents = [page.document for page in pages]
    yield Fact("headline", _("The centre's headline"), tuple(Cell((_headline(document),)) for document in documents))
    cells = []
    for page in pages:
        links = tuple((found.path, found.title, _pooled(found.document)) for found in syntheses[page.record])
        words = tuple(f"{title}: {rest}" for _path, title, rest in links)
        cells.append(Cell(words or (_("No synthesis of its studies is published here."),), links=links))
    yield Fact("effects", _("Effects in their own units"), tuple(cells))
    plain = in_one_unit({page.record: [found.document for found in syntheses[page.record]] for page in pages})
    yield Fact(
        "plain",
        _("Effects in one plain unit"),
        tuple(
            Cell(
                (found.sentence, *found.assumptions)
                if found.sentence
                else (_("Not converted. %(reason)s") % {"reason": found.why_not},)
            )
            for found in (plain[page.record] for page in pages)
        ),
        help=_("Only where a base rate is stated, a range is known, and another has the same kind of outcome."),
    )


def _pooled(document):
    row = outcome_row(document)
    if not row["value"]:
        return row["answer"]
    words = _("%(value)s %(unit)s (%(range)s), %(k)s studies, on %(outcome)s") % {
        "value": row["value"],
        "unit": row["unit"],
        "range": row["range"] or _("range not recorded here"),
        "k": row["k"],
        "outcome": row["outcome"],
    }
    return f"{words}. {_('An illustration, not a result of the centre.')}" if document.illustrative else f"{words}."


def _uk(pages, syntheses):
    studies = [studies_of(syntheses[page.record]) for page in pages]
    return Fact("uk", _("Evidence from the UK"), tuple(Cell(tuple(fit.uk_words(found))) for found in studies))


def _points(key, title, documents):
    return Fact(key, title, tuple(Cell(tuple(document.cautions) or (silent(),)) for document in documents))


def _ready(documents):
    """What is recorded that helps to put it in place; whether anything is, is what compares."""
    return Fact(
        "implementation",
        _("Ready to put in place"),
        tuple(
            Cell(tuple(document.implementation) or (_("Nothing about putting it in place is recorded here."),))
            for document in documents
        ),
        mark(["recorded" if document.implementation else None for document in documents]),
    )


def _prose(key, title, documents, name):
    cells = []
    for document in documents:
        html = getattr(document, name)
        cells.append(Cell((" ".join(strip_tags(html).split()) or silent(),), html=html))
    return Fact(key, title, tuple(cells))


def _versions(pages):
    cells = []
    for page in pages:
        path = reverse("public:record_version", args=[page.record, page.version])
        version = _("Version %(number)s") % {"number": page.version}
        cells.append(Cell((f"{version}: {path}",), links=((path, path, version),)))
    return Fact("version", _("Version, and its permanent address"), tuple(cells))


def _fits(pages, syntheses, place, names):
    cells = []
    for page in pages:
        notes = tuple(fit.notes_on(place, page, studies_of(syntheses[page.record]), names))
        cells.append(Cell(tuple(note.words for note in notes) or (_("Nothing asked that concerns it."),), notes=notes))
    return Fact("fit", _("Fit to your place"), tuple(cells))
