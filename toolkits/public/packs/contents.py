"""What a pack says, once for all its formats: every figure, word and address that may stand in one. Pure: no database.

The page, the PDF, the Word document, the workbook and the slides are all written from a Pack, so that no figure can differ
between them. A number is text as it was published; `words` of a number are how a reader meets it.
"""

from types import SimpleNamespace
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits import languages
from toolkits.payloads import MAIN_AXES
from toolkits.public.cost_figures import converted
from toolkits.public.differences import reasons
from toolkits.public.downloads import parts, rating_words
from toolkits.public.downloads.cost_parts import cost_blocks
from toolkits.public.downloads.family_sheet import why_blocks
from toolkits.public.downloads.html_tree import html_tree
from toolkits.public.packs.pack import Family, Item, MadeOf, Missing, Other, Pack, Rated, Result, StudyLine, day
from toolkits.public.packs.printable import printable
from toolkits.public.rows import absence_of
from toolkits.public.synthesis_numbers import amount, span, unit_of
from toolkits.public.synthesis_studies import level_words, overall
from toolkits.public.synthesis_words import outcome_row


def contents(chosen, results, *, address, base, gone=(), families=(), others=None):
    """The Pack of `chosen`, pairs of (version, state notice), and of `results`, versions of syntheses.

    A version has .record, .version, .title, .document (a payload), .published_at, .digest, .change_label and .note
    (published.Version). `families` are versions, and `others` {record: (version, state notice)} further members of
    them. `address` is the permanent address of the pack, `base` this site's, both absolute; `gone` are sentences on
    what was taken out of it because it was removed. In the language that is active.
    """
    found = [_result(version, base) for version in results]
    members = {**(others or {}), **{version.record: (version, notice) for version, notice in chosen}}
    items = [
        _item(version, notice, found, family_of(version.record, families, members, base), base)
        for version, notice in chosen
    ]
    beside = [*(version for version, _notice in (others or {}).values()), *families]
    versions = [*(version for version, _notice in (*chosen, *(others or {}).values())), *results, *families]
    return Pack(
        title=title_of([item.name for item in items]),
        language=languages.spoken(),
        address=address,
        items=items,
        gone=printable(list(gone)),
        beside=[_made_of(version, base) for version in beside],
        dated=max(version.published_at for version in [*(version for version, _notice in chosen), *results, *beside]),
        disclaimer=_(
            "Compiled from public pages; not an official publication of the centres it names. Where this pack and a "
            "centre’s own page differ, the centre’s counts."
        ),
        english=parts.english_in(*(printable(version.document) for version in versions)),
    )


def title_of(names):
    """What a pack of interventions with these names is called."""
    return names[0] if len(names) == 1 else _("{count} interventions: evidence pack").format(count=len(names))


def version_address(record, version, base):
    """The absolute permanent address of a version."""
    return urljoin(base, reverse("public:record_version", args=[record, version]))


def _made_of(version, base):
    return MadeOf(
        name=printable(version.document.name),
        record=version.record,
        version=version.version,
        published=day(version.published_at),
        address=version_address(version.record, version.version, base),
    )


def family_of(record, families, members, base):
    """The Family of an intervention as far as its other members are among `members` ({record: (version, notice)}); None
    where there is none."""
    for family in families:
        named = [member for member in family.document.members if member.record in members]
        if record in {member.record for member in named} and len(named) > 1:
            return _family(record, printable(family.document), named, members, base)
    return None


def _family(record, document, named, members, base):
    shown = {
        member.record: SimpleNamespace(
            title=printable(members[member.record][0].title), document=printable(members[member.record][0].document)
        )
        for member in named
    }
    others = [
        _other(member, shown[member.record].document, *members[member.record], base)
        for member in named
        if member.record != record
    ]
    return Family(document.name, others, why_blocks(reasons(document, shown, about=record)))


