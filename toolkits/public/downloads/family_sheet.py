"""How other centres rate the same idea, on an intervention's printed sheet: each in its own words, and why they differ."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.payloads import MAIN_AXES
from toolkits.public.downloads.parts import block, bullets, paragraph, sentence, strong, text
from toolkits.public.downloads.rating_words import (
    AXES,
    certainty_range,
    figure_of,
    network_notice,
    of_what,
    older_method,
    ranked_label,
    shared_band,
)


def family_blocks(others, reasons):
    """The blocks of a section: a table row for each of `others` (a page and its relation), then the `reasons`."""
    table = {
        "kind": "table",
        "head": [_("Centre and intervention"), *(str(AXES[axis]) for axis in MAIN_AXES)],
        "widths": [7, 5, 4, 4],
        "rows": [_row(other) for other in others],
    }
    return [paragraph(_("Each on its own scale; never averaged.")), table, *why_blocks(reasons)]


def _row(other):
    document = other.page.document
    return [_whose(other), *(_on(document, axis) for axis in MAIN_AXES)]


def _whose(other):
    document = other.page.document
    graded = dict.fromkeys(rating.what_is_graded for rating in document.ratings if rating.what_is_graded)
    toolkit = f"{document.centre.short_name or document.centre.name}, {document.toolkit.name}"
    facts = [
        _("A variant of the idea.") if other.relation == "variant" else _("The same idea."),
        _("Grades: {what}.").format(what="; ".join(graded)) if graded else _("What is graded is not recorded here."),
        _rests_on(document),
    ]
    return [block([strong(other.page.title)]), paragraph(toolkit), paragraph(" ".join(facts))]


def _rests_on(document):
    """How many studies there are, and when they were last searched for."""
    count, searched = document.studies_count, document.last_searched
    if count is None and searched is None:
        return _("Number of studies, and when they were last searched for: not recorded here.")
    silent = _("Number of studies not recorded here.")
    studies = silent if count is None else ngettext("{count} study.", "{count} studies.", count).format(count=count)
    when = _("Last searched for: {when}.").format(when=_date(searched) if searched else _("not recorded here"))
    return f"{studies} {when}"


def _on(document, axis):
    """The blocks of a cell: the centre's own words and number first, the shared band last."""
    found = []
    for rating in document.on(axis):
        figure = figure_of(rating)
        label = rating.label if axis == "impact" and not rating.off_scale else ranked_label(rating)
        spread = certainty_range(rating.range_low, rating.range_high) if figure else ""
        about = (of_what(rating), f"{figure}. {spread}".strip() if figure else "")
        small = (*about, network_notice(rating), older_method(rating), shared_band(rating, reason=True))
        found += [block([strong(label)]), *(paragraph(sentence(words)) for words in small if words)]
    if found:
        return found
    meanings = [absence.meaning for absence in document.absences if absence.axis == axis]
    return [paragraph(sentence(words)) for words in meanings or [_("not recorded here")]]


def why_blocks(reasons):
    """Why they differ, as far as both centres' editors have agreed on it (differences.Reason)."""
    heading = strong(_("Why they differ"))
    if not reasons:
        return [block([heading, text(f" {_('The centres have not said why.')}")])]
    return [block([heading]), bullets([_reason(reason) for reason in reasons])]


def _reason(reason):
    whom = " / ".join(
        f"{page.title} ({page.document.centre.short_name or page.document.centre.name})"
        for page in (reason.first, reason.second)
    )
    agreed = _("Agreed by the editors of both on {day}.").format(day=_date(reason.agreed_on))
    return [strong(sentence(str(reason.cause_words))), text(f" {whom}: {sentence(reason.text)} {agreed}")]


def _date(day):
    return date_format(day, "j F Y")
