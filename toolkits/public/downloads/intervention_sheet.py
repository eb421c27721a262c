"""An intervention as the data of its printed sheet: every word that will stand there, in order.

The shapes are those that `typst/intervention.typ` lays out; blocks and inlines are those of `html_tree`,
and four more: the block `facts` (rows of label and content), the block `table` (head, rows of cells,
widths), the block `symbol` (see `rating_words`) and the inline `muted` (content).
"""

import re
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from toolkits import freshness, languages
from toolkits.payloads import MAIN_AXES
from toolkits.public.downloads import parts
from toolkits.public.downloads.cost_parts import cost_blocks
from toolkits.public.downloads.family_sheet import family_blocks
from toolkits.public.downloads.html_tree import html_tree
from toolkits.public.downloads.rating_words import (
    AXES,
    card,
    certainty,
    certainty_range,
    figure_of,
    network_notice,
    of_what,
    older_method,
    quantity,
    shared_band,
    symbol,
)
from toolkits.public.downloads.synthesis_parts import synthesis_sections
from toolkits.public.ledger_words import decision, number_rows
from toolkits.public.synthesis_numbers import MINUS

INK = "#14213d"

_STATUS_NOTICES = {
    "current": "",
    "retired": gettext_lazy("The centre has retired this strand; it is kept here as a record."),
    "research, not a toolkit strand": gettext_lazy("Research the centre reports, not a strand of its toolkit."),
}


def sheet(page, *, address, today, others=(), reasons=(), syntheses=()):
    """The JSON-ready data of the sheet of `page`, in the language that is active (see intervention_pdf)."""
    document = page.document
    sections, silences = _sections(document, base=address)
    sections += synthesis_sections(syntheses, document.ratings, base=address)
    if others:
        sections.append(parts.section(_("How other centres rate the same idea"), family_blocks(others, reasons)))
    if silences:
        sections.append(parts.section(_("Not recorded here"), _silence(silences)))
    sections.append(parts.section(_("Who assessed it"), [parts.facts(_assessors(document))]))
    sections.append(parts.section(_("Sources"), [parts.bullets(_sources(document))]))
    sections.append(parts.section(_("About this version"), _about(page, address)))
    texts = parts.english_in(
        document, *(other.page.document for other in others), *(found.document for found in syntheses)
    )
    return {
        "language": languages.spoken(),
        "written": document.language.partition("-")[0],
        "region": "gb",
        "title": _("{name}: {toolkit}").format(name=document.name, toolkit=document.toolkit.name),
        "description": document.summary,
        "accent": document.centre.accent if re.fullmatch("#[0-9a-fA-F]{6}", document.centre.accent) else INK,
        "owner": f"{document.centre.name} · {document.toolkit.name}",
        "name": document.name,
        "summary": document.summary,
        "notices": _notices(page, today),
        "panel": _panel(document),
        "sections": parts.sections_with_english(sections, texts),
        "footer": parts.footer(page, address),
    }


def _notices(page, today):
    status, old = page.document.status, freshness.out_of_date(page.document, today)
    notices = [parts.state_notice(page), _STATUS_NOTICES.get(status, status)]
    return [str(notice) for notice in (*notices, *(old.sentences if old else ())) if notice]


def _panel(document):
    """The ratings that matter most, side by side, and beneath them what the finding rests on."""
    columns = []
    for axis in _panel_axes(document):
        ratings = document.on(axis)
        meanings = [absence.meaning for absence in document.absences if absence.axis == axis]
        if not ratings and not meanings:
            meanings = [_("not recorded here")]
        columns.append(
            {
                "title": str(AXES[axis]),
                # Impact holds its certainty too, and most words.
                "width": 5 if axis == "impact" else 4,
                "absences": [_absence(meaning) for meaning in meanings],
                "cards": [card(rating, document) for rating in ratings],
            }
        )
    return {"title": _("Ratings"), "columns": columns, "facts": [parts.facts(_finding(document))]}


def _panel_axes(document):
    """The main axes, and value for money where a centre rates that: it may be all there is."""
    return [*MAIN_AXES, *(["cost-effectiveness"] if document.on("cost-effectiveness") else [])]


def _absence(meaning):
    return {"label": _("No rating shown:"), "meaning": parts.sentence(meaning)}


