"""A citation as text, RIS, BibTeX and CSL-JSON. Whatever a title holds, the form stays whole and gives it back.

RIS: one field a line, nothing is escaped, so line ends become spaces. BibTeX: braces keep capitals and bodies
together; what TeX would read is written as its command. CSL-JSON: the schema of citationstyles.org, version 1.0.
"""

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from toolkits.public.citations.facts import PORTAL, REPORT_LIKE

COMPILED = "Facts compiled by the What Works portal"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def _line(text):
    """`text` on one line, without control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).split())


def day(date):
    """A date as a reader writes it: 27 November 2026."""
    return f"{date.day} {date:%B %Y}"


def as_text(citation):
    """The sentence that pages show."""
    inside = f", {citation.inside}" if citation.inside else ""
    said = f"{COMPILED}, version {citation.version}, {day(citation.published)}."
    people = "; ".join(citation.people)
    author = f"{people} ({citation.body})" if people else citation.body
    return _line(f"{author}, {citation.title}{inside}. {said} {citation.address}") + "\n"


def as_ris(citation):
    """A RIS record (https://en.wikipedia.org/wiki/RIS_(file_format)), its lines ended by CR LF as the format says."""
    fields = [
        ("TY", "RPRT" if citation.kind in REPORT_LIKE else "ELEC"),
        ("ID", citation.key),
        *(("AU", author) for author in citation.authors),
        ("TI", citation.title),
        ("T2", citation.inside),
        ("PY", f"{citation.published:%Y}"),
        ("DA", f"{citation.published:%Y/%m/%d}"),
        ("ET", f"Version {citation.version}"),
        ("PB", citation.body if citation.people else PORTAL),
        ("M3", citation.kind_label),
        ("LA", citation.language),
        ("N1", f"{COMPILED}."),
        ("UR", citation.address),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _tex(text):
    return "".join(TEX.get(character, character) for character in _line(text))


def as_bibtex(citation):
    """A BibTeX entry, in UTF-8."""
    fields = [
        ("author", f"{{{' and '.join(f'{{{_tex(author)}}}' for author in citation.authors)}}}"),
        ("title", f"{{{{{_tex(citation.title)}}}}}"),
        ("booktitle", f"{{{_tex(citation.inside)}}}" if citation.inside else ""),
        ("year", f"{{{citation.published.year}}}"),
        ("month", MONTHS[citation.published.month - 1]),
        ("version", f"{{{citation.version}}}"),
        ("publisher", f"{{{_tex(citation.body if citation.people else PORTAL)}}}"),
        ("type", f"{{{_tex(citation.kind_label)}}}"),
        ("note", f"{{Version {citation.version}, {day(citation.published)}. {COMPILED}}}"),
        ("url", f"{{{citation.address}}}"),
    ]
    lines = [f"  {name} = {value}," for name, value in fields if value]
    kind = "techreport" if citation.kind in REPORT_LIKE else "misc"
    if kind == "techreport":
        lines.append(f"  institution = {{{_tex(citation.body)}}},")
    return "\n".join([f"@{kind}{{{citation.key},", *lines, "}", ""])


def as_csl(citation):
    """A CSL-JSON list of one item."""
    date = citation.published
    item = {
        "id": citation.key,
        "type": "report" if citation.kind in REPORT_LIKE else "webpage",
        "title": _line(citation.title),
        "author": [{"literal": _line(author)} for author in citation.authors],
        "container-title": _line(citation.inside),
        "issued": {"date-parts": [[date.year, date.month, date.day]]},
        "version": str(citation.version),
        "genre": citation.kind_label,
        "publisher": _line(citation.body if citation.people else PORTAL),
        "language": citation.language,
        "note": f"{COMPILED}.",
        "URL": citation.address,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


class Form(NamedTuple):
    """A form of a citation: how it is written, its media type, and how its file name ends."""

    write: Callable
    content_type: str
    ending: str


FORMS = {
    "txt": Form(as_text, "text/plain; charset=utf-8", "txt"),
    "ris": Form(as_ris, "application/x-research-info-systems; charset=utf-8", "ris"),
    "bib": Form(as_bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "csl": Form(as_csl, "application/vnd.citationstyles.csl+json; charset=utf-8", "json"),
}
