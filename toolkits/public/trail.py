"""The evidence trail of an intervention: every study of its live syntheses, filtered by what an address says."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from toolkits.public.echoes import echo
from toolkits.public.synthesis_numbers import rounded, span, unit_of
from toolkits.public.synthesis_studies import is_british, level_words, nation_words, overall

NOT_RECORDED = "not-recorded"
YEARS = ("year_from", "year_to")
EARLIEST_YEAR, LATEST_YEAR = 1800, 2200


@dataclass(frozen=True)
class TrailRow:
    """A study's part in one synthesis, and what it is filtered by."""

    page: Any
    row: Any
    values: dict[str, str]

    @property
    def study(self):
        """What is recorded of the study."""
        return self.row.study

    @property
    def shown(self):
        """The study's effect and its range as shown, in the unit of the synthesis; empty where it was left out."""
        if not self.row.included:
            return {}
        interval = self.row.finding.shown
        return {"value": rounded(interval.value), "range": span(interval), "unit": unit_of(self.page.document)}

    @property
    def nation(self):
        """The nation of the UK in words; empty where it is not recorded."""
        return nation_words(self.study.uk_nation)

    @property
    def bias(self):
        """The overall risk of bias in words."""
        return level_words()[self.values["bias"]]


@dataclass(frozen=True)
class Field:
    """A choice of one value: its name, its title, and (value, label, whether chosen) of each option."""

    name: str
    title: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Trail:
    """What an address asks for: the rows it gives, of how many, its fields, and what was wrong in it."""

    rows: list[TrailRow]
    total: int
    fields: list[Field]
    given: dict[str, str]
    problems: list[str]

    @property
    def chosen(self):
        """What the address asks for, in words."""
        words = [_("“%(words)s”") % {"words": self.given["q"]}] if "q" in self.given else []
        words += [
            f"{field.title}: {label}" for field in self.fields for _value, label, chosen in field.options if chosen
        ]
        years = {"year_from": _("From year"), "year_to": _("To year")}
        return [*words, *(f"{title}: {self.given[name]}" for name, title in years.items() if name in self.given)]


def rows_of(pages):
    """The TrailRows of some pages of syntheses, in their order."""
    return [TrailRow(page=page, row=row, values=_values(row)) for page in pages for row in page.document.rows]


def _values(row):
    study = row.study
    unknown = not study.country and not study.uk_nation
    return {
        "part": "included" if row.included else "left-out",
        "uk": NOT_RECORDED if unknown else "yes" if is_british(study) else "no",
        "design": study.design or NOT_RECORDED,
        "bias": overall(row.finding) if row.included else "unknown",
    }


def _choices(rows):
    """{field: (title, {value: label})} of what can be chosen; the designs are those that the studies have."""
    designs = sorted({row.values["design"] for row in rows} - {NOT_RECORDED}, key=str.casefold)
    return {
        "part": (_("Part"), {"included": _("Included"), "left-out": _("Left out")}),
        "uk": (_("From the UK"), {"yes": _("Yes"), "no": _("No"), NOT_RECORDED: _("Country not recorded")}),
        "design": (_("Design"), {**{name: name for name in designs}, NOT_RECORDED: _("Not recorded")}),
        "bias": (_("Risk of bias"), level_words()),
    }


def possible_values():
    """{field: its values} of what can be chosen whatever studies there are."""
    return {name: list(labels) for name, (_title, labels) in _choices([]).items()}


def _plain(text):
    """`text` without accents and cases, as words are looked for."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character)
    )


def _has(row, words):
    study = row.study
    text = _plain(
        " ".join([study.label, study.title, study.citation, study.country, study.participants, study.setting])
        + f" {row.row.reason} {row.page.title}"
    )
    return all(word in text for word in words)


def _year(query, name, problems):
    text = query.get(name, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 4 and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    problems.append(
        _("“%(value)s” is not a year, so it was left out. Give a year from %(first)s to %(last)s, such as 2015.")
        % {"value": echo(text), "first": EARLIEST_YEAR, "last": LATEST_YEAR}
    )
    return None


def read(query, rows):
    """The Trail that `query` (request.GET) asks for among `rows`; a wrong value is named and passed over."""
    problems, given, fields, found = [], {}, [], rows
    for name, (title, labels) in _choices(rows).items():
        value = query.get(name, "").strip()
        if value and value not in labels:
            problems.append(
                _("“%(value)s” is not a value of “%(title)s”, so it was left out. Choose again on this page.")
                % {"value": echo(value), "title": title}
            )
            value = ""
        if value:
            given[name] = value
            found = [row for row in found if row.values[name] == value]
        fields.append(Field(name, title, [(key, label, key == value) for key, label in labels.items()]))
    first, last = (_year(query, name, problems) for name in YEARS)
    given |= {name: str(year) for name, year in zip(YEARS, (first, last), strict=True) if year is not None}
    if first is not None or last is not None:
        # A study without a year is in no span of years.
        found = [
            row
            for row in found
            if row.study.year is not None and (first or EARLIEST_YEAR) <= row.study.year <= (last or LATEST_YEAR)
        ]
    text = " ".join("".join(c if c.isprintable() else " " for c in query.get("q", "")).split())[:200]
    if text:
        given["q"] = text
        words = _plain(text).split()
        found = [row for row in found if _has(row, words)]
    return Trail(rows=found, total=len(rows), fields=fields, given=given, problems=problems)
