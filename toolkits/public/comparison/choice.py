"""What the address of a shortlist or comparison asks for: the interventions that are there, and what became of the rest."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits import published
from toolkits.public import shortlists
from toolkits.public.comparison import fit
from toolkits.public.index import snapshot_at
from toolkits.public.older import marked_page

State = published.State


@dataclass(frozen=True)
class Missing:
    """A record that was asked for and is not there: what became of it, where it went, and the address without it."""

    record: int
    words: str
    reason: str
    elsewhere: str
    without: str
    known: bool


@dataclass(frozen=True)
class Choice:
    """Live interventions in the reader's order, with their syntheses; what is missing; the place; what was wrong."""

    records: tuple[int, ...]
    pages: list[Any]
    syntheses: dict[int, list]
    missing: list[Missing]
    place: fit.Place
    names: dict[str, dict[str, str]]
    problems: list[str]
    notices: list[str]

    def address(self, name, records=None):
        """The address of the page `name` with these (or other) records and what was said of the place."""
        chosen = self.records if records is None else records
        return shortlists.with_records(reverse(f"public:{name}"), chosen, self.place.pairs())

    @property
    def more_url(self):
        """The list of all interventions, which takes along what is picked and not what was said of the place."""
        return shortlists.with_records(reverse("public:interventions"), self.records)

    @property
    def status(self):
        """400 where the address was wrong, 410 where all that it asks for was removed, else 200."""
        if self.problems or any(not missing.known for missing in self.missing):
            return 400
        return 410 if self.missing and not self.pages else 200


def read(request, number, name):
    """The Choice of a request for the page `name`, at a publication number; in one query."""
    asked = shortlists.read(request.GET)
    snapshot = snapshot_at(number)
    names = {facet: snapshot.names[facet] for facet in ("age", "setting")}
    place, wrong = fit.read(request.GET, names, asked.records)
    found = published.around_shortlist(asked.records) if asked.records else {}
    pages, missing = [], []
    for record in asked.records:
        page = found.get(record)
        if page is not None and page.kind == "intervention" and page.state == State.LIVE:
            pages.append(marked_page(page, snapshot.successors))
        else:
            left = tuple(other for other in asked.records if other != record)
            missing.append(
                _missing(record, page, shortlists.with_records(reverse(f"public:{name}"), left, place.pairs()))
            )
    about = [page for page in found.values() if page.kind == "synthesis" and page.state == State.LIVE]
    return Choice(
        records=asked.records,
        pages=pages,
        syntheses={
            page.record: [s for s in about if any(link.record == page.record for link in s.document.interventions)]
            for page in pages
        },
        missing=missing,
        place=place,
        names=names,
        problems=[*asked.problems, *wrong],
        notices=[
            ngettext(
                "One number came twice, and was taken once.",
                "%(count)s numbers came again, and were taken once.",
                asked.repeated,
            )
            % {"count": asked.repeated}
        ]
        if asked.repeated
        else [],
    )


def _missing(record, page, without):
    def made(words, *, reason="", elsewhere="", known=True):
        return Missing(record, words, reason, elsewhere, without, known)

    if page is None:
        return made(_("There is no intervention with the number %(record)s.") % {"record": record}, known=False)
    told = {"record": record, "title": page.title, "day": _day(page.state_since)}
    if page.kind != "intervention":
        words = _("%(record)s is not an intervention but: %(title)s. It cannot stand on a shortlist.")
        return made(words % told, elsewhere=reverse("public:record", args=[record]), known=False)
    if page.state == State.MERGED:
        words = _("“%(title)s” (%(record)s) was merged into another intervention on %(day)s.")
        return made(words % told, reason=page.state_reason, elsewhere=reverse("public:record", args=[record]))
    if page.state == State.REMOVED:
        words = (
            _("“%(title)s” (%(record)s) was removed on %(day)s.")
            if page.title
            else _("%(record)s was removed on %(day)s.")
        )
        return made(words % told, reason=page.state_reason)
    words = _("“%(title)s” (%(record)s) was withdrawn on %(day)s and is not shown for now.")
    return made(words % told, reason=page.state_reason, elsewhere=page.path)


def _day(moment):
    return date_format(localdate(moment), "j F Y") if moment else _("a day not recorded")