def _finding(document):
    """The centre's headline figure and words, where a rating does not say them already, and the studies."""
    rows = []
    figure = document.headline_text or document.headline_value
    if figure and not any(rating.value == figure for rating in document.ratings):
        # A figure in words ("7 of 9") is a count or holds its own range.
        spread = "" if document.headline_text else certainty_range("", "") + " "
        words = [
            parts.strong(quantity(figure, document.headline_unit) + "."),
            parts.text(f" {spread}{certainty(document)}"),
        ]
        rows.append((_("Headline figure"), words))
    labels = {rating.label.casefold() for rating in document.ratings}
    if document.finding_as_published and document.finding_as_published.casefold() not in labels:
        rows.append((_("The finding as published"), [parts.text(parts.quoted(document.finding_as_published))]))
    rows.append((_("Studies"), [parts.text(_studies(document.studies_count))]))
    return rows


def _studies(count):
    if count is None:
        return _("Number not recorded here.")
    if count == 0:
        return _("No studies.")
    return ngettext("{count} study.", "{count} studies.", count).format(count=count)


def _sections(document, *, base):
    """(sections with something in them, names of what is not recorded), in the order of the page."""
    whom = _for_whom(document)
    # Without ratings there is nothing to explain, and that is no silence of its own.
    explained = [(_("What the ratings mean"), meanings)] if (meanings := _meanings(document, base)) else []
    candidates = [
        (_("Key messages"), parts.points(document.key_messages)),
        (_("How it works"), html_tree(document.how_it_works_html, base=base)),
        *explained,
        (_("How sure we are, and why"), html_tree(document.how_sure_html, base=base)),
        (_("For whom and where it was tested"), whom + html_tree(document.for_whom_html, base=base)),
        (_("Harms and cautions"), parts.points(document.cautions)),
        (_("Putting it in place"), parts.points(document.implementation)),
        (_("What it costs"), html_tree(document.costs_html, base=base) + cost_blocks(document)),
        (_("Gaps and trials under way"), html_tree(document.gaps_html, base=base)),
    ]
    sections = [parts.section(title, blocks) for title, blocks in candidates if blocks]
    silences = [title for title, blocks in candidates if not blocks]
    if document.ratings and not any(rating.reason for rating in document.ratings):
        silences.append(_("Why these ratings were given"))
    if document.ratings and not any(rating.rated_on for rating in document.ratings):
        silences.append(_("When these ratings were given"))
    return sections, silences


def _silence(silences):
    items = "; ".join(silences)
    return [parts.paragraph(_("{items}. The sources below may say more.").format(items=items))]


def _meanings(document, base):
    """One table row a rating: what was rated how, what that level means, and on which scale."""
    with_reasons = any(rating.reason for rating in document.ratings)
    panel = _panel_axes(document)
    in_panel = [rating for axis in panel for rating in document.on(axis)]
    others = [rating for rating in document.ratings if rating.axis not in panel]
    rows = [_meaning(rating, with_reasons, base, shown=True) for rating in in_panel]
    rows += [_meaning(rating, with_reasons, base, shown=False) for rating in others]
    for absence in document.absences:
        if absence.axis not in panel:
            missing = _absence(absence.meaning)
            rows.append([[_axis(absence.axis)], [parts.paragraph(f"{missing['label']} {missing['meaning']}")], []])
    if not rows:
        return []
    return [
        {
            "kind": "table",
            "head": [_("Rating"), _("What this level means"), _("Scale and shared band")],
            "widths": [4, 7, 6],
            "rows": rows,
        }
    ]


def _meaning(rating, with_reasons, base, *, shown):
    """A row; symbol and figure stand here only where the panel has not `shown` them."""
    drawing = None if shown else symbol(rating)
    figure = "" if shown else figure_of(rating)
    own = [_axis(rating.axis)]
    own += [parts.paragraph(words) for words in (of_what(rating), network_notice(rating)) if words]
    own += [drawing] if drawing else []
    own.append(parts.block([parts.strong(rating.label)]))
    meaning = [parts.paragraph(parts.sentence(rating.meaning or _("The meaning of this level is not recorded here")))]
    if figure:
        meaning.append(parts.paragraph(parts.sentence(figure)))
    if with_reasons:
        reason = rating.reason or _("not recorded here")
        meaning.append(parts.block([parts.strong(_("Why this rating:")), parts.text(" " + parts.sentence(reason))]))
    if rating.basis:
        meaning += _ledger(rating.basis, base)
    if rating.source:
        meaning.append(parts.block([parts.strong(_("Published at:")), parts.text(" "), *parts.source(rating.source)]))
    return [own, meaning, [*(parts.paragraph(words) for words in _scale(rating) if words), *_methods(rating, base)]]


