"""Lists as PDF: A4, tagged (PDF/UA-1), what was chosen first, then the rows in the columns that paper has room for."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.languages import spoken
from toolkits.public.downloads import parts
from toolkits.public.downloads.typesetting import pdf

CONTENT_TYPE = "application/pdf"
MOST_ROWS = 500  # a longer list is no longer read on paper, and would hold the typesetter up for others
LONG = 3  # of the facts about a list, the last, have the whole width: its address and the terms


def list_pdf(about, shown, rows):
    """The PDF of a list: `shown` are (heading, width) of its columns, `rows` cells of words, MOST_ROWS of them at most."""
    left_out = about.count - len(rows)
    notices = [_left_out(len(rows), left_out)] if left_out > 0 else []
    facts = [(name, [parts.text(words)]) for name, words in about.facts]
    data = {
        "title": about.title,
        "description": "; ".join(about.chosen),
        "language": spoken(),
        "written": spoken(),
        "region": "gb",
        "accent": "",
        "owner": _("What Works"),
        "name": about.title,
        "summary": "; ".join(about.chosen) or _("Everything, no filter."),
        "notices": notices,
        "footer": {
            "version": parts.date(about.day),
            "address": about.address,
            "page": _("Page {page} of {pages}"),
        },
        "sections": [
            parts.section(_("About this list"), [parts.facts(facts[:-LONG], across=2), parts.facts(facts[-LONG:])]),
            parts.section(_("Rows"), _table(shown, rows)),
        ],
    }
    midnight = datetime.datetime.combine(about.day, datetime.time.min, timezone.get_default_timezone())
    return pdf("synthesis.typ", data, timestamp=midnight)


def _table(shown, rows):
    if not rows:
        return [parts.paragraph(_("Nothing is in this list."))]
    return [parts.table([heading for heading, _width in shown], rows, [width for _heading, width in shown])]


def _left_out(shown, left_out):
    return ngettext(
        "These are the first %(shown)s rows. %(count)s more is in the CSV, XLSX and JSON of this list, or narrow it down.",
        "These are the first %(shown)s rows. %(count)s more are in the CSV, XLSX and JSON of this list, or narrow it down.",
        left_out,
    ) % {"shown": shown, "count": left_out}