def _other(member, document, version, notice, base):
    return Other(
        record=version.record,
        version=version.version,
        name=document.name,
        variant=member.relation == "variant",
        centre=document.centre.name,
        toolkit=document.toolkit.name,
        ratings=[_rated(rating, document) for rating in document.ratings],
        missing=_missing(document),
        graded=list(dict.fromkeys(rating.what_is_graded for rating in document.ratings if rating.what_is_graded)),
        studies=_studies(document.studies_count),
        studies_count=document.studies_count,
        notices=[notice] if notice else [],
        address=version_address(version.record, version.version, base),
    )


def _item(version, notice, found, family, base):
    document = printable(version.document)
    ratings = [_rated(rating, document) for rating in document.ratings]
    sections, silent = _sections(document, base)
    return Item(
        record=version.record,
        version=version.version,
        name=document.name,
        summary=document.summary,
        centre=document.centre.name,
        toolkit=document.toolkit.name,
        notices=[notice] if notice else [],
        message=_message(document, ratings),
        ratings=ratings,
        missing=_missing(document),
        headline=_headline(document),
        headline_value=document.headline_value,
        headline_unit=document.headline_unit,
        studies=_studies(document.studies_count),
        studies_count=document.studies_count,
        sections=sections,
        silent=silent,
        results=[result for result in found if _is_about(result.document, version.record)],
        family=family,
        prices=converted(document),
        sources=[source for source in (document.source, *document.other_sources) if source.url or source.note],
        published_at=version.published_at,
        published=day(version.published_at),
        change=_change(version),
        dates=_dates(document),
        address=version_address(version.record, version.version, base),
        digest=version.digest,
        document=document,
    )


def _is_about(synthesis, record):
    return any(link.record == record for link in synthesis.interventions)


def _change(version):
    label = parts.sentence(str(version.change_label))
    return f"{label} {parts.sentence(printable(version.note))}" if version.note else label


def _rated(rating, document):
    figure = rating_words.figure_of(rating)
    effect = rating.axis in ("impact", "cost-effectiveness")
    scale = _("{scale}, version {version}") if rating.version else "{scale}"
    return Rated(
        axis=rating.axis,
        title=str(rating_words.AXES[rating.axis]),
        about=rating_words.of_what(rating),
        by_network=rating.by_network,
        label=rating.label,
        place=_place(rating),
        meaning=rating.meaning,
        value=rating.value or (rating.level if figure else ""),
        unit=rating.unit,
        low=rating.range_low,
        high=rating.range_high,
        figure=figure,
        range=rating_words.certainty_range(rating.range_low, rating.range_high) if figure or effect else "",
        certainty=rating_words.certainty(document, outcome=rating.outcome, aspect=rating.aspect) if effect else "",
        band=rating_words.shared_band(rating),
        scale=scale.format(scale=rating.scheme.name, version=rating.version),
        graded=rating.what_is_graded,
        older=rating_words.older_method(rating),
    )


def _place(rating):
    """Where a level stands on its scale; empty where the level is its own place."""
    if rating.off_scale:
        return _("not a point on the scale: {state}").format(
            state=rating_words.OFF_SCALE.get(rating.off_scale, rating.off_scale)
        )
    if rating.axis == "impact" or rating.symbol == "words":
        return ""
    return _("{rank} of {steps}").format(rank=rating.rank, steps=rating.steps)


def _missing(document):
    """The main axes without a rating of the centre's own, and whatever else the centre says it does not rate."""
    own = {rating.axis for rating in document.ratings if not rating.by_network}
    axes = dict.fromkeys([*MAIN_AXES, *(absence.axis for absence in document.absences)])
    return [
        Missing(axis, str(rating_words.AXES[axis]), parts.sentence(absence_of(document, axis)))
        for axis in axes
        if axis not in own
    ]


def _headline(document):
    """The centre's headline, with its certainty; empty where a rating says it already, or there is none."""
    figure = document.headline_text or document.headline_value
    if not figure or any(rating.value == figure for rating in document.ratings):
        return ""
    spread = "" if document.headline_text else rating_words.certainty_range("", "")
    words = [parts.sentence(rating_words.quantity(figure, document.headline_unit)), spread]
    return " ".join(said for said in (*words, rating_words.certainty(document)) if said)


