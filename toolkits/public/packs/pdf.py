"""A pack as PDF: A4, tagged (PDF/UA-1), an intervention a page or two."""

import re

from django.utils.translation import gettext as _

from toolkits.public.downloads.intervention_sheet import INK
from toolkits.public.downloads.typesetting import pdf
from toolkits.public.packs.body import body


def write(pack):
    """The bytes of the PDF of a Pack; the same for the same pack."""
    return pdf("pack.typ", sheet(pack), timestamp=pack.dated)


def sheet(pack):
    """The JSON-ready data that `typst/pack.typ` lays out."""
    whole = body(pack)
    single = pack.items[0] if len(pack.items) == 1 else None
    accent = single.document.centre.accent if single else INK
    return {
        "language": pack.language,
        "written": single.document.language if single else pack.language,
        "region": "gb",
        "title": pack.title,
        "description": single.summary if single else pack.as_of,
        "accent": accent if re.fullmatch("#[0-9a-fA-F]{6}", accent) else INK,
        "owner": f"{single.centre} · {single.toolkit}" if single else _("Evidence pack"),
        "name": pack.title,
        "summary": single.summary if single else "",
        "as_of": pack.as_of,
        "notices": [*pack.gone, *(single.notices if single else [])],
        "front": whole.front,
        "items": [
            {
                "name": "" if single else part.item.name,
                "owner": f"{part.item.centre} · {part.item.toolkit}",
                "summary": part.item.summary,
                "notices": part.item.notices,
                "sections": part.sections,
            }
            for part in whole.items
        ],
        "end": whole.end,
        "footer": {
            "version": _("Evidence pack, {date}").format(date=pack.date),
            # An address of ten records would fill the foot of every page; it stands whole under the title.
            "address": single.address if single else "",
            "page": _("Page {page} of {pages}"),
        },
    }
