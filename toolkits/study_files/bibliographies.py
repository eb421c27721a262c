"""RIS and BibTeX: what they say of each study, by our own names. They bring no numbers."""

import logging
import re

import bibtexparser
import rispy

from toolkits.networks.problems import Problem

SUFFIXES = {".ris": "ris", ".bib": "bibtex", ".bibtex": "bibtex"}
RIS_TAG = re.compile(r"^TY {1,2}-", re.MULTILINE)
# Blanks and not any space before it: a file of empty lines would be read again from each of them.
BIBTEX_ENTRY = re.compile(r"^[ \t]*@\s*\w+\s*\{", re.MULTILINE)
YEAR = re.compile(r"\d{4}")
FIELDS = ("study", "title", "citation", "year", "doi")
ENTRY_LIMIT = 5_000

log = logging.getLogger("whatworks.study_files")


def form_of(name, data):
    """ "ris" or "bibtex" by a file's name, else by how it begins; empty for anything else."""
    for suffix, form in SUFFIXES.items():
        if name.lower().endswith(suffix):
            return form
    start = data[:2000].decode("utf-8", "replace").removeprefix("\ufeff")
    if RIS_TAG.match(start.lstrip()):
        return "ris"
    return "bibtex" if BIBTEX_ENTRY.match(start.lstrip()) else ""


def read(form, data, file):
    """(rows of cells, the header first; problems) of a bibliography. Entries are counted as rows from 2 on."""

    def refused(message, hint):
        return [], [Problem(file=file, message=message, hint=hint)]

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refused(f"the file is not UTF-8 from byte {error.start + 1} on", "Export it again as UTF-8.")
    starts = len((RIS_TAG if form == "ris" else BIBTEX_ENTRY).findall(text))
    if starts > ENTRY_LIMIT:
        return refused(f"the file has {starts} entries; {ENTRY_LIMIT} are the most", "Split it into several files.")
    try:
        rows, problems = (_ris if form == "ris" else _bibtex)(text, file)
    except Exception:
        # Both libraries raise whatever a damaged file makes them stumble over.
        log.info("a bibliography could not be read", exc_info=True)
        return refused("the file is damaged and cannot be read", "Export it again from your reference manager.")
    if not rows and not problems:
        return refused("the file has no entry", "Export the references from your reference manager again.")
    return [list(FIELDS), *rows] if rows else [], problems


def _ris(text, file):
    entries = rispy.loads(text)
    rows = []
    for entry in entries:
        authors = [str(name) for name in entry.get("authors") or entry.get("first_authors") or []]
        title = entry.get("title") or entry.get("primary_title") or ""
        source = entry.get("journal_name") or entry.get("secondary_title") or ""
        year = entry.get("year") or entry.get("publication_year") or ""
        rows.append(_row(authors, title, source, year, entry.get("doi") or ""))
    return rows, []


def _bibtex(text, file):
    library = bibtexparser.parse_string(text)
    problems = [
        Problem(
            file=file,
            row=block.start_line + 1 if block.start_line is not None else None,
            message="an entry that begins in this line is not written as BibTeX, or has the key of another",
            hint="Close its braces and give every entry a key of its own.",
        )
        for block in library.failed_blocks
    ]
    rows = []
    for entry in library.entries:
        said = {field.key.lower(): _plain(str(field.value)) for field in entry.fields}
        authors = re.split(r"\s+and\s+", said["author"]) if said.get("author") else []
        source = said.get("journal") or said.get("booktitle") or said.get("publisher") or ""
        rows.append(_row(authors, said.get("title", ""), source, said.get("year", ""), said.get("doi", "")))
    return rows, problems


def _plain(text):
    """A BibTeX value without the braces that keep capitals."""
    return re.sub(r"\s+", " ", text.replace("{", "").replace("}", "")).strip()


def _surname(name):
    return (name.split(",")[0] if "," in name else name.split()[-1] if name.split() else "").strip()


def _row(authors, title, source, year, doi):
    found = YEAR.search(str(year))
    year = found.group() if found else ""
    names = [surname for surname in map(_surname, authors) if surname]
    who = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    label = f"{who or title} {year}".strip()[:160]
    citation = ". ".join(part for part in ("; ".join(authors), f"{title} ({year})" if year else title, source) if part)
    return [label, str(title)[:400], citation, year, str(doi)]