def _message(document, ratings):
    """What to know if nothing else is read: the centre's key messages, else its finding, else its main ratings."""
    if document.key_messages:
        return list(document.key_messages)
    if document.finding_as_published:
        return [parts.sentence(document.finding_as_published)]
    main = [rating for rating in ratings if rating.axis in MAIN_AXES]
    return [f"{rating.name}: {rating.words}" for rating in main] or [_("No key message is recorded here.")]


def _studies(count):
    if count is None:
        return _("Number not recorded here.")
    if count == 0:
        return _("No studies.")
    return ngettext("{count} study.", "{count} studies.", count).format(count=count)


def _sections(document, base):
    """((title, blocks) of what is recorded, titles of what is not)."""
    candidates = [
        (_("For whom and where it was tested"), [*_for_whom(document), *html_tree(document.for_whom_html, base=base)]),
        (_("How it works"), html_tree(document.how_it_works_html, base=base)),
        (_("How sure we are, and why"), html_tree(document.how_sure_html, base=base)),
        (_("What it costs"), [*html_tree(document.costs_html, base=base), *cost_blocks(document)]),
        (_("Putting it in place"), parts.points(document.implementation)),
        (_("Harms and cautions"), parts.points(document.cautions)),
        (_("Gaps and trials under way"), html_tree(document.gaps_html, base=base)),
    ]
    sections = [(title, blocks) for title, blocks in candidates if blocks]
    return sections, [title for title, blocks in candidates if not blocks]


def _for_whom(document):
    known = [
        (_("Outcomes"), document.outcomes, document.outcome_as_published),
        (_("Looked at, not rated"), document.unrated_outcomes, []),
        (_("Settings"), document.settings, document.setting_as_published),
        (_("Ages"), document.ages, document.age_as_published),
    ]
    rows = []
    for label, terms, published in known:
        words = ["; ".join(term.name for term in terms) + "."] if terms else []
        if published:
            words.append(_("In the source’s words: {words}.").format(words="; ".join(map(parts.quoted, published))))
        if words:
            rows.append((label, [parts.text(" ".join(words))]))
    return [parts.facts(rows)] if rows else []


def _dates(document):
    """(label, words) of the dates that say how old the evidence is."""
    return [
        (_("The source dates itself"), document.version_or_date or _("not recorded here")),
        (_("Studies last searched for"), parts.date(document.last_searched)),
        (_("Next review"), parts.date(document.next_review)),
    ]


def _result(version, base):
    document = printable(version.document)
    pooled = document.pooled
    row = outcome_row(document)
    shown, prediction = (pooled.shown, pooled.prediction) if pooled else (None, None)
    return Result(
        record=version.record,
        version=version.version,
        name=document.name,
        illustrative=document.illustrative,
        outcome=document.outcome_measured,
        answer=row["answer"],
        plain=row["plain"],
        value=shown.value if shown else "",
        unit=unit_of(document),
        low=shown.low if shown else "",
        high=shown.high if shown else "",
        prediction_low=prediction.low if prediction else "",
        prediction_high=prediction.high if prediction else "",
        k=row["k"],
        people=pooled.people if pooled else None,
        figure=amount(document, shown.value) if shown else "",
        range=span(shown) or _("none"),
        prediction=span(prediction) or _("none"),
        people_words=row["people"] or _("not recorded"),
        address=version_address(version.record, version.version, base),
        digest=version.digest,
        published_at=version.published_at,
        published=day(version.published_at),
        last_searched=parts.date(document.last_searched),
        source=document.source,
        studies=[_study(row, base) for row in document.rows],
        document=document,
    )


def _study(row, base):
    study, finding = row.study, row.finding
    shown = finding.shown if finding else None
    return StudyLine(
        record=study.record,
        label=study.label,
        year=study.year,
        country=study.country,
        design=study.design,
        included=row.included,
        reason=row.reason,
        value=shown.value if shown else "",
        low=shown.low if shown else "",
        high=shown.high if shown else "",
        weight=finding.weight if finding else "",
        people=finding.people if finding else None,
        bias=str(level_words()[overall(finding)]) if finding else "",
        address=urljoin(base, reverse("public:study", args=[study.record])),
    )
