"""The readings of an estimate by one tool, domain by domain, as one person may see and fill them.

Whoever reads second sees the first reader's judgement of a domain once their own is saved: until then two people
have not read by themselves. They may ask to see it all the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.appraisals import TOOLS
from evidence.models import Appraisal
from toolkits.study_policies import called

Reading = Appraisal.Reading
READERS = (Reading.FIRST, Reading.SECOND)


@dataclass(frozen=True)
class Cell:
    """What one reading says of a domain; `fields` are those of the form where it is to be filled in."""

    heading: str
    judgement: str = ""
    reason: str = ""
    hidden: bool = False
    fields: tuple = ()


@dataclass(frozen=True)
class Row:
    """A domain: its cells in the order of the columns, and whether the two readers differ (None: not both read)."""

    domain: str
    cells: list[Cell]
    differ: bool | None


@dataclass(frozen=True)
class Column:
    """A reading: who read, and whether this person may fill it in."""

    reading: str
    heading: str
    who: str
    may_fill: bool
    filling: bool


class ReadingForm(forms.Form):
    """A judgement and a reason for each domain; who read, where it was not the account itself."""

    reader = forms.CharField(
        label=gettext_lazy("Read by somebody without an account here"),
        help_text=gettext_lazy("Their name. Empty: you read it yourself."),
        max_length=120,
        required=False,
    )

    def __init__(self, data=None, *, tool, domains, initial, with_reader):
        super().__init__(data, initial=initial)
        self.domains = domains
        if not with_reader:
            del self.fields["reader"]
        choices = [("", _("not judged")), *((word, word) for word in tool.judgements)]
        for place in domains:
            self.fields[f"judgement-{place}"] = forms.ChoiceField(label=_("Judgement"), choices=choices, required=False)
            self.fields[f"reason-{place}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        """Only what the action takes: `judgements`, and the `reader` where one is asked for."""
        data = super().clean()
        said = {
            domain: (data.get(f"judgement-{place}", ""), data.get(f"reason-{place}", "").strip())
            for place, domain in self.domains.items()
        }
        stored = {domain for place, domain in self.domains.items() if self.initial.get(f"judgement-{place}")}
        judgements = {domain: both for domain, both in said.items() if any(both) or domain in stored}
        return {"judgements": judgements} | ({"reader": data.get("reader", "")} if "reader" in self.fields else {})


class Grid:
    """The grid of an estimate and a tool for `person`; `fill` is the reading they ask to fill in, `show` that
    they want to see what a reader before them said, `data` what they sent."""

    def __init__(self, estimate, tool, person, *, fill="", show=False, data=None):
        self.tool, self.person, self.show = TOOLS[tool], person, show
        self.said: dict[str, dict[str, Any]] = defaultdict(dict)
        for appraisal in estimate.appraisals.filter(tool=tool).select_related("by"):
            self.said[appraisal.reading][appraisal.domain] = appraisal
        self.fill = fill if fill in self._fillable() else self._next()
        self.form = self._form(data) if self.fill else None

    def _is_mine(self, reading):
        return any(one.by_id == self.person.pk for one in self.said[reading].values())

    def _read_twice(self):
        return [domain for domain in self.tool.domains if all(domain in self.said[reading] for reading in READERS)]

    def _fillable(self):
        """The readings that this person may fill in."""
        unsettled = set(self.tool.domains) - set(self.said[Reading.AGREED])
        found = [Reading.FIRST] if unsettled and (not self.said[Reading.FIRST] or self._is_mine(Reading.FIRST)) else []
        if unsettled and self.said[Reading.FIRST]:
            found += [Reading.SECOND] if not self.said[Reading.SECOND] or self._is_mine(Reading.SECOND) else []
        return [*found, Reading.AGREED] if self._read_twice() else found

    def _next(self):
        """The reading that is this person's to fill in next; empty where it is somebody else's turn."""
        may = self._fillable()
        if self.show:
            return ""
        if not self.said[Reading.FIRST]:
            return Reading.FIRST
        own = next((reading for reading in READERS if self._is_mine(reading)), "")
        if Reading.SECOND in may and not own:
            return Reading.SECOND
        if own in may and any(domain not in self.said[own] for domain in self.tool.domains):
            return own
        waits = set(self._read_twice()) - set(self.said[Reading.AGREED])
        return Reading.AGREED if Reading.AGREED in may and waits else ""

    def _is_hidden(self, reading, domain):
        """Whether somebody's judgement is to be kept from this person until they have saved their own."""
        if self.show or reading == Reading.AGREED or self._is_mine(reading) or domain in self.said[Reading.AGREED]:
            return False
        other = Reading.SECOND if reading == Reading.FIRST else Reading.FIRST
        if self.said[other] and not self._is_mine(other):
            return False
        return domain not in self.said[other]

    @property
    def is_blind(self):
        """Whether something is hidden from this person."""
        return any(self._is_hidden(reading, domain) for reading in READERS for domain in self.said[reading])

    @property
    def waits_for_second(self):
        """Whether this person gave the only reading there is."""
        return bool(self.said[Reading.FIRST]) and not self.said[Reading.SECOND] and self._is_mine(Reading.FIRST)

    def _domains(self):
        """{place: domain} of what is to be filled in."""
        if self.fill == Reading.AGREED:
            wanted = self._read_twice()
        else:
            wanted = [domain for domain in self.tool.domains if domain not in self.said[Reading.AGREED]]
        return {place: domain for place, domain in enumerate(self.tool.domains) if domain in wanted}

    def _form(self, data):
        domains = self._domains()
        initial = {}
        for place, domain in domains.items():
            stored = self.said[self.fill].get(domain) or self._both_said(domain)
            if stored:
                initial |= {f"judgement-{place}": stored.judgement, f"reason-{place}": stored.reason}
        given = next(iter(self.said[self.fill].values()), None)
        if given:
            initial["reader"] = given.reader
        return ReadingForm(
            data, tool=self.tool, domains=domains, initial=initial, with_reader=self.fill != Reading.AGREED
        )

    def _both_said(self, domain):
        """What is proposed as agreed: what both readers said, where they said the same."""
        if self.fill != Reading.AGREED or self._differ(domain):
            return None
        return max((self.said[reading][domain] for reading in READERS), key=lambda one: len(one.reason))

    def _differ(self, domain):
        both = [self.said[reading].get(domain) for reading in READERS]
        return None if None in both else both[0].judgement != both[1].judgement

    def columns(self):
        """The three Columns."""
        may = self._fillable()
        return [
            Column(
                reading=reading,
                heading=reading.label,
                who=", ".join(dict.fromkeys(called(one) for one in self.said[reading].values())),
                may_fill=reading in may and reading != self.fill,
                filling=reading == self.fill,
            )
            for reading in Reading
        ]

    def rows(self):
        """A Row for each domain of the tool."""
        return [
            Row(domain, [self._cell(reading, place, domain) for reading in Reading], self._shown_difference(domain))
            for place, domain in enumerate(self.tool.domains)
        ]

    def _shown_difference(self, domain):
        hidden = any(self._is_hidden(reading, domain) for reading in READERS)
        return None if hidden else self._differ(domain)

    def _cell(self, reading, place, domain):
        said = self.said[reading].get(domain)
        if reading == self.fill and place in self.form.domains:
            fields = (self.form[f"judgement-{place}"], self.form[f"reason-{place}"])
            return Cell(reading.label, fields=fields)
        if said is None:
            return Cell(reading.label)
        if self._is_hidden(reading, domain):
            return Cell(reading.label, hidden=True)
        return Cell(reading.label, said.judgement, said.reason)
