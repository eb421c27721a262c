"""What the files of lists of evidence hold: syntheses, the studies of a trail, corrections."""

from urllib.parse import urljoin

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from toolkits.public.downloads import study_rows
from toolkits.public.downloads.list_csv import changed, permanent, yes
from toolkits.public.downloads.list_files import Kind


def _ends(interval):
    return [interval.low, interval.high] if interval else ["", ""]


def _synthesis_cells(entry, base):
    page, row = entry["page"], entry["row"]
    document = page.document
    pooled, outcome = document.pooled, document.outcome
    return [
        *(page.record, page.version, changed(page), page.title),
        *(document.centre.name if document.centre else "", yes(document.illustrative)),
        *(outcome.name if outcome else "", document.outcome_measured, row["answer"], document.metric),
        *(pooled.shown.value if pooled else "", *_ends(pooled and pooled.shown)),
        *(*_ends(pooled and pooled.prediction), row["unit"]),
        *(row["k"], len(document.left_out), pooled.people if pooled else None, row["people_not_recorded"]),
        *(document.unpooled, permanent(page, base), urljoin(base, page.path)),
    ]


def _found(row):
    spread = row["range"] or _("range not recorded here")
    return f"{row['answer']} {row['value']} ({spread}), {row['unit']}" if row["value"] else row["answer"]


SYNTHESES = Kind(
    (
        *(
            "record",
            "version",
            "last_changed",
            "name",
            "centre",
            "illustrative",
            "outcome",
            "outcome_measured",
            "answer",
        ),
        *("metric", "estimate", "range_low", "range_high", "prediction_low", "prediction_high", "unit"),
        *("studies", "studies_left_out", "people", "studies_without_number_of_people", "why_not_pooled"),
        *("permanent_address", "address"),
    ),
    _synthesis_cells,
    lambda: [(_("Synthesis"), 5), (_("What it found"), 7), (_("Studies"), 2), (_("Illustrative"), 2)],
    lambda entry: [
        entry["page"].title,
        _found(entry["row"]),
        str(entry["row"]["k"]),
        yes(entry["document"].illustrative),
    ],
)


def _study_words(row):
    study, found = row.study, row.shown
    if found:
        result = f"{found['value']} ({found['range'] or _('no range')}), {found['unit']}"
    else:
        result = _("Left out: %(reason)s") % {"reason": row.row.reason}
    silent = _("not recorded")
    year = silent if study.year is None else str(study.year)
    return [study.label, result, year, row.nation or study.country or silent, study.design or silent, row.page.title]


STUDIES = Kind(
    study_rows.COLUMNS,
    study_rows.cells,
    lambda: [
        *((_("Study"), 4), (_("What it found"), 5), (_("Year"), 2), (_("Country"), 3), (_("Design"), 3)),
        (_("Synthesis"), 4),
    ],
    _study_words,
)


def _differences(correction):
    return "; ".join(f"{field}: {before} → {after}" for field, before, after in correction.differences)


def _correction_cells(entry, base):
    one = entry["correction"]
    return [
        *(one.record, one.version, one.kind, one.title, entry["centre"] or one.centre),
        *(timezone.localdate(one.at).isoformat(), one.wrong, one.note, one.conclusion, _differences(one)),
        *(one.notified, permanent(one, base)),
    ]


CORRECTIONS = Kind(
    (
        *("record", "version", "kind", "title", "centre", "corrected_on", "what_was_wrong", "what_changed"),
        *("conclusion", "before_and_after", "people_told", "permanent_address"),
    ),
    _correction_cells,
    lambda: [
        *((_("Page"), 4), (_("Corrected on"), 2), (_("What was wrong"), 5), (_("What changed, and why"), 5)),
        (_("Conclusion"), 3),
    ],
    lambda entry: [
        entry["correction"].title,
        date_format(timezone.localdate(entry["correction"].at), "j F Y"),
        *(entry["correction"].wrong, entry["correction"].note, str(entry["correction"].conclusion_label)),
    ],
)