def _ledger(basis, base):
    """What a rating rests on: the synthesis and its result, each step of the rule, and what was decided."""
    name = [parts.text(basis.synthesis.name)]
    if basis.version:
        href = urljoin(base, reverse("public:record_version", args=[basis.synthesis.record, basis.version]))
        version = parts.text(_(", version {number}.").format(number=basis.version))
        name = [{"kind": "link", "href": href, "content": name}, version]
    else:
        name.append(parts.text(_(" (from a draft of it).")))
    numbers = "; ".join(f"{what}: {words}" for what, words in number_rows(basis.numbers))
    blocks = [
        parts.block([parts.strong(_("Rated from the studies:")), parts.text(" "), *name]),
        parts.paragraph(parts.sentence(numbers)),
    ]
    for step in basis.steps:
        number = step.number.replace("-", MINUS)
        said = f"{step.what}: {number}" if number else step.what
        blocks.append(parts.block([parts.strong(f"{said}."), parts.text(f" {parts.sentence(step.did)}")]))
    if basis.rule:
        edition = _("The rule is of: {edition}. ").format(edition=basis.rule.edition) if basis.rule.edition else ""
        blocks.append(
            parts.paragraph(edition + parts.sentence(_("Published at: {source}").format(source=basis.rule.source)))
        )
    blocks.append(parts.paragraph(decision(basis)))
    if basis.override_reason:
        blocks.append(parts.paragraph(parts.sentence(_("The reason: {reason}").format(reason=basis.override_reason))))
    return blocks


def _methods(rating, base):
    """Where both methods are explained, where a newer one has taken the place of the rating's own."""
    if not rating.superseded_by:
        return []
    both = [(_("this scale"), rating.scheme.record), (_("the newer one"), rating.superseded_by.record)]
    links = [
        {"kind": "link", "href": urljoin(base, reverse("public:record", args=[record])), "content": [parts.text(words)]}
        for words, record in both
    ]
    words = [parts.text(_(" See ")), links[0], parts.text(_(" and ")), links[1], parts.text(".")]
    return [parts.block([parts.strong(older_method(rating)), *words])]


def _scale(rating):
    name = _("{scale}, version {version}") if rating.version else "{scale}"
    facts = [
        parts.sentence(name.format(scale=rating.scheme.name, version=rating.version)),
        _("Unit: {unit}.").format(unit=rating.unit) if rating.unit else "",
        _("Grades: {what}.").format(what=rating.what_is_graded) if rating.what_is_graded else "",
        _("About this scale: {note}.").format(note=rating.note) if rating.note else "",
        _("Rated on {date}.").format(date=parts.date(rating.rated_on)) if rating.rated_on else "",
    ]
    return [" ".join(fact for fact in facts if fact), shared_band(rating, reason=True)]


def _for_whom(document):
    """Outcomes, settings and ages, in the network's terms and the source's words; none where none is known."""
    known = [
        (_("Outcomes"), document.outcomes, document.outcome_as_published),
        (_("Settings"), document.settings, document.setting_as_published),
        (_("Ages"), document.ages, document.age_as_published),
    ]
    rows = [(label, _terms(terms, published)) for label, terms, published in known]
    if document.unrated_outcomes:
        rows.insert(1, (_("Looked at, not rated"), _terms(document.unrated_outcomes, [])))
    elif not any(terms or published for label, terms, published in known):
        return []
    return [parts.facts(rows)]


def _terms(terms, published):
    content = [parts.text("; ".join(term.name for term in terms) + ". ")] if terms else []
    if published:
        words = _("In the source’s words: {words}.").format(words="; ".join(map(parts.quoted, published)))
        content.append({"kind": "muted", "content": [parts.text(words)]})
    return content or [parts.text(_("Not recorded here."))]


def _assessors(document):
    """Who assessed the evidence, and what they declared that might sway them."""
    silent = _("Not recorded here.")
    return [
        (_("Assessed by"), [parts.text(parts.sentence("; ".join(document.authors)) if document.authors else silent)]),
        (_("Declared interests"), [parts.text(parts.sentence(document.interests) if document.interests else silent)]),
    ]


def _sources(document):
    """Where the facts were seen, each with its address, whose copy it is and what else is known."""
    items = [parts.source(document.source, _("where these facts were seen"))]
    return [item for item in items + [parts.source(source) for source in document.other_sources] if item]


def _about(page, address):
    document = page.document
    rows = [
        *parts.version_rows(page),
        (
            _("The source dates itself"),
            [parts.text(parts.sentence(document.version_or_date or _("not recorded here")))],
        ),
        (_("Studies last searched for"), [parts.text(parts.sentence(parts.date(document.last_searched)))]),
        (_("Next review"), [parts.text(parts.sentence(parts.date(document.next_review)))]),
        *parts.address_rows(page, address),
    ]
    disclaimer = _("Compiled from public pages; not an official publication of {centre}.")
    return [parts.facts(rows), parts.block([parts.strong(disclaimer.format(centre=document.centre.name))])]


def _axis(axis):
    return parts.paragraph(str(AXES[axis]))
